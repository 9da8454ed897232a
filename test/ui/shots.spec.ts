import type { Page } from '@playwright/test'
import { filmShots, manyShots } from './film-shots.ts'
import { expect, filmTime, test } from './page-test.ts'
import { filmSeconds } from './pictures.ts'
import { usualScenario } from './scenario.ts'
import type { Scenario } from './scenario.ts'

const withShots = (shots: Scenario['shots']): Scenario => ({ ...usualScenario(), shots })

/** Opens an analyzed film, or one that still waits for it, and stops it where it is. */
const openFilm = async (page: Page, name: RegExp): Promise<void> => {
  await page.getByRole('gridcell', { name }).first().click()
  await filmTime(page)
  // A tile opens its film where the pointer has scrubbed to, if the machine was quick enough to scrub.
  await page.locator('video').evaluate(async (element) => {
    const video = element as HTMLVideoElement
    video.pause()
    const sought = new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }))
    video.currentTime = 0
    await sought
  })
}

const analyzed = /^Beach day,/
const waiting = /^Rainy afternoon in Lisbon,/

/**
 * The columns of the timeline that hold the ink of a shot mark, as they are drawn: a picture of the lane under the
 * rail is read pixel by pixel. `width`: of the timeline in pixels; `ink`: share of the whole lane.
 */
const drawnMarks = async (
  page: Page,
): Promise<{ readonly columns: readonly number[]; readonly width: number; readonly ink: number }> => {
  await page.mouse.move(640, 300)
  const track = await page.locator('.timeline-track').boundingBox()
  if (track === null) throw new Error('there is no timeline')
  // The playhead stands at the left end; what it covers is not looked at.
  const clip = { x: track.x, y: track.y + 19, width: track.width, height: 6 }
  const picture = (await page.screenshot({ clip })).toString('base64')
  const reader = await page.context().newPage()
  try {
    const lit = await reader.evaluate(async (source) => {
      const image = new Image()
      image.src = `data:image/png;base64,${source}`
      await image.decode()
      const canvas = new OffscreenCanvas(image.width, image.height)
      const context = canvas.getContext('2d')
      if (context === null) return []
      context.drawImage(image, 0, 0)
      const { data } = context.getImageData(0, 0, image.width, image.height)
      return Array.from({ length: image.width }, (_, x) => {
        let light = 0
        for (let y = 0; y < image.height; y += 1) {
          light += (data[(y * image.width + x) * 4] ?? 0) > 70 ? 1 : 0
        }
        return light
      })
    }, picture)
    return {
      columns: lit.flatMap((light, x) => (light > 0 ? [x] : [])),
      width: track.width,
      ink: lit.reduce((sum, light) => sum + light, 0) / (lit.length * 6),
    }
  } finally {
    await reader.close()
  }
}

const timeOfFilm = (page: Page): Promise<number> =>
  page.locator('video').evaluate((video) => (video as HTMLVideoElement).currentTime)

test('marks stand where shots begin: ticks for cuts, wider slopes for dissolves and fades', async ({
  page,
  open,
}) => {
  await open()
  await openFilm(page, analyzed)
  await expect(page.locator('.timeline-shots')).toBeVisible()
  await page.keyboard.press('j')
  const { columns, width } = await drawnMarks(page)
  // Under the playhead at the left end is no mark to look for.
  const marks = columns.filter((x) => x > 12)
  for (const { start, transition } of filmShots.slice(1)) {
    const middle = (start / filmSeconds) * width
    const near = marks.filter((x) => Math.abs(x + 0.5 - middle) < 8)
    if (transition === 'cut') {
      expect(near, `the cut at ${start} s`).toEqual([Math.floor(middle)])
    } else {
      expect(near.length, `the slope at ${start} s`).toBeGreaterThan(3)
      const centre = near.reduce((sum, x) => sum + x + 0.5, 0) / near.length
      expect(Math.abs(centre - middle), `the slope at ${start} s`).toBeLessThanOrEqual(1)
    }
  }
  const expected = filmShots.slice(1).map(({ start }) => (start / filmSeconds) * width)
  const astray = marks.filter((x) => !expected.some((middle) => Math.abs(x + 0.5 - middle) < 8))
  expect(astray).toEqual([])
})

test('1,500 shots never become a solid bar, and long takes stay gaps', async ({ page, open }) => {
  await open(withShots(manyShots))
  await openFilm(page, analyzed)
  await page.keyboard.press('j')
  const { columns, width, ink } = await drawnMarks(page)
  expect(columns.length).toBeGreaterThan(100)
  expect(ink).toBeLessThan(0.3)
  const lit = new Set(columns)
  // A slope is eight columns wide and keeps its distance; under the playhead nothing can be seen.
  for (let x = 12; x + 10 < width; x += 1) {
    const dark = Array.from({ length: 10 }, (_, i) => x + i).filter((column) => !lit.has(column))
    expect(dark.length, `the columns from ${x} on`).toBeGreaterThan(0)
  }
  // Each long take: the longest shots of the film, a second and more.
  const takes = manyShots.filter(({ start, end }) => end - start > 0.9)
  expect(takes).toHaveLength(3)
  for (const { start, end } of takes) {
    const inside = columns.filter(
      (x) => x > (start / filmSeconds) * width + 6 && x < (end / filmSeconds) * width - 6,
    )
    expect(inside, `the take at ${start.toFixed(1)} s`).toEqual([])
  }
})

