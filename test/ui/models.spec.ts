import type { Model } from '../../src-preload/contract/nouns.ts'
import { best, button, card, modelOf, news, openModels, tell } from './model-page.ts'
import { costAt, researchModel, withModel } from './model-scenario.ts'
import { expect, test } from './page-test.ts'
import { idle, usualScenario } from './scenario.ts'

const halfSeen = (coverage: number): Partial<Model> => ({
  ...{ state: 'ready', coverage, cost: costAt(coverage, 1.4, true), parity: 'unverified' },
  runsOn: { provider: 'cpu', picturesPerSecond: 31.2 },
})

test('each model tells what it is good at, its size, languages, licence and cost before it is chosen', async ({
  page,
  open,
}) => {
  await open()
  await openModels(page)
  // What led here is gone: whoever works by keyboard goes on from the top.
  await expect(page.getByRole('heading', { name: 'Models', level: 1 })).toBeFocused()
  const siglip = card(page, 'SigLIP 2 B/32')
  await expect(siglip).toContainText('Best for most')
  await expect(siglip).toContainText('finds clearly more than CLIP')
  await expect(siglip).toContainText('Download696 MB')
  await expect(siglip).toContainText('very many languages')
  await expect(siglip).toContainText('about 34 minutes of work40 MB, guessed')
  await expect(siglip).toContainText('Apache 2.0: free for everything, also for work')
  await expect(card(page, 'CLIP ViT-B/32, many languages')).toContainText('50 languages, English too')
  const palette = card(page, 'Palette')
  await expect(palette).toContainText('Answers now')
  await expect(palette).toContainText('310 pictures a secondProcessor (CPU)')
  await expect(palette).toContainText('all your films')
  await expect(palette).toContainText('MIT: free for everything, also for work')
  await expect(button(palette, 'Remove')).toHaveCount(0)
  await expect(card(page, 'Concept')).toContainText('Brought by you')
  await expect(page.getByRole('region', { name: 'To find cuts' }).getByRole('article')).toHaveCount(1)
  await page.getByRole('button', { name: 'Settings' }).first().click()
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
})

test('the same in German', async ({ page, open }) => {
  await open()
  await page.keyboard.press('Control+,')
  await page.getByText('Deutsch').click()
  await page.getByRole('button', { name: 'Alle Modelle' }).click()
  const siglip = card(page, 'SigLIP 2 B/32')
  await expect(siglip).toContainText('Für die meisten die beste Wahl')
  await expect(siglip).toContainText('Apache 2.0: frei für alles, auch beruflich')
  await expect(siglip).toContainText('etwa 34 Minuten Arbeit40 MB, geschätzt')
  await expect(card(page, 'CLIP ViT-B/32, many languages')).toContainText('50 Sprachen, auch Deutsch')
})

test('another model waits until it has seen enough; the one before answers; both ways out', async ({
  page,
  open,
}) => {
  const scenario = usualScenario()
  scenario.models = withModel(scenario.models, best, halfSeen(0.6))
  const double = await open(scenario)
  await openModels(page)
  const siglip = card(page, 'SigLIP 2 B/32')
  await expect(siglip).toContainText('1,200 of 2,000 films')
  await expect(siglip).toContainText('Still costs hereabout 14 minutes of work16 MB, measured here')
  await expect(siglip).toContainText('not checked yet')
  await button(siglip, 'Use this model').press('Enter')
  await expect(siglip).toContainText('Answers as soon as it has seen enough films (60%)')
  await expect(news(page)).toHaveText('SigLIP 2 B/32 takes over as soon as it has seen enough films')
  await expect(card(page, 'Palette')).toContainText('Answers now')
  await expect(page.locator('.models-note')).toContainText('Palette answers your searches as before.')
  await expect(button(siglip, 'Switch now')).toBeFocused()

  tell(double, best, { coverage: 0.63, cost: costAt(0.63, 1.4, true) })
  await expect(siglip).toContainText('(63%)')
  await button(siglip, 'Stay with Palette').press('Enter')
  await expect(button(siglip, 'Use this model')).toBeFocused()
  expect(modelOf(double, 'palette')).toMatchObject({ current: true })
  await expect(page.locator('.models-note')).toHaveCount(0)

  await page.keyboard.press('Enter')
  await button(siglip, 'Switch now').press('Enter')
  await expect(siglip).toContainText('Answers now')
  await expect(news(page)).toHaveText('SigLIP 2 B/32 answers now')
  await expect(card(page, 'Palette')).not.toContainText('Answers now')

  // Going back costs nothing: what the other one has seen is still there.
  await button(card(page, 'Palette'), 'Use this model').click()
  await expect(card(page, 'Palette')).toContainText('Answers now')
  expect(modelOf(double, 'palette')).toMatchObject({ current: true })
})

