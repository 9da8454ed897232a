import { expect, test } from './page-test.ts'
import { usualScenario } from './scenario.ts'

test('chips show what was understood and change the query', async ({ page, open }) => {
  await open()
  const box = page.getByRole('searchbox')
  await box.fill('dog on a beach -people durration:2m')
  const chips = page.getByRole('list', { name: 'What was understood' })
  await expect(chips.getByRole('listitem')).toHaveCount(3)
  await chips.getByRole('button', { name: 'Use longer:2m' }).click()
  await expect(box).toHaveValue('dog on a beach -people longer:2m')
  await chips.getByRole('button', { name: 'Remove people' }).click()
  await expect(box).toHaveValue('dog on a beach longer:2m')
})

test('filters alone show videos, words show moments, nothing shows the library', async ({ page, open }) => {
  await open()
  const box = page.getByRole('searchbox')
  await box.fill('is:offline')
  await expect(page.getByText('1 video', { exact: true })).toBeVisible()
  await box.fill('is:offline dog')
  await expect(page.getByRole('button', { name: /^Beach day, from/ }).first()).toBeVisible()
  await box.press('Escape')
  await expect(page.getByText('60 videos')).toBeVisible()
})

test('where nothing fits it says so, and weak matches are folded away', async ({ page, open }) => {
  await open()
  await page.getByRole('searchbox').fill('nothing like it')
  await expect(page.getByRole('heading', { name: 'Nothing clearly shows “nothing like it”' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Beach day, from/ }).first()).toBeHidden()
  await page.getByRole('button', { name: '15 weak matches' }).click()
  await expect(page.getByRole('button', { name: /^Beach day, from/ }).first()).toBeVisible()
})

test('an unfinished index says how much was looked at', async ({ page, open }) => {
  const scenario = usualScenario()
  scenario.coverage = 0.62
  const double = await open(scenario)
  await page.getByRole('searchbox').fill('dog')
  await expect(page.getByText('62% of the library was looked at so far')).toBeVisible()
  const before = double.calls.filter((name) => name === 'search.moments').length
  scenario.coverage = 1
  await page.getByRole('button', { name: 'Search again' }).click()
  await expect(page.getByText('of the library was looked at')).toHaveCount(0)
  expect(double.calls.filter((name) => name === 'search.moments').length).toBe(before + 1)
})

test('a context menu by pointer and by key copies the path', async ({ page, open, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open()
  await page.getByRole('gridcell').first().click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Copy path' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    '/home/ada/Videos/2026/Beach day.mp4',
  )
  await page.getByRole('gridcell').nth(1).focus()
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('menuitem', { name: 'Play' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('gridcell').nth(1)).toBeFocused()
})

test('keys of the player: hits, frames, speed, sound, back', async ({ page, open }) => {
  await open()
  await page.getByRole('searchbox').fill('dog')
  await page.getByRole('button', { name: /^Beach day, from 0:06/ }).click()
  const video = page.locator('video')
  const read = (key: 'currentTime' | 'playbackRate' | 'muted' | 'paused'): Promise<unknown> =>
    video.evaluate((element, name) => (element as HTMLVideoElement)[name], key)
  await expect.poll(() => read('currentTime')).toBe(8.5)
  expect(await read('paused')).toBe(true)
  await page.keyboard.press('l')
  await expect.poll(() => read('currentTime')).toBe(18.5)
  await page.keyboard.press('j')
  await expect.poll(() => read('currentTime')).toBe(8.5)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => read('currentTime')).toBe(13.5)
  await page.keyboard.press('>')
  expect(await read('playbackRate')).toBe(1.25)
  await page.keyboard.press('m')
  await expect.poll(() => read('muted')).toBe(true)
  await page.keyboard.press(' ')
  await expect.poll(() => read('paused')).toBe(false)
  await page.keyboard.press('k')
  await expect.poll(() => read('paused')).toBe(true)
  await page.getByRole('tab', { name: 'Chapters' }).click()
  await page.getByRole('button', { name: /The way home/ }).click()
  await expect.poll(() => read('currentTime')).toBe(27)
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  await page.keyboard.type('cat')
  await expect(video).toHaveCount(0)
  await expect(page.getByRole('searchbox')).toHaveValue('cat')
})

test.describe('with motion', () => {
  test.use({ reducedMotion: 'no-preference' })
  test('a moment that is pointed at plays, and stops when the pointer leaves', async ({ page, open }) => {
    await open()
    await page.getByRole('searchbox').fill('dog')
    await page.getByRole('button', { name: /^Beach day, from 0:17/ }).hover()
    const preview = page.locator('.moment-preview-on')
    await expect(preview).toBeVisible()
    const time = await preview.evaluate((video) => (video as HTMLVideoElement).currentTime)
    expect(time).toBeGreaterThanOrEqual(17)
    expect(time).toBeLessThan(24)
    await page.mouse.move(0, 0)
    await expect(page.locator('.moment-preview')).toHaveCount(0)
  })
})
