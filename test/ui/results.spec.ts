import type { Locator, Page } from '@playwright/test'
import { expect, test } from './page-test.ts'
import { makeVideo, usualScenario } from './scenario.ts'

const box = (page: Page): Locator => page.getByRole('combobox')
const group = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })
const moment = (page: Page, name: RegExp): Locator =>
  page.locator('.moment').and(page.getByRole('button', { name }))

test('filters alone show videos, words show moments, nothing shows the library', async ({ page, open }) => {
  await open()
  await box(page).fill('is:offline')
  await expect(page.getByText('1 video', { exact: true })).toBeVisible()
  await box(page).fill('is:offline dog')
  await expect(moment(page, /^Beach day, from/).first()).toBeVisible()
  await box(page).press('Escape')
  await expect(page.getByText('60 videos')).toBeVisible()
})

test('by film or best first, and it stays so', async ({ page, open }) => {
  await open()
  await box(page).fill('dog')
  await expect(group(page, 'Beach day').locator('.moment')).toHaveCount(3)
  await page.getByRole('button', { name: /Order of the moments/ }).click()
  await page.getByRole('option', { name: 'Best first' }).click()
  await expect(page.locator('.moment-film').first()).toHaveText('Beach day')
  await expect(page.locator('.moment-film').nth(1)).toHaveText('Emma blows out the candles')
  await page.reload()
  await box(page).fill('dog')
  await expect(page.locator('.moment-film').first()).toBeVisible()
  await page.locator('.moment').first().focus()
  await page.keyboard.press('o')
  await expect(page.locator('.moment-film')).toHaveCount(0)
})

test('a film that has more shows it in place, under its heading and in the flat list', async ({
  page,
  open,
}) => {
  await open()
  await box(page).fill('dog')
  const kitchen = group(page, 'Sunday kitchen')
  await expect(kitchen.locator('.moment')).toHaveCount(3)
  await kitchen.getByRole('button', { name: 'More of this film' }).click()
  await expect(kitchen.locator('.moment')).toHaveCount(5)
  await expect(kitchen).toContainText('all 5')
  await expect(kitchen.locator('.moment').nth(3)).toBeFocused()
  await box(page).fill('cat')
  await expect(kitchen.locator('.moment')).toHaveCount(3)
  await kitchen.locator('.moment').first().focus()
  await page.keyboard.press('o')
  const named = page.locator('.moment').filter({ hasText: 'Sunday kitchen' })
  await expect(named).toHaveCount(3)
  await named.first().focus()
  await page.keyboard.press('m')
  await expect(named).toHaveCount(5)
  await expect(named.nth(3)).toBeFocused()
})

test('every reason is told: the first in full, the others when looked at', async ({ page, open }) => {
  await open()
  await box(page).fill('dog')
  const hike = moment(page, /^Hike to the summit, from 0:08/)
  await expect(hike).toHaveAccessibleName(
    /Looks like “dog”, Said: “we should .*”, Your tag “dog”, Chapter “By the water”/,
  )
  await expect(hike.locator('.reasons-count')).toHaveText('+3')
  await expect(hike.getByText('Chapter “By the water”')).toBeHidden()
  await hike.hover()
  await expect(hike.getByText('Chapter “By the water”')).toBeVisible()
  const before = await moment(page, /^Sunday kitchen, from 0:08/).boundingBox()
  await page.mouse.move(0, 0)
  await expect(hike.getByText('Chapter “By the water”')).toBeHidden()
  expect(await moment(page, /^Sunday kitchen, from 0:08/).boundingBox()).toEqual(before)
})

