import type { Page } from '@playwright/test'
import { expect, filmTime, test } from './page-test.ts'
import { boxOf, openMoment, openTile, tabTo, topOf } from './player-page.ts'
import { filmSeconds } from './pictures.ts'
import { taggedScenario } from './player-scenario.ts'
import { usualScenario } from './scenario.ts'

const firstFilm = `v${'0'.repeat(20)}`

const timeOfFilm = (page: Page): Promise<number> =>
  page.locator('video').evaluate((video) => (video as HTMLVideoElement).currentTime)

test('stars by keys of the player, by arrow keys and by pointer; Control+Z takes back', async ({
  page,
  open,
}) => {
  const { scenario } = await open()
  const rating = (): number | null | undefined => scenario.videos[0]?.rating
  await openMoment(page)
  await page.keyboard.press('4')
  await expect(page.locator('.player-note-stars .on')).toHaveCount(4)
  await expect(page.locator('.player').getByRole('status')).toHaveText('4 stars')
  await expect.poll(rating).toBe(4)
  await page.keyboard.press('Control+z')
  await expect.poll(rating).toBeNull()
  await page.keyboard.press('2')
  await expect.poll(rating).toBe(2)
  await page.keyboard.press('0')
  await expect(page.locator('.player').getByRole('status')).toHaveText('Not rated')
  await expect.poll(rating).toBeNull()

  await page.getByRole('tab', { name: 'Details' }).click()
  const stars = page.getByRole('slider', { name: 'Rating' })
  await tabTo(page, stars)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(stars).toHaveAttribute('aria-valuetext', '3 stars')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(rating).toBe(2)
  await page.keyboard.press('Delete')
  await expect(stars).toHaveAttribute('aria-valuetext', 'Not rated')

  await page.locator('.star').nth(4).click()
  await expect.poll(rating).toBe(5)
  await page.locator('.star').nth(4).click()
  await expect.poll(rating).toBeNull()
  await page.locator('.star').nth(1).click()
  await page.getByRole('button', { name: 'Take the rating away' }).click()
  await expect.poll(rating).toBeNull()
})

test('by keys alone: a moment is tagged, found again in the list, and taken off with a way back', async ({
  page,
  open,
}) => {
  const { scenario } = await open(taggedScenario())
  scenario.marks = new Map()
  await openMoment(page)
  await page.keyboard.press('t')
  const dialog = page.getByRole('dialog', { name: 'Tag' })
  await expect(dialog.getByRole('combobox')).toBeFocused()
  await expect(dialog.locator('.tagging-time')).toHaveText('0:06–0:12')
  // Letters are letters here, and not keys of the player.
  await page.keyboard.type('sno')
  await expect(page.getByRole('option')).toHaveText([/^snow/, 'New tag “sno”'])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(dialog.locator('.tagging-taken')).toHaveText('snow')
  await page.keyboard.type('first steps')
  await page.keyboard.press('Enter')
  await expect(dialog.locator('.tagging-taken')).toHaveText('snow, first steps')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  expect(scenario.marks.get(firstFilm)).toEqual([
    { tag: 'snow', start: 6, end: 12 },
    { tag: 'first steps', start: 6, end: 12 },
  ])
  await expect(page.locator('.timeline-tag')).toHaveCount(2)

  await page.keyboard.press('n')
  await expect.poll(() => timeOfFilm(page)).toBeCloseTo(19.5, 1)
  await tabTo(page, page.getByRole('tab', { name: 'Moments' }))
  await page.keyboard.press('End')
  const row = page.locator('.tag-stretch').filter({ hasText: 'first steps' })
  await tabTo(page, row)
  await page.keyboard.press('Enter')
  await expect.poll(() => timeOfFilm(page)).toBeCloseTo(6, 1)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Remove “first steps” from 0:06–0:12' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('.player-note')).toContainText('“first steps” removed from 0:06–0:12')
  await expect(page.locator('.timeline-tag')).toHaveCount(1)
  // Whoever works by keyboard is not thrown out of the list.
  await expect(page.locator('.tagged :focus')).toHaveCount(1)
  await page.keyboard.press('Control+z')
  await expect(row).toBeVisible()
  await expect(page.locator('.timeline-tag')).toHaveCount(2)
})

