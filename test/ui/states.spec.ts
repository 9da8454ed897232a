import { expect, test } from './page-test.ts'
import { idle, usualScenario } from './scenario.ts'

test('a lost host: the view stays, says so, and goes on by itself', async ({ page, open, complaints }) => {
  const double = await open()
  await expect(page.getByText('60 videos')).toBeVisible()
  await double.stop()
  await expect(page.getByRole('alert')).toContainText('The library does not answer')
  await expect(page.getByRole('gridcell').first()).toBeVisible()
  double.scenario.videos = double.scenario.videos.slice(0, 30)
  await double.start()
  await page.getByRole('button', { name: 'Try now' }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(page.getByText('30 videos')).toBeVisible()
  // Chromium notes each broken connection by itself; nothing of ours may be among them.
  complaints.splice(0, complaints.length, ...complaints.filter((line) => !line.includes('net::ERR_')))
})

test('a failing call says what and why, and can be tried again', async ({ page, open }) => {
  const scenario = usualScenario()
  scenario.failing = { group: 'search', error: { code: 'model-failed', message: 'no such op', advice: '' } }
  await open(scenario)
  await page.getByRole('searchbox').fill('a dog')
  await expect(page.getByRole('heading', { name: 'The model could not do its work' })).toBeVisible()
  await expect(page.getByText('no such op')).toBeVisible()
  scenario.failing = null
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.locator('.moment').first()).toBeVisible()
})

test('indexing: what, how many, how long; pause and resume', async ({ page, open }) => {
  const scenario = usualScenario()
  scenario.progress = {
    ...idle,
    running: true,
    jobsLeft: 100,
    jobsDone: 10,
    current: ['/v/Train window.mp4'],
  }
  const double = await open(scenario)
  await expect(page.getByText('Reading videos, 100 steps left')).toBeVisible()
  await expect(page.getByText('Train window.mp4')).toBeVisible()
  for (let done = 11; done < 16; done += 1) {
    await page.waitForTimeout(1000)
    double.emit('progress', { ...scenario.progress, jobsDone: done, jobsLeft: 110 - done })
  }
  await expect(page.getByText(/about 2 minutes/)).toBeVisible()
  await page.getByRole('button', { name: 'Pause indexing' }).click()
  await expect(page.getByText('Paused, 100 steps left')).toBeVisible()
  await page.getByRole('button', { name: 'Resume indexing' }).click()
  await expect(page.getByRole('button', { name: 'Pause indexing' })).toBeVisible()
  scenario.progress = idle
  double.emit('progress', idle)
  await expect(page.getByRole('status').filter({ hasText: 'Everything is indexed' })).toBeAttached()
  await expect(page.locator('.index-line')).toHaveCount(0)
})

test('removing a folder asks first and says that nothing on disk is touched', async ({ page, open }) => {
  const double = await open()
  await page.getByText('Archive 2019').hover()
  await page.getByRole('button', { name: 'Remove Archive 2019' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Remove “Archive 2019” from the library?' })
  await expect(dialog).toContainText('Nothing on disk is touched')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(double.scenario.folders).toHaveLength(2)
  await page.getByText('Archive 2019').hover()
  await page.getByRole('button', { name: 'Remove Archive 2019' }).click()
  await dialog.getByRole('button', { name: 'Remove from library' }).click()
  await expect(page.getByText('Archive 2019')).toHaveCount(0)
  expect(double.scenario.folders).toHaveLength(1)
})

test('language and appearance change at once and stay', async ({ page, open }) => {
  await open()
  await page.keyboard.press('Control+,')
  await page.getByText('Deutsch').click()
  await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible()
  await page.getByText('Dunkel', { exact: true }).click()
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-scheme', 'dark')
  await expect(page.getByText('60 Videos')).toBeVisible()
})

test('another model is used when it is chosen', async ({ page, open }) => {
  const double = await open()
  await page.keyboard.press('Control+,')
  await page.getByText('Concept', { exact: true }).click()
  await expect.poll(() => double.scenario.models.find(({ current }) => current)?.id).toBe('concept')
  await expect(page.getByRole('radio', { name: /Concept/ })).toBeChecked()
})
