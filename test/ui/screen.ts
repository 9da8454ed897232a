import type { Page } from '@playwright/test'
import type { Scenario } from './scenario.ts'

/** A state of the window that is looked at in light, dark and German. */
export type Screen = {
  readonly name: string
  readonly scenario?: () => Scenario
  /** Brings the page from its first view to the one that is looked at. */
  readonly go: (page: Page) => Promise<void>
}