test('tags of the whole film: completion, chips, removal with all its moments, and back', async ({
  page,
  open,
}) => {
  const { scenario } = await open(taggedScenario())
  const names = (): readonly string[] =>
    (scenario.marks.get(firstFilm) ?? []).map(({ tag, start }) => `${tag} ${String(start)}`).toSorted()
  await openTile(page)
  await page.getByRole('tab', { name: 'Details' }).click()
  const box = page.getByRole('combobox', { name: 'Tag the film' })
  await box.click()
  await page.keyboard.type('d')
  // A tag that only moments have may come to the whole film; those that it has are not offered.
  await expect(page.getByRole('option').first()).toContainText('dog')
  await page.getByRole('option').first().click()
  await expect(page.locator('.tag-chip')).toHaveText(['beach', 'summer holiday', 'dog'])
  await expect(box).toHaveValue('')
  await expect(page.getByRole('listbox')).toHaveCount(0)
  await box.fill('  a   brand new one ')
  await page.keyboard.press('Enter')
  await expect(page.locator('.tag-chip')).toHaveCount(4)
  await expect(page.getByRole('listbox')).toHaveCount(0)
  // An arrow looks through the most used.
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('option').first()).toContainText('snow')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('listbox')).toHaveCount(0)
  await page.keyboard.type('zz')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(box).toHaveValue('')
  await page.keyboard.press('Escape')
  await expect(box).not.toBeFocused()
  await expect(page.locator('.player'), 'none of these has left the film').toBeVisible()
  await box.focus()
  expect(names()).toContain('a brand new one null')

  const before = names()
  // Into the chips, backwards over the button of one: whichever of them takes the focus.
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await expect(page.locator('.tag-chip:focus')).toHaveCount(1)
  await tabTo(page, page.locator('.tag-chip').nth(2), 'ArrowRight')
  await page.keyboard.press('Delete')
  await expect(page.locator('.player-note')).toContainText('“dog” removed from the film and 2 moments')
  await expect(page.locator('.timeline-tag')).toHaveCount(1)
  await page.locator('.player-note').getByRole('button', { name: 'Undo' }).click()
  await expect(page.locator('.timeline-tag')).toHaveCount(3)
  await expect.poll(names).toEqual(before)
  await page.getByRole('button', { name: 'Remove “beach”' }).click()
  await expect(page.locator('.player-note')).toContainText('“beach” removed')
  await expect(page.locator('.tag-chip')).toHaveCount(3)
})

test('a first tag in a library that has none is offered as new', async ({ page, open }) => {
  await open()
  await openMoment(page)
  await page.keyboard.press('t')
  await page.keyboard.type('Em')
  await expect(page.getByRole('option')).toHaveText(['New tag “Em”'])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('listbox')).toHaveCount(0)
  await expect(page.getByRole('combobox', { name: 'Tag' })).toBeFocused()
  await page.keyboard.type('ma')
  await page.getByRole('option', { name: 'New tag “Emma”' }).click()
  await expect(page.locator('.tagging-taken')).toHaveText('Emma')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.locator('.player')).toBeVisible()
})

test('what is tagged can be changed: moment, shot, whole film', async ({ page, open }) => {
  const { scenario } = await open()
  await openMoment(page)
  await page.keyboard.press('t')
  await page.getByText('Shot', { exact: true }).click()
  await expect(page.locator('.tagging-time')).toHaveText('0:05–0:10')
  await page.getByRole('combobox', { name: 'Tag' }).fill('kitchen')
  await page.keyboard.press('Enter')
  await page.getByText('Whole film', { exact: true }).click()
  await page.getByRole('combobox', { name: 'Tag' }).fill('good')
  await page.keyboard.press('Enter')
  await expect
    .poll(() => scenario.marks.get(firstFilm))
    .toEqual([
      { tag: 'kitchen', start: 5, end: 10 },
      { tag: 'good', start: null, end: null },
    ])
})

test('tags and stars that are given elsewhere come by themselves', async ({ page, open }) => {
  const double = await open()
  await openTile(page)
  await page.getByRole('tab', { name: 'Details' }).click()
  await expect(page.locator('.tag-chip')).toHaveCount(0)
  const { scenario } = double
  scenario.marks = new Map([[firstFilm, [{ tag: 'terminal', start: null, end: null }]]])
  scenario.videos = scenario.videos.map((video, index) => (index === 0 ? { ...video, rating: 3 } : video))
  double.emit('change', { kind: 'marks', videoId: firstFilm })
  await expect(page.locator('.tag-chip')).toHaveText('terminal')
  await expect(page.locator('.star-on')).toHaveCount(3)
})