test('where nothing fits it says so and why, and weak matches are folded away', async ({ page, open }) => {
  const scenario = usualScenario()
  scenario.coverage = 0.62
  await open(scenario)
  await box(page).fill('nothing like it at all in:2024')
  const title = page.getByRole('heading', { name: /^Nothing in your library clearly shows/ })
  await expect(title).toContainText('“nothing like it at all”')
  const text = page.locator('.message-text')
  await expect(text).toContainText('No moment stands out')
  await expect(text).toContainText('does not look much like it')
  await expect(text).toContainText('Try fewer words')
  await expect(text).toContainText('Take a filter out')
  await expect(text).toContainText('more may turn up by itself')
  await expect(moment(page, /^Beach day, from/).first()).toBeHidden()
  await expect(page.getByRole('button', { name: 'Choose another model' })).toBeVisible()
  await page.getByRole('button', { name: '15 weak matches' }).click()
  await expect(moment(page, /^Beach day, from/).first()).toBeVisible()
  await box(page).fill('nothing here then nothing there')
  await expect(title).toContainText('“nothing here then nothing there”')
  await expect(text).not.toContainText('Try fewer words')
  await box(page).fill('umbrella "nothing of it"')
  await expect(
    page.getByRole('heading', { name: '“nothing of it” is neither said nor written in what was searched' }),
  ).toBeVisible()
  await expect(text).not.toContainText('stands out')
  await box(page).fill(`like:${makeVideo(3).id}@2 in:nothing`)
  await expect(
    page.getByRole('heading', { name: 'Nothing in your library clearly looks like this' }),
  ).toBeVisible()
  await expect(page.getByRole('button', { name: 'Choose another model' })).toHaveCount(0)
  await box(page).fill('unsure')
  await expect(page.getByText('These might be it.')).toBeVisible()
  await expect(page.locator('.verdict-weak')).toContainText('No moment stands out')
})

test('the answer renews itself while the library grows, and moves nothing that is looked at', async ({
  page,
  open,
}) => {
  test.setTimeout(60_000)
  const scenario = usualScenario()
  scenario.coverage = 0.62
  scenario.answering = { films: 9, most: 11, milliseconds: 0 }
  const double = await open(scenario)
  await box(page).fill('dog')
  await expect(page.getByText('62% of the library was looked at so far')).toBeVisible()
  await expect(page.locator('.moment')).toHaveCount(11)
  const ready = (): void => {
    const video = makeVideo(0)
    double.emit('change', { kind: 'video-ready', videoId: video.id, path: video.path })
  }
  // More at the end moves nothing: it just comes.
  scenario.coverage = 0.81
  scenario.answering = { films: 9, most: 200, milliseconds: 0 }
  ready()
  await expect(page.getByText('81% of the library was looked at so far')).toBeVisible({ timeout: 10_000 })
  await expect(page.locator('.moment')).toHaveCount(14)
  await expect(page.getByRole('button', { name: 'Show new results' })).toHaveCount(0)
  // Another order waits until it is wanted.
  scenario.coverage = 1
  scenario.videos = scenario.videos.slice(1)
  ready()
  await expect(page.getByRole('button', { name: 'Show new results' })).toBeVisible({ timeout: 10_000 })
  await expect(page.locator('.moment').first()).toHaveAccessibleName(/^Beach day/)
  await page.getByRole('button', { name: 'Show new results' }).click()
  await expect(page.locator('.moment').first()).toHaveAccessibleName(/^Emma blows out the candles/)
  await expect(page.locator('.coverage')).toHaveCount(0)
})

test('more like this and not this become chips, the answer adapts, and both can be taken back', async ({
  page,
  open,
}) => {
  await open()
  await box(page).fill('dog')
  const hike = moment(page, /^Hike to the summit, from 0:08/)
  await hike.hover()
  await page.getByRole('button', { name: 'More like this' }).click()
  const [first, third] = [makeVideo(0).id, makeVideo(2).id]
  await expect(box(page)).toHaveValue(`dog like:${third}@10.5`)
  await expect(page.locator('.moment').first()).toHaveAccessibleName(/^Hike to the summit/)
  await page.locator('.moment').first().hover()
  await expect(page.getByRole('button', { name: 'More like this' })).toHaveAttribute('aria-pressed', 'true')

  const beach = moment(page, /^Beach day, from 0:17/)
  await beach.focus()
  await page.keyboard.press('-')
  await expect(box(page)).toHaveValue(`dog like:${third}@10.5 -like:${first}@19.5`)
  await expect(beach).toHaveCount(0)
  // The focus stays among the answers.
  await expect(page.locator('.moment').first()).toBeFocused()
  await page.keyboard.press('Control+z')
  await expect(box(page)).toHaveValue(`dog like:${third}@10.5`)
  await expect(beach).toBeVisible()

  await hike.focus()
  await page.keyboard.press('-')
  await expect(box(page)).toHaveValue(`dog -like:${third}@10.5`)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(box(page)).toHaveValue(`dog like:${third}@10.5`)
})
