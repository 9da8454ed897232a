import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { openMoment } from './player-page.ts'
import { usualScenario } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import type { Screen } from './screen.ts'
import { longCurve, longFilm, taggedScenario } from './player-scenario.ts'
import { noLines, spokenLines, wrongLines } from './spoken-lines.ts'

const spoken = (): Scenario => ({ ...usualScenario(), subtitles: spokenLines() })

const tab = (page: Page, index: number): Promise<void> => page.getByRole('tab').nth(index).click()

/** States of the player that are looked at. */
export const playerScreens: readonly Screen[] = [
  {
    name: 'player-curve-long',
    scenario: () => longFilm({ ...usualScenario(), curve: longCurve() }),
    go: async (page: Page): Promise<void> => {
      await openMoment(page)
      await page.locator('.timeline').hover({ position: { x: 600, y: 40 } })
    },
  },
  {
    name: 'player-transcript',
    scenario: spoken,
    go: async (page: Page): Promise<void> => {
      await openMoment(page)
      await tab(page, 2)
      await expect(page.locator('.line').first()).toBeVisible()
      await page.keyboard.press('c')
      await expect(page.locator('.captions')).toBeVisible()
    },
  },
  {
    name: 'player-transcript-find',
    scenario: spoken,
    go: async (page: Page): Promise<void> => {
      await openMoment(page)
      await page.keyboard.press('Control+f')
      await page.keyboard.type('the')
      await page.keyboard.press('Enter')
      await page.keyboard.press('Enter')
      await expect(page.locator('.line-found')).toBeVisible()
    },
  },
  {
    name: 'player-transcript-wrong',
    scenario: () => ({ ...usualScenario(), subtitles: wrongLines() }),
    go: async (page: Page): Promise<void> => {
      await openMoment(page)
      await tab(page, 2)
      await expect(page.locator('.transcript-wrong')).toBeVisible()
    },
  },
  {
    name: 'player-transcript-none',
    scenario: () => ({ ...usualScenario(), subtitles: noLines }),
    go: async (page: Page): Promise<void> => {
      await openMoment(page)
      await tab(page, 2)
      await expect(page.locator('.lines-none')).toBeVisible()
    },
  },
  {
    name: 'player-captions-menu',
    scenario: spoken,
    go: async (page: Page): Promise<void> => {
      await openMoment(page)
      await page.keyboard.press('c')
      await page.getByRole('button', { name: /^(Captions|Untertitel)$/ }).click()
      await expect(page.getByRole('menu')).toBeVisible()
    },
  },
  {
    name: 'player-tags',
    scenario: taggedScenario,
    go: async (page: Page): Promise<void> => {
      await openMoment(page)
      await tab(page, 3)
      await page.keyboard.press('4')
      await expect(page.locator('.player-note-stars')).toBeVisible()
    },
  },
  {
    name: 'player-tagging',
    scenario: taggedScenario,
    go: async (page: Page): Promise<void> => {
      await openMoment(page)
      await page.keyboard.press('t')
      await page.keyboard.type('b')
      await expect(page.getByRole('listbox')).toBeVisible()
    },
  },
  {
    name: 'player-range',
    scenario: taggedScenario,
    go: async (page: Page): Promise<void> => {
      await openMoment(page)
      await page.keyboard.press('i')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('o')
      await expect(page.locator('.range-line')).toBeVisible()
      await page.keyboard.press('ArrowRight')
    },
  },
  {
    name: 'player-menu',
    scenario: spoken,
    go: async (page: Page): Promise<void> => {
      await openMoment(page)
      await page.locator('.stage').click({ button: 'right', position: { x: 400, y: 200 } })
      await expect(page.getByRole('menu')).toBeVisible()
    },
  },
  {
    name: 'player-narrow',
    scenario: () => ({ ...taggedScenario(), subtitles: spokenLines() }),
    go: async (page: Page): Promise<void> => {
      await page.setViewportSize({ width: 900, height: 700 })
      await openMoment(page)
      await tab(page, 2)
      await page.keyboard.press('c')
      await expect(page.locator('.captions')).toBeVisible()
    },
  },
]
