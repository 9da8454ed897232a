import type { Page } from '@playwright/test'
import { expect } from './page-test.ts'
import { costAt, researchModel, withModel } from './model-scenario.ts'
import { newScenario, usualScenario } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import type { Screen } from './screen.ts'

const openModels = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+,')
  await page.locator('.model-summary .button').click()
  await expect(page.locator('.model-card').first()).toBeVisible()
}

/** So that `selector` stands in the middle of the view. */
const showMiddle = async (page: Page, selector: string): Promise<void> => {
  await page
    .locator(selector)
    .first()
    .evaluate((element) => element.scrollIntoView({ block: 'center' }))
}

const busyModels = (): Scenario => {
  const scenario = usualScenario()
  const changes: Readonly<Record<string, Parameters<typeof withModel>[2]>> = {
    'siglip2-b32-256': {
      ...{ state: 'ready', next: true, coverage: 0.63, cost: costAt(0.63, 1.4, true), parity: 'passed' },
      runsOn: { provider: 'webgpu', picturesPerSecond: 131 },
    },
    'clip-vit-b32': {
      state: 'downloading',
      download: { bytes: 312e6, total: 608e6, speed: 11.2e6, secondsLeft: 97 },
    },
    'siglip2-b16-256': { state: 'broken' },
    'pe-core-b16-224': {
      downloadError: {
        code: 'download-failed',
        message: 'huggingface.co answered 503 (Service Unavailable) five times',
        advice: '',
      },
    },
  }
  const models = Object.entries(changes).reduce(
    (all, [id, change]) => withModel(all, id, change),
    scenario.models,
  )
  return { ...scenario, models: [...models.slice(0, 2), researchModel, ...models.slice(2)] }
}

/** The models view in all its states. */
export const modelScreens: readonly Screen[] = [
  { name: 'models', go: openModels },
  { name: 'models-busy', scenario: busyModels, go: openModels },
  {
    name: 'models-pending',
    scenario: busyModels,
    go: async (page: Page): Promise<void> => {
      await openModels(page)
      await showMiddle(page, '.model-pending')
    },
  },
  {
    name: 'models-failed',
    scenario: busyModels,
    go: async (page: Page): Promise<void> => {
      await openModels(page)
      await showMiddle(page, '.model-failed')
    },
  },
  {
    name: 'models-research',
    scenario: busyModels,
    go: async (page: Page): Promise<void> => {
      await openModels(page)
      await showMiddle(page, '.model-research')
    },
  },
  {
    name: 'models-speed-test',
    go: async (page: Page): Promise<void> => {
      await openModels(page)
      await page.locator('.model-card').nth(1).locator('.model-more .button').first().click()
      await expect(page.locator('.providers').first()).toBeVisible()
      await showMiddle(page, '.providers')
    },
  },
  {
    name: 'models-why-cpu',
    go: async (page: Page): Promise<void> => {
      await openModels(page)
      await page.locator('.why-cpu-title').click()
      await showMiddle(page, '.why-cpu')
    },
  },
  {
    name: 'models-wide',
    go: async (page: Page): Promise<void> => {
      await openModels(page)
      await showMiddle(page, '.wide-choice')
    },
  },
  {
    name: 'models-remove',
    go: async (page: Page): Promise<void> => {
      await openModels(page)
      await page.locator('.model-card').nth(1).locator('.model-more .button').last().click()
      await expect(page.getByRole('alertdialog')).toBeVisible()
    },
  },
  {
    name: 'models-narrow',
    scenario: busyModels,
    go: async (page: Page): Promise<void> => {
      await page.setViewportSize({ width: 620, height: 900 })
      await openModels(page)
      await showMiddle(page, '.model-failed')
    },
  },
  {
    name: 'models-not-there',
    scenario: () => ({
      ...usualScenario(),
      failing: { group: 'models', error: { code: 'engine-crashed', message: 'catalog: gone', advice: '' } },
    }),
    go: async (page: Page): Promise<void> => {
      await page.getByRole('combobox').fill('xyzzy')
      await page.locator('.coverage-words .button').click()
      await expect(page.locator('.message-bad').first()).toBeVisible()
    },
  },
  {
    name: 'first-run-narrow',
    scenario: newScenario,
    go: async (page: Page): Promise<void> => {
      await page.setViewportSize({ width: 620, height: 900 })
      await expect(page.locator('.first-models')).toBeVisible()
    },
  },
]
