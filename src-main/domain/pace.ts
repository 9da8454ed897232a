import type { Pace } from '../../src-preload/contract/nouns.ts'

/** What a person can want of the indexer in a situation. */
export const paceWishes = ['full', 'slow', 'pause'] as const
export type PaceWish = (typeof paceWishes)[number]

/** The settings `on-battery` and `while-working`. */
export type PaceSettings = { readonly onBattery: PaceWish; readonly whileWorking: PaceWish }

/**
 * What holds where nothing is set: a battery is saved; whoever works hardly feels work of low priority, and a first
 * index shall be over soon.
 */
export const usualPace: PaceSettings = { onBattery: 'slow', whileWorking: 'full' }

/**
 * Somebody works who has touched the machine within so many seconds. A page is read and thought about for a minute or
 * two without a touch; screens are darkened after five. Reports come every 30 s, so this is no shorter than four of them.
 */
export const workingSeconds = 120

const hardship: Readonly<Record<PaceWish, number>> = { full: 0, slow: 1, pause: 2 }
const paces: readonly Pace[] = ['full', 'slow', 'paused']

/** A wish as it was written down, or `fallback` where it is none. */
export const paceWish = (value: string | null, fallback: PaceWish): PaceWish =>
  paceWishes.find((wish) => wish === value) ?? fallback

/** How the machine is used. `idleSeconds`: since somebody last touched it; null where nobody can say, which is nobody. */
export type MachineUse = { readonly onBattery: boolean; readonly idleSeconds: number | null }

/** How hard to work: the slowest of the wishes whose situation holds. */
export const paceOf = ({
  onBattery,
  idleSeconds,
  settings,
}: MachineUse & { readonly settings: PaceSettings }): Pace => {
  const working = idleSeconds !== null && idleSeconds < workingSeconds
  const wishes = [
    ...(onBattery ? [settings.onBattery] : []),
    ...(working ? [settings.whileWorking] : []),
  ].map((wish) => hardship[wish])
  return paces[Math.max(0, ...wishes)] ?? 'full'
}
