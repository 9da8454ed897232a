import type { Page } from '@playwright/test'
import { resolve } from 'node:path'
import { manyShots } from './film-shots.ts'
import { modelScreens } from './model-screens.ts'
import { expectAccessible, filmTime, test, expect } from './page-test.ts'
import { playerScreens } from './player-screens.ts'
import { idle, newScenario, usualScenario } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import type { Screen } from './screen.ts'
import { searchScreens } from './search-screens.ts'

const folder = resolve(import.meta.dirname, '../../test-results/screens')

const search = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('combobox').fill(text)
  await expect(page.locator('.results, .video-grid').first()).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
}

const indexing = (): Scenario => ({
  ...usualScenario(),
  coverage: 0.62,
  progress: {
    ...idle,
    running: true,
    jobsLeft: 128,
    skimsLeft: 64,
    jobsDone: 212,
    current: ['/home/ada/Videos/2024/Train window.mp4'],
  },
})

const analyzing = (change: Partial<Scenario['progress']> = {}): (() => Scenario) => {
  return () => {
    const scenario = indexing()
    return {
      ...scenario,
      coverage: 1,
      progress: {
        ...scenario.progress,
        skimsLeft: 0,
        speed: 12.4,
        secondsLeft: 1010,
        filmLeft: 12_600,
        runsOn: { decoder: 'software', encoder: 'CPU, 2 threads' },
        ...change,
      },
    }
  }
}

const screens: readonly Screen[] = [
  {
    name: 'first-run',
    scenario: newScenario,
    go: (page) => expect(page.locator('.first-run')).toBeVisible(),
  },
  {
    name: 'browse',
    scenario: newScenario,
    go: async (page) => {
      await page.locator('.first-run .button').click()
      await page.getByRole('button', { name: 'Videos', exact: true }).click()
      await expect(page.locator('.browse-here')).toContainText('/home/ada/Videos')
    },
  },
  { name: 'library', go: (page) => expect(page.locator('.tile').first()).toBeVisible() },
  {
    name: 'library-scrub',
    go: async (page) => {
      await page.locator('.tile').nth(1).focus()
      await page.keyboard.press('.')
      await page
        .locator('.tile .frame')
        .nth(2)
        .hover({ position: { x: 150, y: 60 } })
      await expect(page.locator('.tile-scrub').first()).toBeVisible()
    },
  },
  {
    name: 'library-menu',
    go: async (page) => {
      await page.locator('.tile').nth(1).click({ button: 'right' })
      await expect(page.getByRole('menu')).toBeVisible()
    },
  },
  {
    name: 'library-empty',
    scenario: () => ({ ...usualScenario(0), problems: [] }),
    go: (page) => expect(page.locator('.message')).toBeVisible(),
  },
  {
    name: 'library-failed',
    scenario: () => ({
      ...usualScenario(),
      failing: {
        group: 'videos',
        error: { code: 'bad-database', message: 'derived.db: malformed', advice: '' },
      },
    }),
    go: (page) => expect(page.locator('.message-bad')).toBeVisible(),
  },
  { name: 'results', scenario: indexing, go: (page) => search(page, 'dog on a beach after:2020 -people') },
  { name: 'results-weak', go: (page) => search(page, 'unsure about "this" xyzzy durration:2m') },
  { name: 'results-none', go: (page) => search(page, 'nothing like it') },
  { name: 'filtered', go: (page) => search(page, 'is:offline') },
  {
    name: 'filtered-empty',
    scenario: () => ({ ...usualScenario(), videos: [] }),
    go: async (page) => {
      await page.getByRole('combobox').fill('longer:2h')
      await expect(page.locator('.message')).toBeVisible()
    },
  },
  {
    name: 'player',
    go: async (page) => {
      await search(page, 'dog on a beach')
      await page.locator('.moment').first().click()
      await filmTime(page)
      await page.locator('.timeline').hover({ position: { x: 420, y: 24 } })
    },
  },
  {
    name: 'player-many-shots',
    scenario: () => ({ ...usualScenario(), shots: manyShots }),
    go: async (page) => {
      await search(page, 'dog on a beach')
      await page.locator('.moment').first().click()
      await filmTime(page)
      await page.locator('.timeline').hover({ position: { x: 700, y: 24 } })
    },
  },
  {
    name: 'player-keyboard',
    go: async (page) => {
      await page.locator('.tile').nth(1).click()
      await filmTime(page)
      await page.keyboard.press('k')
      await page.getByRole('tab').nth(3).click()
      await page.keyboard.press('Shift+Tab')
      while (!(await page.locator('.timeline').evaluate((element) => element === document.activeElement))) {
        await page.keyboard.press('Shift+Tab')
      }
      await page.keyboard.press('Shift+ArrowRight')
      await filmTime(page)
    },
  },
  {
    name: 'analyzing',
    scenario: analyzing(),
    go: async (page) => {
      await page.locator('.index-line .icon-button').first().click()
      await expect(page.locator('.index-detail')).toBeVisible()
    },
  },
  {
    name: 'analyzing-slow',
    scenario: analyzing({ pace: 'slow', speed: 3.26, secondsLeft: 3900 }),
    go: (page) => expect(page.locator('.index-line')).toBeVisible(),
  },
  {
    name: 'analyzing-waits',
    scenario: analyzing({ pace: 'paused', speed: null, secondsLeft: null }),
    go: (page) => expect(page.locator('.index-line')).toBeVisible(),
  },
  {
    name: 'player-facts',
    go: async (page) => {
      await page.locator('.tile').nth(3).click()
      await page.getByRole('tab').nth(3).click()
      await page.keyboard.press('k')
    },
  },
  {
    name: 'player-offline',
    go: async (page) => {
      await page.locator('.tile').nth(7).click()
      await expect(page.locator('.fault')).toBeVisible()
    },
  },
  {
    name: 'problems',
    go: async (page) => {
      await page.keyboard.press('Control+2')
      await expect(page.locator('.ignored')).toBeVisible()
    },
  },
  {
    name: 'problems-none',
    scenario: () => ({ ...usualScenario(), problems: [], ignored: { counts: [], entries: [] } }),
    go: async (page) => {
      await page.keyboard.press('Control+2')
      await expect(page.locator('.message')).toBeVisible()
    },
  },
  ...searchScreens,
  ...modelScreens,
  ...playerScreens,
  {
    name: 'settings',
    go: async (page) => {
      await page.keyboard.press('Control+,')
      await page.locator('.settings-section').nth(2).getByRole('button').click()
      await expect(page.locator('.checks')).toBeVisible()
    },
  },
  {
    name: 'shortcuts',
    go: async (page) => {
      await page.keyboard.press('?')
      await expect(page.locator('.sheet')).toBeVisible()
    },
  },
  {
    name: 'remove-folder',
    go: async (page) => {
      await page.locator('.folder-row').first().hover()
      await page.locator('.folder-row .icon-button').first().click()
      await expect(page.getByRole('alertdialog')).toBeVisible()
    },
  },
]