test('what the library refuses is said, and nothing looks done', async ({ page, open }) => {
  const { scenario } = await open(taggedScenario())
  await openTile(page)
  await page.getByRole('tab', { name: 'Details' }).click()
  scenario.failing = { group: 'tags', error: { code: 'disk-full', message: 'no room', advice: '' } }
  await page.getByRole('button', { name: 'Remove “Emma” from 0:19–0:22' }).click()
  await expect(page.locator('.notice')).toContainText('The disk is full')
  await expect(page.locator('.tag-stretch')).toHaveCount(3)
  await expect(page.locator('.player-note')).toHaveCount(0)
  scenario.failing = { group: 'videos', error: { code: 'disk-full', message: 'no room', advice: '' } }
  await page.keyboard.press('5')
  await expect(page.locator('.notice')).toHaveCount(2)
  await expect(page.locator('.star-on')).toHaveCount(0)
})

test('in and out marks: shown, told, repeated, tagged; Escape takes them away first', async ({
  page,
  open,
}) => {
  const { scenario } = await open()
  await openTile(page)
  await page.locator('.timeline').press('Home')
  await page.keyboard.press('l')
  await expect.poll(() => timeOfFilm(page)).toBe(10)
  await page.keyboard.press('i')
  await expect(page.locator('.player-note')).toHaveText('In mark at 0:10.0')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('o')
  await expect(page.locator('.player').getByRole('status')).toHaveText('Out mark at 0:15.0')
  await expect(page.locator('.range-from')).toHaveText('0:10.0')
  await expect(page.locator('.range-to')).toHaveText('0:15.0')
  await expect(page.locator('.range-times')).toHaveText('5.0s')

  // The brackets are drawn where the marks are.
  await page.locator('.timeline').press('End')
  await filmTime(page)
  await page.mouse.move(640, 300)
  const track = await boxOf(page.locator('.timeline-track'))
  const clip = { x: track.x, y: track.y + 2, width: track.width, height: 6 }
  const light = await topOf(page, clip, 'light')
  const column = (seconds: number): number => Math.round((seconds / filmSeconds) * track.width)
  for (const seconds of [10, 15]) {
    const near = light.slice(column(seconds) - 3, column(seconds) + 3)
    expect(Math.max(...near), `the bracket at ${seconds} s`).toBe(0)
  }

  await page.keyboard.press('t')
  await expect(page.locator('.tagging-time')).toHaveText('0:10–0:15')
  await page.keyboard.type('water')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect.poll(() => scenario.marks.get(firstFilm)).toEqual([{ tag: 'water', start: 10, end: 15 }])

  await page.getByRole('button', { name: /^Marked from/ }).click()
  await expect.poll(() => timeOfFilm(page)).toBe(10)
  await page.keyboard.press('r')
  await page.keyboard.press('k')
  // Somebody goes near the end of the stretch, and it begins anew.
  await page.locator('video').evaluate((video) => {
    ;(video as HTMLVideoElement).currentTime = 14.6
  })
  await expect.poll(() => timeOfFilm(page)).toBeLessThan(14.5)
  expect(await timeOfFilm(page)).toBeGreaterThanOrEqual(10)
  await page.keyboard.press('k')

  await page.keyboard.press('Escape')
  await expect(page.locator('.timeline-range')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Repeat this moment' })).toBeDisabled()
  await expect(page.locator('.player-note')).toHaveText('Marks taken away')
  await page.keyboard.press('Escape')
  await expect(page.locator('.player')).toHaveCount(0)
})

test('marks by pointer, and gone by pointer', async ({ page, open }) => {
  await open()
  await openMoment(page)
  const { x, y, width, height } = await boxOf(page.locator('.timeline'))
  const menuAt = async (seconds: number, entry: string): Promise<void> => {
    await page.mouse.click(x + (seconds / filmSeconds) * width, y + height - 20, { button: 'right' })
    await page.getByRole('menuitem', { name: entry }).click()
  }
  await menuAt(30, 'Out mark')
  await menuAt(20, 'In mark')
  // A right click asks; it does not go there.
  expect(await timeOfFilm(page)).toBe(8.5)
  await expect(page.locator('.range-from')).toHaveText(/^0:(19\.9|20\.0)$/)
  await expect(page.locator('.range-to')).toHaveText(/^0:(29\.9|30\.0)$/)
  await page.getByRole('button', { name: 'Take the marks away' }).click()
  await expect(page.locator('.timeline-range')).toHaveCount(0)
})

test('another film begins without marks and notes', async ({ page, open }) => {
  await open(usualScenario())
  await openTile(page)
  await page.keyboard.press('i')
  await expect(page.locator('.timeline-range')).toBeVisible()
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await page.getByRole('gridcell').nth(1).click()
  await filmTime(page)
  await expect(page.locator('.timeline-range')).toHaveCount(0)
  await expect(page.locator('.player-note')).toHaveCount(0)
})
