import type { Page } from '@playwright/test'
import { expect, test } from './page-test.ts'
import { usualScenario } from './scenario.ts'

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

type Measured = { readonly duration: number; readonly detail: { readonly text: string } }

/** The last key's mark to the page that shows its answer, in milliseconds; -1 where it is not there yet. */
const keyToShown = (page: Page, text: string): Promise<number> =>
  page.evaluate((wanted) => {
    const all = performance.getEntriesByName('kinora:key-to-shown') as unknown as readonly Measured[]
    return all.findLast(({ detail }) => detail.text === wanted)?.duration ?? -1
  }, text)

test('with 120 moments in sight typing stays smooth, and the answer to the last key comes at once', async ({
  page,
  open,
}) => {
  test.setTimeout(90_000)
  await page.addInitScript(`
    window.longTasks = []
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.longTasks.push(Math.round(entry.duration))
    }).observe({ type: 'longtask', buffered: true })
  `)
  const scenario = usualScenario(120)
  scenario.answering = { films: 120, most: 121, milliseconds: 30 }
  const double = await open(scenario)
  const box = page.getByRole('combobox')
  await box.fill('a dog')
  await expect(page.locator('.moment')).toHaveCount(120)
  await page.evaluate('window.longTasks.splice(0)')
  const before = double.queries.length
  await box.press('End')
  const words = [' on', ' a', ' wide', ' beach', ' at', ' dawn']
  const times: number[] = []
  let text = 'a dog'
  for (const word of words) {
    await box.pressSequentially(word, { delay: 90 })
    text += word
    await expect.poll(() => keyToShown(page, text)).toBeGreaterThan(0)
    times.push(await keyToShown(page, text))
  }
  const tasks = await page.evaluate<number[]>('window.longTasks.splice(0)')
  const asked = double.queries.length - before
  const keys = text.length - 'a dog'.length
  console.log(
    `120 moments, answers after 30 ms: last key to shown, median ${Math.round(median(times))} ms of [${times.map(Math.round).join(' ')}]; tasks over 50 ms [${tasks.join(' ')}]; ${asked} questions for ${keys} keys`,
  )
  expect(double.queries.at(-1)).toBe(text)
  expect(asked).toBeLessThanOrEqual(keys)
})

test('a slow library is asked one question at a time, and the newest one is always answered', async ({
  page,
  open,
}) => {
  const scenario = usualScenario()
  scenario.answering = { films: 9, most: 200, milliseconds: 250 }
  const double = await open(scenario)
  const box = page.getByRole('combobox')
  await box.click()
  await page.keyboard.type('dog on a beach at dawn', { delay: 30 })
  await expect(page.locator('.moment').first()).toHaveAccessibleName(/Looks like “dog on a beach at dawn”/)
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  // 22 letters in 660 ms and more: the first at once, then one for every answer.
  expect(double.queries.length).toBeLessThan(12)
  expect(double.queries[0]).toBe('d')
  expect(double.queries.at(-1)).toBe('dog on a beach at dawn')
})

test('pictures and lengths come later and move nothing', async ({ page, open }) => {
  const scenario = usualScenario(3000)
  const double = await open(scenario)
  await expect(page.getByText('3,000 videos')).toBeVisible()
  // These films stand far down in the library: nothing is known of them yet.
  scenario.videos = scenario.videos.slice(2000)
  await page.route('**/media/**', async (route) => {
    await new Promise((wait) => setTimeout(wait, 300))
    await route.continue()
  })
  const places = (): Promise<unknown> =>
    page
      .locator('.moment')
      .evaluateAll((all) => all.slice(0, 8).map((one) => one.getBoundingClientRect().toJSON() as unknown))
  await page.getByRole('combobox').fill('dog')
  await expect(page.locator('.moment').first()).toBeVisible()
  const first = await places()
  await expect(page.locator('.moment .sprite-tile, .moment img').nth(7)).toBeAttached()
  await page.waitForTimeout(500)
  expect(await places()).toEqual(first)
  expect(double.calls.filter((name) => name === 'videos.cards').length).toBe(1)
})
