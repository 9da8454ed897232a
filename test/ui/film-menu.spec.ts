import type { Page } from '@playwright/test'
import { expect, filmTime, test } from './page-test.ts'
import { boxOf, openMoment, openTile, playsNow, tabTo } from './player-page.ts'
import { filmSeconds } from './pictures.ts'
import { spokenLines } from './spoken-lines.ts'
import { usualScenario } from './scenario.ts'

const chip = (seconds: number): string => `like:v${'0'.repeat(20)}@${seconds}`

const findsSimilar = async (page: Page, seconds: number): Promise<void> => {
  await expect(page.locator('.player')).toHaveCount(0)
  await expect(page.getByRole('combobox')).toHaveValue(chip(seconds))
  await expect(page.locator('.moment').first()).toBeVisible()
}

test('the key finds similar moments of the second that is seen, and the answers are there', async ({
  page,
  open,
}) => {
  const double = await open()
  await openMoment(page)
  const before = double.calls.filter((name) => name === 'search.moments').length
  await page.keyboard.press('l')
  await filmTime(page)
  await page.keyboard.press('s')
  await findsSimilar(page, 18.5)
  expect(double.calls.filter((name) => name === 'search.moments').length).toBeGreaterThan(before)
  // The film that is opened from there says what it was asked for, with its picture.
  await page.locator('.moment').first().click()
  await filmTime(page)
  await expect(page.locator('.player-query')).toHaveText('Beach day at 0:18')
  await expect(page.locator('.player-query .frame')).toBeVisible()
  await expect(page.locator('.timeline-curve')).toBeVisible()
})

test('a right click on the picture asks, and does not play', async ({ page, open }) => {
  await open()
  await openMoment(page)
  await page.locator('.stage').click({ button: 'right', position: { x: 300, y: 200 } })
  expect(await playsNow(page)).toBe(false)
  const menu = page.getByRole('menu', { name: 'Actions' })
  await expect(menu.getByRole('menuitem')).toHaveText([
    /^Find similar/,
    /^Tag this moment…/,
    /^In mark/,
    /^Out mark/,
    'Copy time 0:08.5',
  ])
  await menu.getByRole('menuitem', { name: 'Find similar' }).click()
  await findsSimilar(page, 8.5)
})

test('by key the menu is of what has the focus: picture, timeline, hit, chapter, line', async ({
  page,
  open,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open({ ...usualScenario(), subtitles: spokenLines() })
  await openMoment(page)
  const menu = page.getByRole('menu')
  const entry = (name: string): ReturnType<Page['getByRole']> => menu.getByRole('menuitem', { name })
  const copiesTime = async (time: string): Promise<void> => {
    await page.keyboard.press('Shift+F10')
    await expect(entry(`Copy time ${time}`)).toBeVisible()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(time)
  }
  await copiesTime('0:08.5')
  await tabTo(page, page.locator('.timeline'))
  await copiesTime('0:08.5')
  await page.locator('.side-hit').first().focus()
  await page.keyboard.press('ArrowDown')
  await copiesTime('0:19.5')
  await expect(page.locator('.side-hit').nth(1)).toBeFocused()

  await page.getByRole('tab', { name: 'Chapters' }).click()
  await page.locator('.side-chapter').first().focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Shift+F10')
  await expect(entry('Tag this chapter…')).toBeVisible()
  await entry('Mark from in to out').click()
  await expect(page.locator('.range-from')).toHaveText('0:27.0')
  await expect(page.locator('.range-to')).toHaveText('0:40.0')

  await page.getByRole('tab', { name: 'Transcript' }).click()
  await page.locator('.line[aria-current="true"]').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+F10')
  await entry('Tag this line…').click()
  // The box has the focus, whatever the menu gave it back to.
  await expect(page.getByRole('combobox', { name: 'Tag' })).toBeFocused()
  await expect(page.locator('.tagging-time')).toHaveText('0:10–0:13')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+F10')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox')).toHaveValue(/^like:v0{20}@10\.5$/)
})

test('by pointer: hit, chapter, line and the timeline where it is pointed at', async ({ page, open }) => {
  await open({ ...usualScenario(), subtitles: spokenLines() })
  await openMoment(page)
  const menu = page.getByRole('menu')
  await page.locator('.side-hit').nth(2).click({ button: 'right' })
  await menu.getByRole('menuitem', { name: 'Play from here' }).click()
  await expect.poll(() => playsNow(page)).toBe(true)
  expect(await filmTime(page)).toBeGreaterThanOrEqual(28)
  await page.keyboard.press('k')
  await page.getByRole('tab', { name: 'Transcript' }).click()
  await page.locator('.line').filter({ hasText: 'Come here' }).click({ button: 'right' })
  await expect(menu.getByRole('menuitem', { name: 'Copy line' })).toBeVisible()
  await page.keyboard.press('Escape')
  const { x, y, width, height } = await boxOf(page.locator('.timeline'))
  await page.mouse.click(x + (25 / filmSeconds) * width, y + height - 20, { button: 'right' })
  await menu.getByRole('menuitem', { name: 'Find similar' }).click()
  await expect(page.getByRole('combobox')).toHaveValue(/^like:v0{20}@(24\.9|25)/)
})

test('a film whose drive is away: similar moments to its picture, tags and stars all the same', async ({
  page,
  open,
}) => {
  const { scenario } = await open()
  await page.getByRole('gridcell').nth(7).click()
  await expect(page.locator('.fault')).toBeVisible()
  await page.keyboard.press('3')
  await expect.poll(() => scenario.videos[7]?.rating).toBe(3)
  await page.locator('.fault').click({ button: 'right', position: { x: 40, y: 40 } })
  await page.getByRole('menuitem', { name: 'Find similar' }).click()
  await expect(page.getByRole('combobox')).toHaveValue(/^like:v0{19}7@\d/)
})

test('menus, boxes and notices over the film are dark in a light window', async ({ page, open }) => {
  await page.addInitScript(() => localStorage.setItem('kinora.preferences', '{"appearance":"light"}'))
  await open()
  await openTile(page)
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('dialog', { name: 'Actions' })).toHaveCSS('background-color', 'rgb(38, 38, 42)')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(page.locator('.player')).toHaveCount(0)
  await page.getByRole('gridcell').first().focus()
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('dialog', { name: 'Actions' })).toHaveCSS(
    'background-color',
    'rgb(255, 255, 255)',
  )
})

test('the sheet lists the keys of the player, and they are the ones that work', async ({ page, open }) => {
  await open()
  await openTile(page)
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  for (const [what, keys] of [
    ['In mark', 'I'],
    ['Out mark', 'O'],
    ['Tag this moment', 'T'],
    ['Rate; 0 takes the rating away', '0–5'],
    ['Find similar', 'S'],
    ['Captions on or off', 'C'],
    ['Find in the transcript', 'CtrlF'],
    ['Undo tag or rating', 'CtrlZ'],
  ] as const) {
    const row = sheet.locator('dl > div').filter({ has: page.getByText(what, { exact: true }) })
    await expect(row.locator('dd').last()).toHaveText(keys)
  }
  const view = await sheet.evaluate((element) => {
    const body = element.querySelector('.sheet')
    return body === null ? 0 : body.scrollHeight - body.clientHeight
  })
  expect(view, 'all of it is seen at once').toBeLessThanOrEqual(0)
})
