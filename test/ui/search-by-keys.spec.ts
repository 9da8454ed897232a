import { expect, test } from './page-test.ts'
import { makeVideo } from './scenario.ts'

test('a search from the first letter to a saved collection, by keys alone', async ({ page, open }) => {
  test.setTimeout(60_000)
  const double = await open()
  const box = page.getByRole('combobox')
  const focused = page.locator(':focus')

  // Type, and complete a filter and its value.
  await page.keyboard.press('/')
  await page.keyboard.type('dog code')
  await expect(page.getByRole('option', { name: /^codec:/ })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(box).toHaveValue('dog codec:')
  await expect(page.getByRole('option', { name: /^h264/ })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(box).toHaveValue(/^dog codec:h264 ?$/)

  // Through the chips: weigh one, remove another.
  await page.keyboard.press('Tab')
  for (
    let presses = 0;
    presses < 6 && !(await focused.evaluate((e) => e.matches('.chip-main')));
    presses += 1
  )
    await page.keyboard.press('Tab')
  await expect(focused).toHaveAccessibleName('Looks like “dog”')
  await page.keyboard.press('+')
  await page.keyboard.press('ArrowRight')
  await expect(focused).toHaveAccessibleName('Filter codec: h264')
  await page.keyboard.press('Delete')
  await expect(box).toHaveValue('dog^1.5')

  // Into the answers, say something of two of them, and find what is like a third.
  await page.keyboard.press('/')
  await page.keyboard.press('Enter')
  await expect(focused).toHaveAccessibleName(/^Beach day, from 0:06/)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('+')
  await expect(box).toHaveValue(`dog^1.5 like:${makeVideo(0).id}@19.5`)
  await expect(focused).toHaveAccessibleName(/^Beach day, from 0:17/)
  await page.keyboard.press('ArrowDown')
  await expect(focused).toHaveAccessibleName(/^Hike to the summit, from 0:19/)
  await page.keyboard.press('-')
  await expect(box).toHaveValue(`dog^1.5 like:${makeVideo(0).id}@19.5 -like:${makeVideo(2).id}@21.5`)
  await expect(focused).toHaveAccessibleName(/^Beach day, from 0:06/)
  await page.keyboard.press('s')
  await expect(box).toHaveValue(`like:${makeVideo(0).id}@8.5`)
  await expect(page.locator('.moment').first()).toBeVisible()

  // Keep it, go away, come back through the box.
  await page.keyboard.press('Control+s')
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.type('Like the desk')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Like the desk' })).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.press('Escape')
  await expect(box).toHaveValue('')
  await page.keyboard.type('like the')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('option', { name: 'Like the desk, collection' })).toHaveAttribute(
    'aria-selected',
    'true',
  )
  await page.keyboard.press('Enter')
  await expect(box).toHaveValue(`like:${makeVideo(0).id}@8.5`)
  await expect(page.locator('.entry[aria-current="page"]')).toHaveText('Like the desk')
  await expect(page.locator('.moment').first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main', { name: 'Player: Beach day' })).toBeVisible()
  expect(double.scenario.collections.map(({ name }) => name)).toEqual(['By the sea', 'Like the desk'])
})
