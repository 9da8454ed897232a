import type { Locator, Page } from '@playwright/test'
import { expect, test } from './page-test.ts'
import { makeVideo, newScenario } from './scenario.ts'

const box = (page: Page): Locator => page.getByRole('combobox')
const row = (page: Page): Locator => page.getByRole('toolbar', { name: 'What was understood' })
const chip = (page: Page, name: string | RegExp): Locator =>
  row(page).getByRole('button', { name, exact: true })

test('chips show what was understood and change the query', async ({ page, open }) => {
  await open()
  await box(page).fill('dog on a beach -people durration:2m')
  await expect(row(page).getByRole('listitem')).toHaveCount(3)
  await row(page).getByRole('button', { name: 'Use longer:2m' }).click()
  await expect(box(page)).toHaveValue('dog on a beach -people longer:2m')
  await row(page).getByRole('button', { name: 'Remove: Less like “people”' }).click()
  await expect(box(page)).toHaveValue('dog on a beach longer:2m')
})

test('a row of chips is one stop: arrows walk it, keys edit, weigh, turn and remove', async ({
  page,
  open,
}) => {
  await open()
  await box(page).fill('sunset "happy  birthday" -people after:2020 "x  y"')
  await chip(page, 'Looks like “sunset”').focus()
  await page.keyboard.press('+')
  await expect(box(page)).toHaveValue('sunset^1.5 "happy  birthday" -people after:2020 "x  y"')
  await page.keyboard.press('+')
  await expect(chip(page, 'Looks like “sunset”, weight 2')).toBeFocused()
  await page.keyboard.press('-')
  await page.keyboard.press('-')
  await page.keyboard.press('-')
  await expect(box(page)).toHaveValue('sunset^0.5 "happy  birthday" -people after:2020 "x  y"')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(chip(page, 'Less like “people”')).toBeFocused()
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Look for it again' }).click()
  // The quotations keep their white space: only the chip's own text was touched.
  await expect(box(page)).toHaveValue('sunset^0.5 "happy  birthday" people after:2020 "x  y"')
  await chip(page, 'Filter after: 2020').focus()
  await page.keyboard.press('Delete')
  await expect(box(page)).toHaveValue('sunset^0.5 "happy  birthday" people "x  y"')
  await expect(chip(page, 'Exactly “x y”')).toBeFocused()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(box(page)).toBeFocused()
  await page.keyboard.type('dawn')
  await expect(box(page)).toHaveValue('dawn "happy  birthday" people "x  y"')
  await chip(page, 'Looks like “people”').dblclick()
  await page.keyboard.press('Delete')
  await expect(box(page)).toHaveValue('dawn "happy  birthday"  "x  y"')
})

test('the last chip that is removed leaves the person in the box', async ({ page, open }) => {
  await open()
  await box(page).fill('sunset')
  await chip(page, 'Looks like “sunset”').focus()
  await page.keyboard.press('Backspace')
  await expect(box(page)).toHaveValue('')
  await expect(box(page)).toBeFocused()
})

test('a picture in the query is a picture: its frame, its film and its time', async ({ page, open }) => {
  await open()
  const film = makeVideo(3)
  await box(page).fill(`like:${film.id}@12 -like:${makeVideo(5).id}@8^2 like:/films/Old%20tape.avi@3`)
  const first = chip(page, 'Looks like the picture Rainy afternoon in Lisbon, 0:12')
  await expect(first.locator('.sprite-tile')).toHaveAttribute('style', new RegExp(`sprite/${film.id}`))
  await expect(chip(page, 'Unlike the picture Sunday kitchen, 0:08, weight 2')).toBeVisible()
  await expect(chip(page, 'Looks like the picture Old%20tape, 0:03')).toBeVisible()
  await first.focus()
  // Nobody has to read an id while nobody writes.
  await expect(page.locator('.shown-query .query-like')).toHaveText(['0:12', '−0:08', '0:03'])
  await page.keyboard.press('s')
  await expect(box(page)).toHaveValue(`like:${film.id}@12`)
  await expect(page.locator('.moment').first()).toHaveAccessibleName(/^Rainy afternoon in Lisbon/)
  await first.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Play' }).click()
  await expect(page.getByRole('main', { name: 'Player: Rainy afternoon in Lisbon' })).toBeVisible()
})

test('a part that is still being written is no mistake yet', async ({ page, open }) => {
  await open()
  await box(page).click()
  await page.keyboard.type('dog longer:')
  await expect(row(page).getByRole('listitem')).toHaveCount(1)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Home')
  await expect(row(page).getByRole('listitem')).toHaveCount(2)
  await box(page).fill('')
  await page.keyboard.type('dog "happy bi')
  await expect(row(page)).not.toContainText('never closed')
  await page.keyboard.press('Tab')
  await expect(row(page)).toContainText('never closed')
})

test('a film that is not known leaves the chip without a picture, and nothing breaks', async ({
  page,
  open,
}) => {
  const scenario = newScenario()
  scenario.folders = [{ id: 1, path: '/v', videos: 0, online: true, watching: null }]
  await open(scenario)
  await box(page).fill(`like:${makeVideo(3).id}@12`)
  await expect(chip(page, 'Looks like the picture A frame at 0:12')).toBeVisible()
})

test('the focus stays on the chips where the view changes with them', async ({ page, open }) => {
  await open()
  await box(page).fill('sunset is:online after:2020')
  await chip(page, 'Looks like “sunset”').focus()
  await page.keyboard.press('Delete')
  await expect(page.locator('.tile').first()).toBeVisible()
  await expect(chip(page, 'Filter is: online')).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(chip(page, 'Filter after: 2020')).toBeFocused()
})
