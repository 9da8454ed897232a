import type { Page } from '@playwright/test'
import { expect, test } from './page-test.ts'
import { usualScenario } from './scenario.ts'
import type { Scenario } from './scenario.ts'

/** Sharp frames on the cards of moments. */
const slow = (milliseconds: number | null): Scenario => ({
  ...usualScenario(),
  frameMilliseconds: milliseconds,
})

const search = (page: Page, words: string): Promise<void> => page.getByRole('combobox').fill(words)

const sharp = (page: Page): ReturnType<Page['locator']> => page.locator('.moment .frame-sharp-on')

test('a card shows its tile at once and its best frame when it has come, without moving anything', async ({
  page,
  open,
}) => {
  const double = await open(slow(400))
  await page.evaluate(() => {
    const shifts: number[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value)
    }).observe({ type: 'layout-shift', buffered: false })
  })
  await search(page, 'dog')
  const tile = page.locator('.moment .sprite-tile').first()
  await expect(tile).toBeVisible()
  const before = await tile.boundingBox()
  await page.evaluate(() => ((window as unknown as { shifts: number[] }).shifts.length = 0))
  await expect(sharp(page).first()).toBeVisible()
  expect(await tile.boundingBox()).toEqual(before)
  const over = await sharp(page).first().boundingBox()
  expect(over).toEqual(await tile.boundingBox())
  expect(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts)).toEqual([])
  const first = page.getByRole('button', { name: /^Beach day, from 0:06/ }).locator('.frame-sharp')
  await expect(first).toHaveAttribute('src', /\/media\/frame\/v[0-9a-f]{20}\?t=8\.500&v=1$/)
  expect(new Set(double.frames.asked).size).toBe(double.frames.asked.length)
})

test('a few are loaded at a time, those near the window only', async ({ page, open }) => {
  await page.setViewportSize({ width: 560, height: 380 })
  const double = await open(slow(120))
  await search(page, 'dog')
  await expect(sharp(page).first()).toBeVisible()
  const all = await page.locator('.moment .sprite-tile:visible').count()
  await expect.poll(() => double.frames.open).toBe(0)
  const near = double.frames.asked.length
  expect(near).toBeGreaterThan(0)
  expect(near).toBeLessThan(all)
  const last = page.locator('.moment .sprite-tile:visible').last()
  await last.scrollIntoViewIfNeeded()
  await expect(last.locator('.frame-sharp-on')).toBeVisible()
  expect(double.frames.asked.length).toBeGreaterThan(near)
  expect(double.frames.most).toBeLessThanOrEqual(4)
})

test('those that nobody waits for any more are given up', async ({ page, open }) => {
  const double = await open(slow(60_000))
  await search(page, 'dog')
  await expect.poll(() => double.frames.open).toBe(4)
  await search(page, 'nothing at all')
  await expect.poll(() => double.frames.open).toBe(0)
  expect(double.frames.aborted).toBe(double.frames.asked.length)
  double.scenario.frameMilliseconds = 0
  await search(page, 'dog')
  await expect(sharp(page).first()).toBeVisible()
})

test('those that are scrolled away before their turn are not asked for', async ({ page, open }) => {
  await page.setViewportSize({ width: 560, height: 380 })
  const double = await open(slow(60_000))
  await search(page, 'dog')
  await expect.poll(() => double.frames.open).toBeGreaterThan(0)
  const before = [...double.frames.asked]
  const all = await page.locator('.moment .sprite-tile:visible').count()
  await page.locator('.moment:visible').last().scrollIntoViewIfNeeded()
  await expect.poll(() => double.frames.aborted).toBeGreaterThanOrEqual(before.length)
  await expect.poll(() => double.frames.asked.length - double.frames.aborted).toBeGreaterThan(0)
  expect(double.frames.asked.length).toBeLessThan(all)
})

test('a tile from beside the moment is blurred until its own frame is there', async ({ page, open }) => {
  const scenario = slow(1500)
  // The sprite of a long film: no picture of it lies within a moment of some seconds.
  scenario.videos = scenario.videos.map((video) =>
    video.pictures === null
      ? video
      : {
          ...video,
          pictures: {
            ...video.pictures,
            sprite: {
              ...video.pictures.sprite,
              times: video.pictures.sprite.times.map((_, i) => i * 60),
            },
          },
        },
  )
  await open(scenario)
  await search(page, 'dog')
  const tile = page.locator('.moment .sprite-blurred').first()
  const blur = (): Promise<string> =>
    tile.evaluate((element) => getComputedStyle(element, '::before').backdropFilter)
  await expect(tile).toBeVisible()
  expect(await blur()).toContain('blur')
  await expect(sharp(page).first()).toBeVisible()
  await expect.poll(blur).not.toContain('blur')
})

test('a frame that cannot be had leaves the tile', async ({ page, open, complaints }) => {
  const double = await open(slow(null))
  await search(page, 'dog')
  await expect.poll(() => double.frames.asked.length).toBeGreaterThan(4)
  await expect.poll(() => double.frames.open).toBe(0)
  await expect(page.locator('.moment .sprite-tile').first()).toBeVisible()
  await expect(sharp(page)).toHaveCount(0)
  expect(complaints.every((text) => text.includes('404'))).toBe(true)
  complaints.length = 0
})

test('it appears at once where motion is unwanted', async ({ page, open }) => {
  await open()
  await search(page, 'dog')
  const frame = sharp(page).first()
  await expect(frame).toBeVisible()
  expect(await frame.evaluate((element) => getComputedStyle(element).transitionDuration)).toBe('0s')
})

test.describe('with motion', () => {
  test.use({ reducedMotion: 'no-preference' })
  test('it fades in', async ({ page, open }) => {
    await open()
    await search(page, 'dog')
    const frame = sharp(page).first()
    await expect(frame).toBeVisible()
    expect(await frame.evaluate((element) => getComputedStyle(element).transitionDuration)).toBe('0.16s')
  })
})
