import type { Page } from '@playwright/test'
import { expect, filmTime, test } from './page-test.ts'
import { boxOf, openMoment, openTile, topOf } from './player-page.ts'
import { longCurve, longFilm } from './player-scenario.ts'
import { filmSeconds } from './pictures.ts'
import { usualScenario } from './scenario.ts'

/** Where the curve is drawn in the window: 34 pixels above the rail (timeline.css). */
const lane = async (page: Page): Promise<{ x: number; y: number; width: number; height: number }> => {
  await page.mouse.move(640, 300)
  const { x, y, width } = await boxOf(page.locator('.timeline-track'))
  return { x, y: y - 26, width, height: 30 }
}

const timeOfFilm = (page: Page): Promise<number> =>
  page.locator('video').evaluate((video) => (video as HTMLVideoElement).currentTime)

test('the curve is drawn as it is, and what counts as a moment is lit', async ({ page, open }) => {
  const { scenario } = await open()
  await openMoment(page)
  // The playhead is out of the way of what is looked at.
  await page.locator('.timeline').press('End')
  await filmTime(page)
  const clip = await lane(page)
  const amber = await topOf(page, clip, 'accent')
  const light = await topOf(page, clip, 'light')
  const column = (seconds: number): number => Math.round((seconds / filmSeconds) * clip.width)
  for (const begin of scenario.momentStarts) {
    // The double's bumps have their top at 2.5 s of each moment: the lane's full height.
    expect(amber[column(begin + 2.5)], `the top at ${begin + 2.5} s`).toBeLessThanOrEqual(3)
    expect(amber[column(begin + 0.3)]).toBeGreaterThan(3)
    expect(amber[column(begin - 1)], 'nothing is lit before a moment').toBe(-1)
    expect(amber[column(begin + 7)], 'nothing is lit after a moment').toBe(-1)
    expect(light[column(begin - 1)], 'the curve goes on outside').toBeGreaterThan(0)
  }
  await expect(page.locator('.timeline-curve path')).toHaveCount(4)
})

test('three hours: one path of bounded length, and a moment of half a minute still reaches the top', async ({
  page,
  open,
}) => {
  await open(longFilm({ ...usualScenario(), curve: longCurve() }))
  await openMoment(page)
  const path = (await page.locator('.curve-line').getAttribute('d')) ?? ''
  const clip = await lane(page)
  expect(path.split('C').length - 1).toBeLessThanOrEqual(clip.width / 2)
  const amber = await topOf(page, clip, 'accent')
  for (const seconds of [1900, 4200, 7777, 9950]) {
    const middle = Math.round((seconds / 10_800) * clip.width)
    const tops = amber.slice(middle - 3, middle + 4).filter((top) => top >= 0)
    expect(Math.min(...tops), `the top at ${seconds} s`).toBeLessThanOrEqual(5)
  }
})

