import type { Locator, Page } from '@playwright/test'
import { expect, test } from './page-test.ts'
import { usualScenario } from './scenario.ts'
import type { Scenario } from './scenario.ts'

const box = (page: Page): Locator => page.getByRole('combobox')
const list = (page: Page): Locator => page.getByRole('region', { name: 'Collections' })
const entry = (page: Page, name: string): Locator => list(page).getByRole('button', { name, exact: true })

test('a search is saved under a name, opened again, and always shows what fits today', async ({
  page,
  open,
}) => {
  const scenario = usualScenario()
  const double = await open(scenario)
  await expect(list(page).getByRole('button', { name: 'Save as a collection' })).toBeDisabled()
  await box(page).fill('dog on a beach after:2020')
  await page.keyboard.press('Control+s')
  const dialog = page.getByRole('dialog', { name: 'Save as a collection' })
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Dog on a beach')
  await page.keyboard.type('Rex')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  expect(scenario.collections.map(({ name, query }) => [name, query])).toEqual([
    ['By the sea', 'waves longer:10s'],
    ['Rex', 'dog on a beach after:2020'],
  ])
  await expect(entry(page, 'Rex')).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('heading', { name: 'Rex' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Library' })).not.toHaveAttribute('aria-current', 'page')
  expect(scenario.pastQueries[0]?.query).toBe('dog on a beach after:2020')

  await page.getByRole('button', { name: 'Library' }).click()
  await expect(entry(page, 'Rex')).not.toHaveAttribute('aria-current', 'page')
  scenario.videos = scenario.videos.slice(4)
  const before = double.queries.length
  await entry(page, 'Rex').click()
  await expect(page.locator('.moment').first()).toHaveAccessibleName(/^Dog in the snow/)
  expect(double.queries.slice(before)).toEqual(['dog on a beach after:2020'])
})

test('a collection of filters alone shows films', async ({ page, open }) => {
  await open()
  await box(page).fill('is:offline')
  await page.getByRole('button', { name: 'Save as a collection' }).first().click()
  await page.keyboard.press('Enter')
  await expect(entry(page, 'Offline')).toHaveAttribute('aria-current', 'page')
  await page.getByRole('button', { name: 'Library' }).click()
  await entry(page, 'Offline').click()
  await expect(page.getByText('1 video', { exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Offline' })).toBeVisible()
})

test('a changed search updates its collection, or goes back; another search has left it', async ({
  page,
  open,
}) => {
  const double = await open()
  await entry(page, 'By the sea').click()
  await box(page).fill('waves and gulls longer:10s')
  await expect(page.locator('.collection-line')).toContainText('changed')
  await page.getByRole('button', { name: 'Discard the change' }).click()
  await expect(box(page)).toHaveValue('waves longer:10s')
  await box(page).fill('waves and gulls longer:10s')
  await page.getByRole('button', { name: 'Update collection' }).click()
  await expect.poll(() => double.scenario.collections[0]?.query).toBe('waves and gulls longer:10s')
  await expect(page.locator('.collection-line')).not.toContainText('changed')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => double.scenario.collections[0]?.query).toBe('waves longer:10s')
  await box(page).fill('something else')
  await expect(page.locator('.collection-line')).toHaveCount(0)
  await expect(entry(page, 'By the sea')).not.toHaveAttribute('aria-current', 'page')
})

test('saving under a name that is taken says so and replaces; renaming to one is refused', async ({
  page,
  open,
}) => {
  const scenario: Scenario = {
    ...usualScenario(),
    collections: [
      { name: 'By the sea', query: 'waves' },
      { name: 'Dogs', query: 'dog' },
    ],
  }
  await open(scenario)
  await box(page).fill('puppies')
  await page.keyboard.press('Control+s')
  await page.keyboard.type('Dogs')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('“Dogs” is there already')
  await dialog.getByRole('button', { name: 'Update collection' }).click()
  await expect.poll(() => scenario.collections[1]?.query).toBe('puppies')
  // Keys belong to the dialog until it is gone.
  await expect(dialog).toHaveCount(0)

  await entry(page, 'Dogs').focus()
  await page.keyboard.press('F2')
  await page.keyboard.type('By the sea')
  await expect(dialog).toContainText('There is a collection of this name already')
  await expect(dialog.getByRole('button', { name: 'Rename', exact: true })).toBeDisabled()
  await dialog.getByRole('textbox').fill('Puppies')
  await page.keyboard.press('Enter')
  await expect(entry(page, 'Puppies')).toHaveAttribute('aria-current', 'page')
  expect(scenario.collections.map(({ name }) => name)).toEqual(['By the sea', 'Puppies'])
})

test('deleting by key or menu can be taken back; an empty list says what it is for', async ({
  page,
  open,
}) => {
  const double = await open()
  await entry(page, 'By the sea').focus()
  await page.keyboard.press('Delete')
  await expect(list(page)).toContainText('It always shows what fits today')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(entry(page, 'By the sea')).toBeVisible()
  expect(double.scenario.collections).toEqual([{ name: 'By the sea', query: 'waves longer:10s' }])
  await entry(page, 'By the sea').focus()
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(entry(page, 'By the sea')).toHaveCount(0)
})

test('another window’s collections appear here', async ({ page, open }) => {
  const double = await open()
  await expect(entry(page, 'By the sea')).toBeVisible()
  double.scenario.collections = [{ name: 'From the terminal', query: 'cake' }]
  double.emit('change', { kind: 'collections' })
  await expect(entry(page, 'From the terminal')).toBeVisible()
  await expect(entry(page, 'By the sea')).toHaveCount(0)
})
