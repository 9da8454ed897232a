import type { Locator, Page } from '@playwright/test'
import { givePicture } from './give-picture.ts'
import { expect, test } from './page-test.ts'
import { makeVideo } from './scenario.ts'

const box = (page: Page): Locator => page.getByRole('combobox')

test('find similar: a moment by right click and by key', async ({ page, open }) => {
  const double = await open()
  await box(page).fill('dog')
  const hike = page.getByRole('button', { name: /^Hike to the summit, from 0:08/ })
  await hike.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Find similar' }).click()
  await expect(box(page)).toHaveValue(`like:${makeVideo(2).id}@10.5`)
  await expect(page.locator('.moment').first()).toHaveAccessibleName(/^Hike to the summit/)
  expect(double.queries.at(-1)).toBe(`like:${makeVideo(2).id}@10.5`)
  await page.getByRole('button', { name: /^Emma blows out the candles, from/ }).focus()
  await page.keyboard.press('s')
  await expect(box(page)).toHaveValue(`like:${makeVideo(1).id}@9.5`)
})

test('find similar: a film in the grid, at its poster or where it was scrubbed to', async ({
  page,
  open,
}) => {
  await open()
  await page.getByRole('gridcell').nth(2).focus()
  await page.keyboard.press('s')
  await expect(box(page)).toHaveValue(`like:${makeVideo(2).id}@4`)
  await page.keyboard.press('/')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.getByRole('gridcell').nth(1).focus()
  await page.keyboard.press('.')
  await page.keyboard.press('.')
  await page.keyboard.press('s')
  await expect(box(page)).toHaveValue(`like:${makeVideo(1).id}@2`)
  await box(page).fill('')
  await page.keyboard.press('Escape')
  const tile = page.getByRole('gridcell').nth(2)
  const frame = await tile.locator('.frame').boundingBox()
  if (frame === null) throw new Error('the tile has no place')
  await page.mouse.move(frame.x + frame.width / 2, frame.y + frame.height / 2)
  await expect(tile.locator('.tile-time')).toHaveText('0:20')
  await page.mouse.click(frame.x + frame.width / 2, frame.y + frame.height / 2, { button: 'right' })
  await page.getByRole('menuitem', { name: 'Find similar' }).click()
  await expect(box(page)).toHaveValue(`like:${makeVideo(2).id}@20`)
})

test('a film without pictures offers nothing to compare', async ({ page, open }) => {
  await open()
  const tile = page.getByRole('gridcell', { name: /^First steps,/ })
  await tile.click({ button: 'right' })
  await expect(page.getByRole('menuitem', { name: 'Play' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Find similar' })).toHaveCount(0)
})

test('a picture that is dropped is made small, kept, and searched for beside the words', async ({
  page,
  open,
}) => {
  await open()
  await box(page).fill('umbrella')
  await givePicture(page, 'over')
  await expect(page.getByText('Drop a picture to search with it')).toBeVisible()
  await givePicture(page, 'drop')
  await expect(box(page)).toHaveValue(/^umbrella like:p[0-9]{20}$/)
  const picture = page.locator('.chips .chip-given')
  await expect(picture).toBeVisible()
  await expect(
    page.getByRole('button', { name: 'Looks like the picture beach.png', exact: true }),
  ).toBeVisible()
  const size = await picture.evaluate(async (element) => {
    const image = element as HTMLImageElement
    await image.decode()
    const answer = await fetch(image.src)
    const bytes = new Uint8Array(await answer.arrayBuffer())
    return {
      width: image.naturalWidth,
      height: image.naturalHeight,
      length: bytes.length,
      head: [...bytes.slice(0, 3)],
    }
  })
  expect(size).toMatchObject({ width: 1024, height: 614, head: [0xff, 0xd8, 0xff] })
  expect(size.length).toBeLessThan(900_000)
  await expect(page.getByText('Drop a picture to search with it')).toHaveCount(0)
})

test('a picture is pasted into the box, or chosen', async ({ page, open }) => {
  const double = await open()
  await box(page).click()
  await givePicture(page, 'paste')
  await expect(box(page)).toHaveValue(/^like:p[0-9]{20}$/)
  await expect(page.locator('.moment').first()).toBeVisible()
  await page.locator('input[type="file"]').setInputFiles({
    name: 'dot.png',
    mimeType: 'image/png',
    buffer: Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  })
  await expect(box(page)).toHaveValue(/^like:p[0-9]{20} like:p[0-9]{20}$/)
  expect(double.calls.filter((name) => name === 'search.keepPicture')).toHaveLength(2)
})

test('what cannot be read as a picture is said clearly, and nothing is searched for', async ({
  page,
  open,
}) => {
  const double = await open()
  await givePicture(page, 'drop', 'image/heic', 'IMG_0042.HEIC')
  const notice = page.getByRole('status').filter({ hasText: 'This picture cannot be read' })
  await expect(notice).toContainText('IMG_0042.HEIC')
  await expect(notice).toContainText('JPEG, PNG, WebP')
  await expect(box(page)).toHaveValue('')
  expect(double.calls).not.toContain('search.keepPicture')
  await expect(page.locator('.picture-drop')).toHaveCount(0)
})