test('while a model waits, the line below names it and the settings tell of it', async ({ page, open }) => {
  const scenario = usualScenario()
  scenario.models = withModel(scenario.models, best, { ...halfSeen(0.6), next: true })
  scenario.progress = {
    ...idle,
    ...{ running: true, jobsLeft: 80, jobsDone: 240, speed: 12.4, filmLeft: 12_600 },
    runsOn: { decoder: 'software', encoder: 'CPU, 2 threads' },
  }
  const double = await open(scenario)
  await page.getByRole('button', { name: 'What it runs on' }).click()
  await expect(page.getByRole('dialog', { name: 'What it runs on' })).toContainText('ModelSigLIP 2 B/32')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+,')
  await expect(page.locator('.model-summary')).toContainText('SigLIP 2 B/32 takes over')
  tell(double, best, { next: false, current: true, coverage: 1 })
  tell(double, 'palette', { current: false })
  await expect(page.locator('.model-summary b')).toHaveText('SigLIP 2 B/32')
  await expect(page.locator('.model-summary')).not.toContainText('takes over')
})

test('a model that has seen all answers at once', async ({ page, open }) => {
  const double = await open()
  await openModels(page)
  await button(card(page, 'Concept'), 'Use this model').click()
  await expect(card(page, 'Concept')).toContainText('Answers now')
  expect(modelOf(double, 'concept')).toMatchObject({ current: true })
})

test('removing says what is lost, and asks first', async ({ page, open }) => {
  const scenario = usualScenario()
  scenario.models = withModel(scenario.models, best, { ...halfSeen(1), current: true })
  scenario.models = withModel(scenario.models, 'palette', { current: false })
  const double = await open(scenario)
  await openModels(page)
  const siglip = card(page, 'SigLIP 2 B/32')
  await button(siglip, 'Remove').press('Enter')
  const dialog = page.getByRole('alertdialog', { name: 'Remove SigLIP 2 B/32?' })
  await expect(dialog).toContainText('Its files (696 MB) are deleted.')
  await expect(dialog).toContainText('all of them would have to be looked at anew')
  await expect(dialog).toContainText('after that, Palette does')
  await expect(dialog).toContainText('Your films, posters, tags and chapters are not touched.')
  await page.keyboard.press('Escape')
  await expect(button(siglip, 'Remove')).toBeFocused()
  expect(double.calls).not.toContain('models.remove')
  await page.keyboard.press('Enter')
  await button(dialog, 'Remove').click()
  await expect(button(siglip, 'Download and use')).toBeVisible()
  await expect(card(page, 'Palette')).toContainText('Answers now')

  // A folder that a person brought is only forgotten.
  await button(card(page, 'Concept'), 'Remove').click()
  const other = page.getByRole('alertdialog', { name: 'Remove Concept?' })
  await expect(other).toContainText('Its folder stays as it is.')
  await button(other, 'Remove').press('Enter')
  await expect(card(page, 'Concept')).toHaveCount(0)
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
})

test('forgetting what a model saw keeps the model', async ({ page, open }) => {
  const double = await open()
  await openModels(page)
  await expect(button(card(page, 'Palette'), 'Forget what it saw')).toHaveCount(0)
  const concept = card(page, 'Concept')
  await button(concept, 'Forget what it saw').click()
  const dialog = page.getByRole('alertdialog', { name: 'Forget what Concept has seen?' })
  await expect(dialog).toContainText('The model itself stays')
  await button(dialog, 'Forget what it saw').click()
  await expect(concept).toContainText('none of your films yet')
  await expect(concept).toContainText('about 24 minutes of work40 MB, measured here')
  expect(double.calls).toContain('models.dropVectors')
})

test('a model for research only says so', async ({ page, open }) => {
  const scenario = usualScenario()
  scenario.models = [...scenario.models, researchModel]
  await open(scenario)
  await openModels(page)
  const mobile = card(page, 'MobileCLIP S2')
  await expect(mobile).toContainText('Research only')
  await expect(mobile).toContainText('not for work or money')
  await expect(mobile).toContainText('Licence: Apple research')
  await expect(page.getByText('Research only', { exact: true })).toHaveCount(1)
})

test('a word that the model does not know leads to the models', async ({ page, open }) => {
  await open()
  await page.getByRole('combobox').fill('a xyzzy')
  await expect(page.getByText('The current model knows no word for “xyzzy”')).toBeVisible()
  await page.getByRole('button', { name: 'Choose another model' }).click()
  await expect(page.getByRole('heading', { name: 'Models', level: 1 })).toBeFocused()
})

test('a library that refuses says so, and nothing changes', async ({ page, open }) => {
  const double = await open()
  await openModels(page)
  double.scenario.failing = {
    group: 'models',
    error: { code: 'busy', message: 'One at a time.', advice: '' },
  }
  await button(card(page, 'Concept'), 'Use this model').click()
  await expect(page.locator('.notice')).toContainText('Kinora is busy')
  await expect(card(page, 'Palette')).toContainText('Answers now')
})
