import { expect, test as base } from '@playwright/test'
import type { Page } from '@playwright/test'
import axe from 'axe-core'
import { startDouble } from './double.ts'
import type { Double } from './double.ts'
import { usualScenario } from './scenario.ts'
import type { Scenario } from './scenario.ts'

type Fixtures = {
  /** Serves `scenario` and opens its page. */
  readonly open: (scenario?: Scenario) => Promise<Double>
  /** What the page said on its console while it was tested; tests that expect something take it out. */
  readonly complaints: string[]
}

/** Every test: its own double, and no error or warning on the page's console. */
export const test = base.extend<Fixtures>({
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = []
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(String(error)))
      await use(complaints)
      expect(complaints, 'the page complained').toEqual([])
    },
    { auto: true },
  ],
  open: async ({ page }, use) => {
    const doubles: Double[] = []
    await use(async (scenario = usualScenario()) => {
      const double = await startDouble(scenario)
      doubles.push(double)
      await page.goto(double.address)
      // Keys that are pressed before the page listens are lost.
      await page.locator('.shell, .first-run').waitFor()
      return double
    })
    await page.close()
    await Promise.all(doubles.map((double) => double.stop()))
  },
})

export { expect } from '@playwright/test'

const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** Wants the whole text of a card, with the keys that a menu names, word for word and in this order in what is spoken. */
const ruleTooMany = 'label-content-name-mismatch'
const colourRules = ['color-contrast', 'link-in-text-block']

/**
 * Fails where axe finds anything in the page as it is now. axe runs in the page itself: through `@axe-core/playwright`,
 * which opens a second page to put the answers of frames together, it takes twice as long (measured), and we have no
 * frames.
 */
export const expectAccessible = async (page: Page, rules: 'all' | 'colours' = 'all'): Promise<void> => {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate(
    ([runOnly, disabled]) =>
      axe.run({ runOnly, rules: { [disabled]: { enabled: false } }, resultTypes: ['violations'] }),
    [
      rules === 'all'
        ? ({ type: 'tag', values: everyRule } as const)
        : ({ type: 'rule', values: colourRules } as const),
      ruleTooMany,
    ] as const,
  )
  const found = violations.map(({ id, nodes }) => ({
    id,
    where: nodes.slice(0, 3).map((node) => `${node.html.slice(0, 140)} | ${node.failureSummary ?? ''}`),
  }))
  expect(found).toEqual([])
}

/** A blank picture has one colour of 2,304 pixels; ten are a picture. */
export const leastVariety = 10 / 2304

/** Share of different colours in the film's picture as it is shown now: 0 for a blank one. */
export const pictureVariety = (page: Page): Promise<number> =>
  page.locator('video').evaluate((element) => {
    const video = element as HTMLVideoElement
    const canvas = new OffscreenCanvas(64, 36)
    const context = canvas.getContext('2d')
    if (context === null) return 0
    context.drawImage(video, 0, 0, 64, 36)
    const { data } = context.getImageData(0, 0, 64, 36)
    const seen = new Set<number>()
    for (let at = 0; at < data.length; at += 4) {
      seen.add(((data[at] ?? 0) >> 4) * 256 + ((data[at + 1] ?? 0) >> 4) * 16 + ((data[at + 2] ?? 0) >> 4))
    }
    return seen.size / (64 * 36)
  })

/** Where the film stands, in seconds, once it stands there. */
export const filmTime = (page: Page): Promise<number> =>
  page.locator('video').evaluate(async (element) => {
    const video = element as HTMLVideoElement
    while (video.seeking || video.readyState < 2) await new Promise((wait) => setTimeout(wait, 20))
    return video.currentTime
  })