test('keys and buttons go from shot to shot, standing and playing, and say where', async ({ page, open }) => {
  await open()
  await openFilm(page, analyzed)
  await page.locator('.timeline').press('Home')
  const said = page.locator('.player').getByRole('status')
  const isNear = (seconds: number): Promise<void> =>
    expect.poll(() => timeOfFilm(page)).toBeCloseTo(seconds, 1)

  await page.keyboard.press('Shift+ArrowRight')
  await isNear(5)
  await expect(said).toHaveText('Shot 2 of 8, 0:05–0:10, still')
  await expect(page.locator('.transport-shot')).toHaveText('Shot 2 of 8')
  await page.keyboard.press('Shift+ArrowRight')
  await isNear(10)
  // At its very beginning: the one before.
  await page.keyboard.press('Shift+ArrowLeft')
  await isNear(5)
  // Two seconds in: its own beginning. (An arrow alone still goes five seconds.)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('.')
  await page.locator('video').evaluate((video) => {
    ;(video as HTMLVideoElement).currentTime = 12
  })
  await expect.poll(() => page.locator('.transport-time').textContent()).toContain('0:12')
  await page.keyboard.press('Shift+ArrowLeft')
  await isNear(10)
  await page.getByRole('button', { name: 'Next shot' }).click()
  await isNear(15)
  await page.getByRole('button', { name: 'Previous shot' }).click()
  await isNear(10)

  // There is nothing after the last one, and nothing before the first.
  await page.locator('.timeline').press('End')
  await page.keyboard.press('Shift+ArrowRight')
  await isNear(filmSeconds)
  await page.locator('.timeline').press('Home')
  await page.keyboard.press('Shift+ArrowLeft')
  await isNear(0)

  await page.keyboard.press('k')
  await expect.poll(() => timeOfFilm(page)).toBeGreaterThan(0.2)
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(() => timeOfFilm(page)).toBeGreaterThan(5)
  expect(await timeOfFilm(page)).toBeLessThan(7)
  expect(await page.locator('video').evaluate((video) => (video as HTMLVideoElement).paused)).toBe(false)
})

test('the timeline tells the shot that is pointed at, and the one where the film is', async ({
  page,
  open,
}) => {
  await open()
  await openFilm(page, analyzed)
  const timeline = page.locator('.timeline')
  const box = await timeline.boundingBox()
  if (box === null) throw new Error('there is no timeline')
  await page.mouse.move(box.x + box.width * (32 / filmSeconds), box.y + box.height / 2)
  const preview = page.locator('.timeline-preview')
  await expect(preview.locator('.timeline-preview-shot span')).toHaveText([
    'Shot 7 of 8',
    '0:30–0:35',
    'black',
    'text on screen',
  ])
  await expect(preview.locator('.frame')).toBeVisible()
  const shot = await page.locator('.timeline-shot').boundingBox()
  expect(shot?.x).toBeCloseTo(box.x + box.width * (30 / filmSeconds), 0)
  expect(shot?.width).toBeCloseTo(box.width * (5 / filmSeconds), 0)
  await page.mouse.move(640, 300)
  await expect(preview).toHaveCount(0)

  await page.keyboard.press('k')
  await page.keyboard.press('k')
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab')
    if (await timeline.evaluate((element) => element === document.activeElement)) break
  }
  await expect(timeline).toBeFocused()
  await expect(preview).toContainText('Shot 1 of 8')
  await expect(preview.locator('.frame')).toHaveCount(0)
  await page.keyboard.press('Shift+ArrowRight')
  await expect(preview).toContainText('Shot 2 of 8')
  await expect(timeline).toHaveAttribute('aria-valuetext', '0:05 of 0:40, Shot 2 of 8')
})

test('a film that is not analyzed shows no marks and says so; when it is ready, it shows them', async ({
  page,
  open,
}) => {
  const double = await open()
  await openFilm(page, waiting)
  await page.getByRole('tab', { name: 'Details' }).click()
  const fact = (name: string): ReturnType<typeof page.locator> =>
    page
      .locator('.facts > div')
      .filter({ has: page.getByText(name, { exact: true }) })
      .locator('dd')
  await expect(fact('Shots')).toHaveText('Not looked for yet')
  await expect(fact('Indexing')).toHaveText('Looked through')
  await expect(page.locator('.timeline-shots')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Next shot' })).toBeDisabled()
  await page.keyboard.press('l')
  await expect.poll(() => timeOfFilm(page)).toBeGreaterThanOrEqual(10)
  const before = await filmTime(page)

  const { scenario } = double
  const film = scenario.videos[3]
  if (film === undefined) throw new Error('the double has too few films')
  scenario.videos = scenario.videos.map((video) =>
    video.id === film.id ? { ...video, state: 'analyzed' } : video,
  )
  double.emit('change', { kind: 'video-ready', videoId: film.id, path: film.path })
  await expect(page.locator('.timeline-shots')).toBeVisible()
  await expect(fact('Shots')).toHaveText('8')
  await expect(fact('Indexing')).toHaveText('Looked at closely')
  await expect(page.getByRole('button', { name: 'Next shot' })).toBeEnabled()
  expect(await timeOfFilm(page)).toBe(before)
})

test('where shots cannot be told, the film plays all the same', async ({ page, open }) => {
  await open(withShots([]))
  await openFilm(page, analyzed)
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('l')
  await expect.poll(() => timeOfFilm(page)).toBeGreaterThanOrEqual(10)
  await expect(page.locator('.timeline-shots')).toHaveCount(0)
})
