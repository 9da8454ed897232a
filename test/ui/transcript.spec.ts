import type { Page } from '@playwright/test'
import { expect, filmTime, test } from './page-test.ts'
import { moveTo, openMoment, openTile, playsNow, tabTo } from './player-page.ts'
import { manyLines, noLines, spokenLines, wrongLines } from './spoken-lines.ts'
import { usualScenario } from './scenario.ts'
import type { Scenario } from './scenario.ts'

const spoken = (subtitles = spokenLines()): Scenario => ({ ...usualScenario(), subtitles })

const openTranscript = async (page: Page): Promise<void> => {
  await openMoment(page)
  await page.getByRole('tab', { name: 'Transcript' }).click()
  await expect(page.locator('.line').first()).toBeVisible()
}

const box = (page: Page): ReturnType<Page['locator']> =>
  page.getByRole('searchbox', { name: 'Find in the transcript' })

test('by keys alone: find, go on and back, into the lines, play from one', async ({ page, open }) => {
  await open(spoken())
  await openMoment(page)
  await page.keyboard.press('Control+f')
  await expect(box(page)).toBeFocused()
  await page.keyboard.type('THE')
  const count = page.locator('.find-count')
  await expect(count).toHaveText('6 lines')
  const found = page.locator('.line-found')
  await page.keyboard.press('Enter')
  // The film stands at the third line: the next one that has it comes first.
  await expect(count).toHaveText('4 of 6')
  await expect(found).toContainText('along the whole beach')
  await page.keyboard.press('Enter')
  await expect(found).toContainText('Throw the stick')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.press('Shift+Enter')
  await expect(count).toHaveText('3 of 6')
  await expect(found).toContainText('Look at the waves!')
  await expect(page.locator('mark.found').first()).toHaveText('the')

  await page.keyboard.press('ArrowDown')
  await expect(page.locator('.line:focus')).toContainText('Look at the waves!')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('.line:focus')).toContainText('A dog!')
  await page.keyboard.press('Enter')
  await expect.poll(() => playsNow(page)).toBe(true)
  expect(await filmTime(page)).toBeGreaterThanOrEqual(10.5)
  // The letters of the player go on to work among the lines.
  await page.keyboard.press('k')
  await expect.poll(() => playsNow(page)).toBe(false)

  await page.keyboard.press('Control+f')
  await page.keyboard.press('Escape')
  await expect(box(page)).toHaveValue('')
  await page.keyboard.press('Escape')
  await expect(box(page)).not.toBeFocused()
  await expect(page.locator('.player')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('.player')).toHaveCount(0)
})

test('letters in the box are letters; nothing found says so; only the found lines on demand', async ({
  page,
  open,
}) => {
  await open(spoken())
  await openTranscript(page)
  await box(page).fill('kxz')
  await expect(page.locator('.find-count')).toHaveText('nothing')
  await expect(page.getByRole('button', { name: 'Next', exact: true })).toBeDisabled()
  await box(page).pressSequentially('5mf')
  await expect(box(page)).toHaveValue('kxz5mf')
  await expect(page.locator('.player-note')).toHaveCount(0)
  await box(page).fill('the')
  await page.getByRole('button', { name: 'Only these lines' }).click()
  await expect(page.locator('.line')).toHaveCount(6)
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await expect(page.locator('.line-found')).toBeVisible()
  await page.getByRole('button', { name: 'Previous', exact: true }).click()
  await expect(page.locator('.find-count')).toHaveText('3 of 6')
  await page.getByRole('button', { name: 'Only these lines' }).click()
  await expect(page.locator('.line')).toHaveCount(13)
})

test('the words of the query are marked; a click plays from a line', async ({ page, open }) => {
  await open(spoken())
  await openTranscript(page)
  await expect(page.locator('mark.word')).toHaveText(['dog', 'beach'])
  await page.locator('.line').filter({ hasText: 'Come here' }).click()
  await expect.poll(() => playsNow(page)).toBe(true)
  const time = await filmTime(page)
  expect(time).toBeGreaterThanOrEqual(17)
  expect(time).toBeLessThan(24)
})

