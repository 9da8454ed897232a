import { expect, filmTime, leastVariety, pictureVariety, test } from './page-test.ts'
import { newScenario } from './scenario.ts'

test('from an empty library to the right second of a film, by pointer', async ({ page, open }) => {
  await open(newScenario())
  await page.getByRole('button', { name: 'Choose a folder…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Choose a folder' })
  await dialog.getByRole('button', { name: 'Videos' }).click()
  await expect(dialog.getByText('3 films here')).toBeVisible()
  await dialog.getByRole('button', { name: 'Add “Videos”' }).click()
  await expect(page.getByRole('grid', { name: 'Library' })).toBeVisible()
  await expect(page.getByText('12 videos')).toBeVisible()

  await page.getByRole('combobox').fill('a dog on a beach')
  await page.getByRole('button', { name: /^Beach day, from 0:06 to 0:12/ }).click()
  await expect(page.getByRole('main', { name: 'Player: Beach day' })).toBeVisible()
  const time = await filmTime(page)
  expect(time).toBeGreaterThanOrEqual(6)
  expect(time).toBeLessThanOrEqual(12)
  expect(await pictureVariety(page)).toBeGreaterThan(leastVariety)
})

test('the same by keyboard only', async ({ page, open }) => {
  await open(newScenario())
  await expect(page.getByRole('button', { name: 'Choose a folder…' })).toBeFocused()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Choose a folder' })
  await expect(dialog.getByRole('button', { name: 'Desktop' })).toBeVisible()
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let presses = 0; presses < 20; presses += 1) {
      await page.keyboard.press('Tab')
      const label = await page.evaluate(() => document.activeElement?.textContent ?? '')
      if (name.test(label)) return
    }
    throw new Error(`Tab never reached ${name.source}`)
  }
  await tabTo(/^Videos/)
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('3 films here')).toBeVisible()
  await tabTo(/^Add “Videos”/)
  await page.keyboard.press('Enter')
  await expect(page.getByText('12 videos')).toBeVisible()

  await page.keyboard.press('/')
  await page.keyboard.type('a dog on a beach')
  await expect(page.getByRole('button', { name: /^Beach day, from 0:06/ })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('button', { name: /^Beach day, from 0:06/ })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('button', { name: /^Beach day, from 0:17/ })).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  const first = await filmTime(page)
  expect(first).toBeGreaterThanOrEqual(6)
  expect(first).toBeLessThanOrEqual(12)
  expect(await pictureVariety(page)).toBeGreaterThan(leastVariety)
  await page.keyboard.press('n')
  await expect.poll(() => filmTime(page)).toBeGreaterThan(17)
  await page.keyboard.press('p')
  await expect.poll(() => filmTime(page)).toBeLessThan(12)
  await page.keyboard.press('.')
  expect(await filmTime(page)).toBeCloseTo(first + 0.04, 2)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: /^Beach day, from 0:06/ })).toBeFocused()
})