test('the film comes first: nothing is asked about it before its first picture is there', async ({
  page,
  open,
}) => {
  const double = await open()
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/media/film/**', async (route) => {
    await held
    await route.continue()
  })
  await page.getByRole('combobox').fill('dog on a beach')
  await page.locator('.moment').first().click()
  await expect(page.locator('.side-hit')).toHaveCount(3)
  await expect(page.locator('.timeline-shots')).toBeVisible()
  expect(double.calls).not.toContain('search.curve')
  expect(double.calls).not.toContain('videos.subtitles')
  const before = await boxOf(page.locator('.stage'))
  release()
  await expect(page.locator('.timeline-curve')).toBeVisible()
  expect(await boxOf(page.locator('.stage')), 'nothing jumps when it comes').toEqual(before)
})

test('without a query there is no curve, and nobody asks for one', async ({ page, open }) => {
  const double = await open()
  await openTile(page)
  await page.getByRole('tab', { name: 'Transcript' }).click()
  await expect(page.locator('.line').first()).toBeVisible()
  await expect(page.locator('.timeline-curve')).toHaveCount(0)
  expect(double.calls).not.toContain('search.curve')
  await expect(page.locator('.timeline')).toHaveAccessibleDescription('')
})

test('a curve that does not come leaves the film as it is', async ({ page, open }) => {
  const { scenario } = await open()
  await page.getByRole('combobox').fill('dog on a beach')
  await expect(page.locator('.moment').first()).toBeVisible()
  scenario.failing = { group: 'search', error: { code: 'model-failed', message: 'no', advice: '' } }
  await page.locator('.moment').first().click()
  await filmTime(page)
  await page.getByRole('tab', { name: 'Transcript' }).click()
  await expect(page.locator('.line').first()).toBeVisible()
  await expect(page.locator('.timeline-curve')).toHaveCount(0)
  await expect(page.locator('.notice')).toHaveCount(0)
})

test('in words it says where the film answers best, in both languages', async ({ page, open }) => {
  await open()
  await openMoment(page)
  const timeline = page.getByRole('slider', { name: 'Position in the film' })
  await expect(timeline).toHaveAccessibleDescription('“dog on a beach” fits best at 0:08, 0:19 and 0:30.')
  await page.evaluate(() => {
    localStorage.setItem('kinora.preferences', '{"language":"de"}')
    dispatchEvent(new StorageEvent('storage', { key: 'kinora.preferences' }))
  })
  await expect(page.locator('.timeline')).toHaveAccessibleDescription(
    '„dog on a beach“ passt am besten bei 0:08, 0:19 und 0:30.',
  )
})

test('next and previous moment go along the tops; the list shows every reason of the one that is seen', async ({
  page,
  open,
}) => {
  await open()
  await openMoment(page)
  const hits = page.locator('.side-hit')
  const isAt = async (index: number, seconds: number): Promise<void> => {
    await expect.poll(() => timeOfFilm(page)).toBeCloseTo(seconds, 1)
    await expect(hits.nth(index)).toHaveAttribute('aria-current', 'true')
  }
  await isAt(0, 8.5)
  await expect(hits.first().locator('.reason')).toHaveText([
    'Looks like “dog on a beach”',
    'Said: “Look, dog on a beach!”',
    'Your tag “holiday”',
  ])
  await page.keyboard.press('n')
  await isAt(1, 19.5)
  await expect(hits.first().locator('.reason')).toHaveCount(1)
  await expect(hits.first().locator('.reason-more')).toHaveText('+2')
  await expect(hits.first()).toContainText('Your tag “holiday”')
  await page.keyboard.press('n')
  await isAt(2, 30.5)
  await page.keyboard.press('n')
  await isAt(0, 8.5)
  await page.keyboard.press('p')
  await isAt(2, 30.5)

  // By arrow keys through the list: the reasons of the one with the focus unfold, and Enter goes there.
  await hits.nth(2).focus()
  await page.keyboard.press('Home')
  await expect(hits.first()).toBeFocused()
  await expect(hits.first().locator('.reason')).toHaveCount(3)
  await page.keyboard.press('ArrowDown')
  await expect(hits.nth(1)).toBeFocused()
  await page.keyboard.press('Enter')
  await isAt(1, 19.5)
})

test('pointed at, the timeline tells the reason of a moment and its tags', async ({ page, open }) => {
  const scenario = usualScenario()
  const [film] = scenario.videos
  if (film === undefined) throw new Error('the double has no film')
  scenario.marks = new Map([[film.id, [{ tag: 'Emma', start: 19, end: 22 }]]])
  await open(scenario)
  await openMoment(page)
  const { x, y, width, height } = await boxOf(page.locator('.timeline'))
  const point = async (seconds: number): Promise<void> =>
    page.mouse.move(x + (seconds / filmSeconds) * width, y + height / 2)
  await point(20)
  const preview = page.locator('.timeline-preview')
  await expect(preview).toContainText('Looks like “dog on a beach”')
  await expect(preview).toContainText('Emma')
  const card = await boxOf(preview)
  const reason = await boxOf(preview.locator('.timeline-preview-hit'))
  expect(reason.x).toBeGreaterThanOrEqual(card.x)
  expect(reason.x + reason.width).toBeLessThanOrEqual(card.x + card.width)
  await point(25)
  await expect(preview).not.toContainText('Looks like')
})
