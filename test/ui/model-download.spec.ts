import type { Model } from '../../src-preload/contract/nouns.ts'
import { best, button, card, modelOf, news, openModels, tell } from './model-page.ts'
import { withModel } from './model-scenario.ts'
import { expect, test } from './page-test.ts'
import { newScenario } from './scenario.ts'

test('a download: progress, spoken at quarters only, and used when it is there', async ({ page, open }) => {
  const double = await open()
  await openModels(page)
  const siglip = card(page, 'SigLIP 2 B/32')
  await button(siglip, 'Download and use').press('Enter')
  await expect(button(siglip, 'Cancel')).toBeFocused()
  await expect(siglip).toContainText('Used as soon as it is there.')
  await expect(news(page)).toHaveText('SigLIP 2 B/32 is being downloaded')

  const total = 696_000_000
  const progress = (share: number, secondsLeft: number): Partial<Model> => ({
    download: { bytes: total * share, total, speed: 11_200_000, secondsLeft },
  })
  tell(double, best, progress(0.2, 50))
  const bar = siglip.getByRole('progressbar', { name: 'Download of SigLIP 2 B/32' })
  await expect(bar).toHaveAttribute('aria-valuenow', '20')
  await expect(siglip).toContainText('139 MB of 696 MB · 11 MB/s · less than a minute left')
  await expect(news(page)).toHaveText('SigLIP 2 B/32 is being downloaded')
  tell(double, best, progress(0.55, 130))
  await expect(news(page)).toHaveText('SigLIP 2 B/32: 50% downloaded')
  await expect(siglip).toContainText('about 3 minutes left')
  await expect(page.getByRole('navigation')).toContainText('55%')
  tell(double, best, progress(0.7, 60))
  await expect(bar).toHaveAttribute('aria-valuenow', '70')
  await expect(news(page)).toHaveText('SigLIP 2 B/32: 50% downloaded')

  // A change that nobody told of is seen within a second or two.
  double.scenario.models = withModel(double.scenario.models, best, progress(0.9, 5))
  await expect(bar).toHaveAttribute('aria-valuenow', '90')
  tell(double, best, { state: 'ready', download: null, parity: 'passed' })
  await expect(siglip).toContainText('Takes over soon')
  expect(modelOf(double, best)).toMatchObject({ next: true, current: false })
  await expect(siglip).toContainText('checked: as exact as the big one')
  await expect(page.getByRole('navigation')).not.toContainText('SigLIP')
  const asked = double.calls.filter((name) => name === 'models.list').length
  await page.waitForTimeout(1500)
  expect(double.calls.filter((name) => name === 'models.list')).toHaveLength(asked)
})

test('a wanted model is used even when the window was closed in between', async ({ page, open }) => {
  const double = await open()
  await openModels(page)
  await button(card(page, 'SigLIP 2 B/32'), 'Download and use').click()
  await expect(button(card(page, 'SigLIP 2 B/32'), 'Cancel')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('navigation')).toContainText('SigLIP 2 B/32')
  tell(double, best, { state: 'ready', download: null })
  await expect.poll(() => modelOf(double, best)?.next).toBe(true)
})

test('a download that is cancelled leaves nothing, and one that is only downloaded changes nothing', async ({
  page,
  open,
}) => {
  const double = await open()
  await openModels(page)
  const siglip = card(page, 'SigLIP 2 B/32')
  await button(siglip, 'Download and use').click()
  await button(siglip, 'Cancel').press('Enter')
  await expect(button(siglip, 'Download and use')).toBeFocused()
  await expect(news(page)).toHaveText('The download of SigLIP 2 B/32 was cancelled')
  expect(double.calls).toContain('models.cancelGet')

  await button(siglip, 'Only download').click()
  await expect(siglip.getByRole('progressbar')).toBeVisible()
  await expect(siglip).not.toContainText('Used as soon as')
  tell(double, best, { state: 'ready', download: null })
  await expect(news(page)).toHaveText('SigLIP 2 B/32 is downloaded')
  await expect(button(siglip, 'Use this model')).toBeVisible()
  expect(double.calls).not.toContain('models.use')
})

test('a download that fails says why and what to do, and is tried again', async ({ page, open }) => {
  const double = await open()
  await openModels(page)
  const siglip = card(page, 'SigLIP 2 B/32')
  await button(siglip, 'Download and use').click()
  await expect(siglip.getByRole('progressbar')).toBeVisible()
  tell(double, best, {
    ...{ state: 'available', download: null },
    downloadError: { code: 'disk-full', message: '996 MB are needed, 120 MB are free', advice: '' },
  })
  await expect(siglip).toContainText('The disk is full. Make room on the disk')
  await expect(siglip).toContainText('996 MB are needed')
  await expect(news(page)).toHaveText('SigLIP 2 B/32 could not be downloaded')
  await expect(button(siglip, 'Try again')).toBeFocused()
  await expect(page.getByRole('navigation')).toContainText('failed')
  await page.keyboard.press('Enter')
  await expect(siglip.getByRole('progressbar')).toBeVisible()
  await expect(siglip).toContainText('Used as soon as it is there.')
  await expect(siglip).not.toContainText('The disk is full')
})

test('first run: the built-in model works at once, a better one comes beside the indexing', async ({
  page,
  open,
}) => {
  const double = await open(newScenario())
  const choices = page.getByRole('radiogroup', { name: 'What should Kinora recognise?' })
  await expect(choices.getByRole('radio')).toHaveCount(3)
  await expect(choices.getByRole('radio', { name: /^Palette/ })).toBeChecked()
  const siglip = choices.getByRole('radio', { name: /^SigLIP 2 B\/32/ })
  await expect(choices).toContainText('696 MB · very many languages')
  await expect(choices).toContainText('Apache 2.0: free for everything, also for work')
  await expect(page.getByRole('button', { name: 'Choose a folder…' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  await expect(siglip).toBeChecked()
  expect(double.calls).not.toContain('models.get')

  await page.getByRole('button', { name: 'Choose a folder…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Choose a folder' })
  await dialog.getByRole('button', { name: 'Videos' }).click()
  await dialog.getByRole('button', { name: /^Add “Videos”/ }).click()
  await expect(page.getByText('12 videos')).toBeVisible()
  const download = page.getByRole('navigation').getByRole('button', { name: /SigLIP 2 B\/32/ })
  await expect(download).toBeVisible()
  await download.click()
  await expect(card(page, 'SigLIP 2 B/32')).toContainText('Used as soon as it is there.')
  tell(double, best, { state: 'ready', download: null })
  await expect.poll(() => modelOf(double, best)?.next).toBe(true)
})

test('first run without a choice downloads nothing', async ({ page, open }) => {
  const double = await open(newScenario())
  await page.getByRole('button', { name: 'Choose a folder…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Videos' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Add “Videos”/ })
    .click()
  await expect(page.getByText('12 videos')).toBeVisible()
  expect(double.calls).not.toContain('models.get')
})
