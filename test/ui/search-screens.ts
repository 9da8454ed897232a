import type { Page } from '@playwright/test'
import { givePicture } from './give-picture.ts'
import { expect } from './page-test.ts'
import { makeVideo, usualScenario } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import type { Screen } from './screen.ts'

const box = (page: Page): ReturnType<Page['locator']> => page.getByRole('combobox')

const search = async (page: Page, text: string): Promise<void> => {
  await box(page).fill(text)
  await box(page).press('Enter')
  await expect(page.locator('.results, .video-grid').first()).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
}

const type = async (page: Page, text: string): Promise<void> => {
  await box(page).click()
  await box(page).pressSequentially(text)
  await expect(page.locator('.suggestion').first()).toBeVisible()
}

const likes = (): string => `like:${makeVideo(3).id}@12 -like:${makeVideo(5).id}@8`

const kept = (): Scenario => ({
  ...usualScenario(),
  collections: [
    { name: 'By the sea', query: 'waves longer:10s' },
    { name: 'Everything upright of last summer', query: 'is:portrait after:2025-06' },
    { name: 'Grandma laughing', query: '"happy birthday" laughing' },
  ],
})

/** What is searched for, found, said of it and kept. */
export const searchScreens: readonly Screen[] = [
  {
    name: 'suggest-empty',
    go: async (page: Page): Promise<void> => {
      await page.keyboard.press('/')
      await expect(page.locator('.suggestion').first()).toBeVisible()
      await page.keyboard.press('ArrowDown')
    },
  },
  {
    name: 'suggest-pictures',
    scenario: () => ({
      ...usualScenario(),
      pastQueries: [
        { query: `umbrella ${likes()} after:2020`, at: '2026-11-25T18:00:00.000Z' },
        { query: 'dog in the snow', at: '2026-11-24T18:00:00.000Z' },
      ],
    }),
    go: async (page: Page): Promise<void> => {
      await page.keyboard.press('/')
      await expect(page.locator('.query-like').nth(1)).toBeVisible()
    },
  },
  { name: 'suggest-typed', scenario: kept, go: (page: Page): Promise<void> => type(page, 'b') },
  {
    name: 'suggest-names',
    go: async (page: Page): Promise<void> => {
      await type(page, 'dog lo')
      await page.keyboard.press('ArrowDown')
    },
  },
  { name: 'suggest-values', go: (page: Page): Promise<void> => type(page, 'dog codec:') },
  { name: 'suggest-has', go: (page: Page): Promise<void> => type(page, 'dog is:') },
  {
    name: 'chips',
    go: async (page: Page): Promise<void> => {
      await search(
        page,
        `opens the door then sits down "happy birthday"^2 -people in:"Old films" -is:portrait res:>=1080 ${likes()} durration:2m`,
      )
      await page.locator('.chip-main').nth(2).focus()
      await page.keyboard.press('ArrowRight')
    },
  },
  {
    name: 'chips-menu',
    go: async (page: Page): Promise<void> => {
      await search(page, `sunset^2 ${likes()}`)
      await page.locator('.chip-main').nth(1).click({ button: 'right' })
      await expect(page.getByRole('menu')).toBeVisible()
    },
  },
  {
    name: 'results-flat',
    go: async (page: Page): Promise<void> => {
      await search(page, 'dog on a beach')
      await page.locator('.moment').first().focus()
      await page.keyboard.press('o')
      await expect(page.locator('.moment-film').first()).toBeVisible()
    },
  },
  {
    name: 'results-why',
    go: async (page: Page): Promise<void> => {
      await search(page, 'dog on a beach')
      const cell = page.locator('.moment-cell').filter({ has: page.locator('.reasons-count') })
      await cell.first().hover()
      await page.locator('.moment').first().focus()
    },
  },
  {
    name: 'results-feedback',
    go: async (page: Page): Promise<void> => {
      await search(page, 'dog on a beach')
      await page.locator('.moment').nth(3).focus()
      await page.keyboard.press('+')
      await expect(page.locator('.chip-like')).toBeVisible()
      await page.locator('.moment').nth(2).focus()
      await page.keyboard.press('-')
      await expect(page.locator('.chip-like')).toHaveCount(2)
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    },
  },
  {
    name: 'results-more',
    go: async (page: Page): Promise<void> => {
      await search(page, 'dog on a beach')
      const group = page.locator('.film-group').filter({ hasText: 'Sunday kitchen' })
      await group.getByRole('button').first().scrollIntoViewIfNeeded()
      await group.locator('.film-group-more button').click()
      await expect(group.locator('.moment')).toHaveCount(5)
      await page.mouse.move(0, 0)
    },
  },
  {
    name: 'results-menu',
    go: async (page: Page): Promise<void> => {
      await search(page, 'dog on a beach')
      await page.locator('.moment').nth(1).click({ button: 'right' })
      await expect(page.getByRole('menu')).toBeVisible()
    },
  },
  { name: 'results-nothing-like', go: (page: Page): Promise<void> => search(page, `${likes()} in:nothing`) },
  {
    name: 'collection',
    scenario: kept,
    go: async (page: Page): Promise<void> => {
      await page.getByText('By the sea').click()
      await expect(page.locator('.collection-line')).toBeVisible()
      await expect(page.locator('.moment').first()).toBeVisible()
    },
  },
  {
    name: 'collection-changed',
    scenario: kept,
    go: async (page: Page): Promise<void> => {
      await page.getByText('By the sea').click()
      await box(page).fill('waves and a lighthouse longer:10s')
      await box(page).press('Enter')
      await expect(page.locator('.collection-line .button').first()).toBeVisible()
    },
  },
  {
    name: 'collection-films',
    scenario: kept,
    go: async (page: Page): Promise<void> => {
      await page.getByText('Everything upright').click()
      await expect(page.locator('.tile').first()).toBeVisible()
    },
  },
  {
    name: 'collection-menu',
    scenario: kept,
    go: async (page: Page): Promise<void> => {
      await search(page, 'dog')
      await page.getByText('Grandma').click({ button: 'right' })
      await expect(page.getByRole('menu')).toBeVisible()
    },
  },
  {
    name: 'collection-save',
    go: async (page: Page): Promise<void> => {
      await search(page, 'dog on a beach after:2020')
      await page.keyboard.press('Control+s')
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  {
    name: 'collection-save-picture',
    go: async (page: Page): Promise<void> => {
      await search(page, likes())
      await page.keyboard.press('Control+s')
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  {
    name: 'collection-rename',
    scenario: kept,
    go: async (page: Page): Promise<void> => {
      await page.getByText('Grandma').focus()
      await page.locator('.entry', { hasText: 'Grandma' }).focus()
      await page.keyboard.press('F2')
      await page.getByRole('textbox').fill('By the sea')
    },
  },
  {
    name: 'collections-none',
    scenario: () => ({ ...usualScenario(), collections: [], pastQueries: [] }),
    go: async (page: Page): Promise<void> => {
      await expect(page.locator('.collections-empty')).toBeVisible()
      await page.keyboard.press('/')
      await expect(page.locator('.suggestion').first()).toBeVisible()
    },
  },
  {
    name: 'collection-deleted',
    scenario: kept,
    go: async (page: Page): Promise<void> => {
      await page.locator('.entry', { hasText: 'By the sea' }).focus()
      await page.keyboard.press('Delete')
      await expect(page.locator('.notice')).toBeVisible()
    },
  },
  {
    name: 'results-coverage',
    scenario: () => ({ ...usualScenario(), coverage: 0.62 }),
    go: async (page: Page): Promise<void> => {
      await search(page, 'dog on a beach')
      await expect(page.locator('.coverage')).toBeVisible()
    },
  },
  {
    name: 'search-narrow',
    scenario: kept,
    go: async (page: Page): Promise<void> => {
      await page.setViewportSize({ width: 760, height: 800 })
      await search(page, `waves on the rocks -people longer:10s ${likes()}`)
    },
  },
  {
    name: 'search-large',
    scenario: kept,
    go: async (page: Page): Promise<void> => {
      await page.setViewportSize({ width: 1920, height: 1080 })
      await search(page, `waves on the rocks -people longer:10s ${likes()} durration:2m`)
    },
  },
  {
    name: 'suggest-narrow',
    scenario: kept,
    go: async (page: Page): Promise<void> => {
      await page.setViewportSize({ width: 900, height: 700 })
      await type(page, 'waves re')
    },
  },
  {
    name: 'picture-over',
    go: async (page: Page): Promise<void> => {
      await givePicture(page, 'over')
      await expect(page.locator('.picture-drop')).toBeVisible()
    },
  },
  {
    name: 'picture-search',
    go: async (page: Page): Promise<void> => {
      await search(page, 'umbrella')
      await givePicture(page, 'drop')
      await expect(page.locator('.chips .chip-given')).toBeVisible()
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    },
  },
  {
    name: 'picture-unreadable',
    go: async (page: Page): Promise<void> => {
      await givePicture(page, 'drop', 'image/heic', 'IMG_0042.HEIC')
      await expect(page.locator('.notice')).toBeVisible()
    },
  },
]
