import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import type { Model } from '../../src-preload/contract/nouns.ts'
import type { Double } from './double.ts'
import { withModel } from './model-scenario.ts'

/** The model that Kinora recommends. */
export const best = 'siglip2-b32-256'

/** The card of a model, by its name. */
export const card = (page: Page, name: string): Locator => page.getByRole('article', { name, exact: true })
/** A control, by its exact name. */
export const button = (within: Locator, name: string): Locator =>
  within.getByRole('button', { name, exact: true })
/** What was just told aloud. */
export const news = (page: Page): Locator => page.locator('.model-news')

/** Goes to the models view by keyboard and the settings. */
export const openModels = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+,')
  await page.getByRole('button', { name: 'All models' }).click()
  await expect(page.getByRole('heading', { name: 'Models', level: 1 })).toBeVisible()
}

/** What the library does by itself: a download goes on, a model has seen more. */
export const tell = (double: Double, id: string, change: Partial<Model>): void => {
  double.scenario.models = withModel(double.scenario.models, id, change)
  double.emit('change', { kind: 'models' })
}

export const modelOf = (double: Double, id: string): Model | undefined =>
  double.scenario.models.find((model) => model.id === id)