/** `KINORA_SCREENS=1` leaves pictures of every screen in test-results/screens, for people; German is only looked at. */
const isPictured = process.env['KINORA_SCREENS'] === '1'

const allLooks = [
  { look: 'light', preferences: { appearance: 'light', language: 'en' } },
  { look: 'dark', preferences: { appearance: 'dark', language: 'en' } },
  { look: 'german', preferences: { appearance: 'light', language: 'de' } },
] as const
const looks = allLooks.filter(({ look }) => isPictured || look !== 'german')

/** Changes the look as another window of the same library would, and nothing else of what was chosen. */
const wear = (page: Page, preferences: object): Promise<void> =>
  page.evaluate((value) => {
    const kept = JSON.parse(localStorage.getItem('kinora.preferences') ?? '{}') as object
    localStorage.setItem('kinora.preferences', JSON.stringify({ ...kept, ...value }))
    dispatchEvent(new StorageEvent('storage', { key: 'kinora.preferences' }))
  }, preferences)

for (const { name, scenario, go } of screens) {
  test(`${name}: axe finds nothing in light and dark`, async ({ page, open }) => {
    // With three looks, and axe over two of them, a busy machine takes more than half a minute.
    test.setTimeout(120_000)
    await open(scenario?.())
    await go(page)
    await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
    const isTooTall = (): boolean => document.documentElement.scrollHeight > innerHeight
    expect(await page.evaluate(isTooTall), 'the window itself can be scrolled').toBe(false)
    for (const { look, preferences } of looks) {
      await wear(page, preferences)
      await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${preferences.language}`))
      if (isPictured) await page.screenshot({ path: resolve(folder, `${name}-${look}.png`) })
      // Dark and light differ in nothing but colours.
      if (look !== 'german') await expectAccessible(page, look === 'dark' ? 'colours' : 'all')
    }
  })
}
