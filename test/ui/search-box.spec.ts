import type { Page } from '@playwright/test'
import { expect, test } from './page-test.ts'
import { usualScenario } from './scenario.ts'

const box = (page: Page): ReturnType<Page['getByRole']> => page.getByRole('combobox')
const option = (page: Page, name: string | RegExp): ReturnType<Page['getByRole']> =>
  page.getByRole('option', { name })

test('an empty box offers what was searched for and kept; typing narrows it, Enter searches for what is written', async ({
  page,
  open,
}) => {
  const double = await open()
  await page.keyboard.press('/')
  await expect(box(page)).toHaveAttribute('aria-expanded', 'true')
  await expect(page.getByRole('group', { name: 'Recent' }).getByRole('option')).toHaveText([
    'dog in the snow',
    'birthday cake after:2025',
    'Forget recent searches',
  ])
  await expect(page.getByRole('group', { name: 'Collections' }).getByRole('option')).toHaveText([
    'By the seawaves longer:10s',
  ])
  await expect(page.getByRole('group', { name: 'Filters' }).getByRole('option').first()).toHaveText('in:')
  await page.keyboard.type('dog')
  await expect(page.getByRole('option')).toHaveText(['dog in the snow'])
  expect(await box(page).getAttribute('aria-activedescendant')).toBeNull()
  // The list never chooses by itself.
  await page.keyboard.press('Enter')
  await expect(box(page)).toHaveValue('dog')
  await expect(page.getByRole('listbox')).toHaveCount(0)
  await expect.poll(() => double.scenario.pastQueries[0]?.query).toBe('dog')
})

test('a recent search is taken by keys, forgotten by keys or pointer, and all of them can come back', async ({
  page,
  open,
}) => {
  const double = await open()
  await page.keyboard.press('/')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const active = option(page, 'birthday cake after:2025, recent search')
  await expect(active).toHaveAttribute('aria-selected', 'true')
  expect(await box(page).getAttribute('aria-activedescendant')).toBe(await active.getAttribute('id'))
  await page.keyboard.press('Shift+Delete')
  await expect(active).toHaveCount(0)
  expect(double.scenario.pastQueries.map(({ query }) => query)).toEqual(['dog in the snow'])
  await option(page, /^dog in the snow/).hover()
  await page.locator('.suggestion-forget').first().click()
  await expect(page.getByRole('group', { name: 'Recent' })).toHaveCount(0)
  await expect(box(page)).toBeFocused()

  double.scenario.pastQueries = [
    { query: 'two', at: '2026-11-25T18:00:00.000Z' },
    { query: 'one', at: '2026-11-24T18:00:00.000Z' },
  ]
  await page.reload()
  await page.locator('.shell').waitFor()
  await page.keyboard.press('/')
  await option(page, 'Forget recent searches').click()
  await expect.poll(() => double.scenario.pastQueries).toEqual([])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => double.scenario.pastQueries.map(({ query }) => query)).toEqual(['two', 'one'])
  await box(page).click()
  await option(page, /^one, recent/).click()
  await expect(box(page)).toHaveValue('one')
  await expect(page.locator('.moment').first()).toBeVisible()
})

test('filters and their values are completed at the caret, in the middle of a text too', async ({
  page,
  open,
}) => {
  await open()
  await box(page).fill('dog  snow')
  for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('ArrowLeft')
  await page.keyboard.type('cod')
  await expect(option(page, /^codec:/)).toHaveAccessibleName('codec:, Video format')
  // A word may become anything: Tab leaves the box unless an arrow key has chosen.
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await expect(box(page)).toHaveValue(/^dog codec: ?snow$/)
  await expect(page.getByRole('group', { name: 'Video format' }).getByRole('option')).toHaveText([
    /^h264 *7 videosTab$/,
    /^hevc *7 videos$/,
  ])
  await expect(page.getByRole('toolbar', { name: 'What was understood' })).not.toContainText('codec')
  await page.keyboard.type('he')
  await expect(page.getByRole('option')).toHaveText([/^hevc/])
  await page.keyboard.press('Tab')
  await expect(box(page)).toHaveValue('dog codec:hevc snow')
  await page.keyboard.type('wet ')
  await expect(box(page)).toHaveValue('dog codec:hevc wet snow')
  await expect(page.getByRole('listbox')).toHaveCount(0)
})

test('Escape closes the list, then empties the box, then leaves it; Tab without a choice leaves it', async ({
  page,
  open,
}) => {
  await open()
  await box(page).click()
  await page.keyboard.type('is:')
  await expect(page.getByRole('listbox')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('listbox')).toHaveCount(0)
  await expect(box(page)).toHaveValue('is:')
  await page.keyboard.press('Escape')
  await expect(box(page)).toHaveValue('')
  await expect(page.getByRole('listbox')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(box(page)).not.toBeFocused()
  await box(page).click()
  await page.keyboard.type('dog in')
  await page.keyboard.press('Tab')
  await expect(box(page)).toHaveValue('dog in')
  await expect(box(page)).not.toBeFocused()
})

test('what is only typed is not kept; what an answer was opened of is', async ({ page, open }) => {
  const double = await open()
  await box(page).fill('wa')
  await box(page).fill('waves')
  await expect(page.locator('.moment').first()).toBeVisible()
  expect(double.calls).not.toContain('history.add')
  await page.locator('.moment').first().click()
  await expect.poll(() => double.scenario.pastQueries[0]?.query).toBe('waves')
})

test('a mouse on the list does not take the focus, and values that come late are not mixed up', async ({
  page,
  open,
}) => {
  const scenario = usualScenario()
  await open(scenario)
  await box(page).click()
  await page.keyboard.type('in:20')
  await expect(page.getByRole('option')).toHaveCount(3)
  await option(page, /^2025/).hover()
  await expect(box(page)).toBeFocused()
  await page.keyboard.type('24')
  await expect(page.getByRole('option')).toHaveCount(0)
  await expect(box(page)).toHaveValue('in:2024')
  await page.keyboard.press('Enter')
  await expect(page.locator('.tile').first()).toBeVisible()
})
