import { expect, test } from './page-test.ts'
import { idle, usualScenario } from './scenario.ts'

/** Chromium notes each broken connection by itself; nothing of ours may be among them. */
const forgetBrokenConnections = (complaints: string[]): void =>
  void complaints.splice(0, complaints.length, ...complaints.filter((line) => !line.includes('net::ERR_')))

test('a lost host: the view stays, says so, and goes on by itself', async ({ page, open, complaints }) => {
  const double = await open()
  await expect(page.getByText('60 videos')).toBeVisible()
  await double.stop()
  await expect(page.getByRole('alert')).toContainText('The library does not answer')
  await expect(page.getByRole('gridcell').first()).toBeVisible()
  double.scenario.videos = double.scenario.videos.slice(0, 30)
  await double.start()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(page.getByText('30 videos')).toBeVisible()
  forgetBrokenConnections(complaints)
})

test('“Try now” does not wait for the next try', async ({ page, open, complaints }) => {
  await page.clock.install()
  const double = await open()
  await double.stop()
  await expect(page.getByRole('alert')).toBeVisible()
  // From here on no timer ends: nothing but the button can try again.
  await page.clock.pauseAt(Date.now() + 3_600_000)
  await expect(page.getByRole('alert')).toBeVisible()
  await double.start()
  await page.getByRole('button', { name: 'Try now' }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)
  forgetBrokenConnections(complaints)
})

test('a failing call says what and why, and can be tried again', async ({ page, open }) => {
  const scenario = usualScenario()
  scenario.failing = { group: 'search', error: { code: 'model-failed', message: 'no such op', advice: '' } }
  await open(scenario)
  await page.getByRole('combobox').fill('a dog')
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
    skimsLeft: 100,
    jobsDone: 10,
    current: ['/v/Train window.mp4'],
  }
  const double = await open(scenario)
  await expect(page.getByText('Looking at 100 films')).toBeVisible()
  await expect(page.getByText('Train window.mp4')).toBeVisible()
  for (let done = 11; done < 16; done += 1) {
    await page.waitForTimeout(1000)
    double.emit('progress', { ...scenario.progress, jobsDone: done, jobsLeft: 110 - done })
  }
  await expect(page.getByText(/about [2-4] minutes/)).toBeVisible()
  await page.getByRole('button', { name: 'Pause indexing' }).click()
  await expect(page.locator('.index-line-words')).toHaveText('Paused')
  await page.getByRole('button', { name: 'Resume indexing' }).click()
  await expect(page.getByRole('button', { name: 'Pause indexing' })).toBeVisible()
  scenario.progress = idle
  double.emit('progress', idle)
  await expect(page.getByRole('status').filter({ hasText: 'Everything is indexed' })).toBeAttached()
  await expect(page.locator('.index-line')).toHaveCount(0)
})

test('analysis: how much film, how fast, how long, on what, and why it is slow or waits', async ({
  page,
  open,
}) => {
  const scenario = usualScenario()
  const working: typeof idle = {
    ...idle,
    running: true,
    jobsLeft: 80,
    jobsDone: 240,
    current: ['/v/Train window.mp4'],
    speed: 12.4,
    secondsLeft: 1010,
    filmLeft: 12_600,
    runsOn: { decoder: 'software', encoder: 'CPU, 2 threads' },
  }
  scenario.progress = working
  const double = await open(scenario)
  const line = page.locator('.index-line-words')
  const spoken = page.locator('.index-line').getByRole('status')
  const tell = (change: Partial<typeof idle>): void => {
    scenario.progress = { ...working, ...change }
    double.emit('progress', scenario.progress)
  }
  await expect(line).toHaveText('Looking closely · about 17 minutes · 3.5 hours of film left · 12× realtime')
  await expect(spoken).toHaveText('Indexing is running')

  tell({ pace: 'slow', speed: 3.26, secondsLeft: 30 })
  await expect(line).toHaveText(
    'Looking closely · slower on battery · less than a minute · 3.5 hours of film left · 3.3× realtime',
  )
  await expect(spoken).toHaveText('Indexing runs slowly while on battery')
  tell({ pace: 'paused', speed: null, secondsLeft: null })
  await expect(line).toHaveText('Waiting while you use the computer · 3.5 hours of film left')
  await expect(spoken).toHaveText('Indexing waits while you use the computer')
  await expect(page.getByText('Train window.mp4')).toHaveCount(0)
  // Between two films nothing is analyzed for a moment, and nobody needs to see that.
  tell({})
  await expect(line).toContainText('12× realtime')
  tell({ speed: null, secondsLeft: null, jobsDone: 241 })
  await page.waitForTimeout(500)
  await expect(line).toContainText('Looking closely · about 17 minutes')
  // Skims come first: their steps say nothing of the hours that analysis takes.
  tell({ speed: null, secondsLeft: null, runsOn: null, skimsLeft: 80 })
  await expect(line).toHaveText('Looking at 80 films')
  await expect(page.getByRole('button', { name: 'What it runs on' })).toHaveCount(0)
  tell({ filmLeft: 0, jobsLeft: 0, scanning: 1, speed: null, secondsLeft: null })
  await expect(line).toHaveText('Looking for videos…')

  tell({})
  await page.getByRole('button', { name: 'What it runs on' }).press('Enter')
  const detail = page.getByRole('dialog', { name: 'What it runs on' })
  await expect(detail.locator('dt')).toHaveText([
    'Model',
    'Decoding',
    'Computing',
    'Speed',
    'To look at closely',
  ])
  await expect(detail.locator('dd')).toHaveText([
    'Palette',
    'software',
    'CPU, 2 threads',
    '12× realtime',
    '3.5 hours of film left',
  ])
  tell({ runsOn: { decoder: 'vaapi', encoder: 'CUDA' } })
  await expect(detail.locator('dd').nth(1)).toHaveText('hardware (vaapi)')
  await expect(detail.locator('dd').nth(2)).toHaveText('CUDA')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'What it runs on' })).toBeFocused()

  await page.getByRole('button', { name: 'Pause indexing' }).click()
  await expect(line).toHaveText('Paused · 3.5 hours of film left')
  await expect(spoken).toHaveText('Indexing is paused')
  await page.getByRole('button', { name: 'Resume indexing' }).click()
  await expect(line).toContainText('12× realtime')
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