test('20,000 lines: only those in sight exist, the line follows the film until somebody looks elsewhere', async ({
  page,
  open,
}) => {
  await open(spoken(manyLines()))
  await openTranscript(page)
  const here = page.locator('.line[aria-current="true"]')
  await expect(here).toContainText('Is it yours?')
  expect(await page.locator('.line').count()).toBeLessThan(80)
  await moveTo(page, 30.6)
  await expect(here).toContainText('A dog!')
  await expect(here).toBeInViewport()
  const back = page.getByRole('button', { name: 'Back to now' })
  await expect(back).toHaveCount(0)

  await here.focus()
  await page.keyboard.press('End')
  await expect(page.getByRole('listitem').filter({ has: page.locator('.line:focus') })).toHaveAttribute(
    'aria-posinset',
    '20000',
  )
  await expect(page.locator('.line:focus')).toBeInViewport()
  expect(await page.locator('.line').count()).toBeLessThan(80)
  // The film goes on, and the list stays where the person looks.
  await moveTo(page, 2.6)
  await expect(page.locator('.line:focus')).toBeInViewport()
  await tabTo(page, back)
  await page.keyboard.press('Enter')
  await expect(here).toContainText('Mind the step')
  await expect(here).toBeInViewport()
  await expect(back).toHaveCount(0)

  await page.locator('.lines-scroller').hover()
  await page.mouse.wheel(0, 30_000)
  await expect(here).toHaveCount(0)
  await expect(back).toBeVisible()
  await back.click()
  await expect(here).toBeInViewport()

  await box(page).fill('candles')
  await expect(page.locator('.find-count')).toHaveText('1,666 lines')
  await page.keyboard.press('Shift+Enter')
  await expect(page.locator('.line-found')).toBeInViewport()
  await expect(page.locator('.find-count')).toHaveText('1,666 of 1,666')
})

test('tracks: the best in the person’s language first; another by keys; one of another film says so', async ({
  page,
  open,
}) => {
  await open(spoken())
  await openTranscript(page)
  const pick = page.getByRole('button', { name: /Subtitle/ })
  await expect(pick).toContainText('English · Beach day.en.srt')
  await tabTo(page, pick)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('option')).toHaveText([
    'English · Beach day.en.srt',
    'German · in the film',
    'Beach day.srt · does not fit',
  ])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.locator('.line').first()).toContainText('Wir sind fast da.')
  await expect(page.locator('.transcript-wrong')).toHaveCount(0)
  await pick.click()
  await page.getByRole('option', { name: /does not fit/ }).click()
  await expect(page.locator('.line').first()).toContainText('They have found us.')
  await expect(page.locator('.transcript-wrong')).toHaveText(
    'These lines do not follow the pictures: probably another film’s.',
  )
})

test('a line is copied by key and by menu, all lines with their times by button', async ({
  page,
  open,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(spoken())
  await openTranscript(page)
  const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
  await page.locator('.line[aria-current="true"]').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Control+c')
  await expect.poll(clipboard).toBe('A dog!')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Copy line' }).click()
  await expect.poll(clipboard).toContain('Is it yours?')
  await page.getByRole('button', { name: 'Copy all lines' }).click()
  await expect.poll(clipboard).toContain('0:00  We are almost there.\n0:03  Mind the step')
  await expect(page.locator('.notice').last()).toContainText('13 lines')
})

test('a film without subtitles says where they come from, and shows them when they have come', async ({
  page,
  open,
}) => {
  const double = await open(spoken(noLines))
  await openMoment(page)
  await page.keyboard.press('Control+f')
  await expect(page.getByRole('heading', { name: 'No subtitles' })).toBeVisible()
  await expect(page.locator('.lines-none li')).toHaveText(['Beach day.srt', 'Beach day.vtt', 'Beach day.ass'])
  await page.keyboard.press('c')
  await expect(page.locator('.player-note')).toHaveText('This film has no captions')
  const { scenario } = double
  scenario.subtitles = wrongLines()
  const [film] = scenario.videos
  if (film === undefined) throw new Error('the double has no film')
  double.emit('change', { kind: 'video-ready', videoId: film.id, path: film.path })
  await expect(page.locator('.line').first()).toContainText('They have found us.')
})

test('a transcript that does not come says why and can be asked for again', async ({ page, open }) => {
  const { scenario } = await open(spoken())
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/media/film/**', async (route) => {
    await held
    await route.continue()
  })
  await page.getByRole('gridcell').first().click()
  await page.getByRole('tab', { name: 'Transcript' }).click()
  scenario.failing = { group: 'videos', error: { code: 'bad-database', message: 'malformed', advice: '' } }
  release()
  await expect(page.getByRole('heading', { name: 'The library’s database is damaged' })).toBeVisible()
  await expect(page.locator('video')).toBeVisible()
  scenario.failing = null
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.locator('.line').first()).toBeVisible()
})

test('details name the subtitles inside the film and beside it', async ({ page, open }) => {
  await open(spoken())
  await openTile(page)
  await page.getByRole('tab', { name: 'Details' }).click()
  await expect(page.locator('.facts > div').filter({ hasText: 'Subtitles' })).toContainText(
    'German, English · Beach day.en.srt, Beach day.srt · does not fit',
  )
})
