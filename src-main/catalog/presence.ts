import type { Pace } from '../../src-preload/contract/nouns.ts'
import { paceOf, paceWish, usualPace } from '../domain/pace.ts'
import type { MachineUse, PaceSettings } from '../domain/pace.ts'
import type { Settings } from './settings.ts'

/** Six reports that did not come: the host hangs or sleeps, and what it said says nothing any more. */
const staleSeconds = 180
/** How often is looked whether a report has become stale: the pace of the reports. */
const lookMilliseconds = 30_000

export type PresenceOptions = {
  readonly settings: Pick<Settings, 'get'>
  /** Whether the machine runs on battery; null where that cannot be known (`followPowerSupply`). */
  readonly power: () => boolean | null
  /** Seconds since 1970. */
  readonly clock: () => number
  /** The pace is another one now. Not told of the first one, which `pace` answers. */
  readonly onPace: (pace: Pace) => void
}

/** Knows how hard to work. */
export type Presence = {
  readonly pace: () => Pace
  /** What a connected host says of the machine, by its caller number. */
  readonly tell: (caller: number, use: MachineUse) => void
  /** A host has left: what it said counts no more. Nothing happens where it had said nothing. */
  readonly gone: (caller: number) => void
  readonly settingsChanged: () => void
  /** The machine's own power supply has changed. */
  readonly powerChanged: () => void
  readonly close: () => void
}

/**
 * Keeps the newest report of each connected host and the machine's own power supply, and tells the pace when it changes.
 * On battery when anybody says so; idle as long as the one who was touched last.
 */
export const createPresence = ({ settings, power, clock, onPace }: PresenceOptions): Presence => {
  const reports = new Map<number, MachineUse & { readonly at: number }>()
  const wishes = (): PaceSettings => ({
    onBattery: paceWish(settings.get('on-battery'), usualPace.onBattery),
    whileWorking: paceWish(settings.get('while-working'), usualPace.whileWorking),
  })
  const now = (): Pace => {
    const oldest = clock() - staleSeconds
    const fresh = [...reports.values()].filter(({ at }) => at >= oldest)
    const idle = fresh.flatMap(({ idleSeconds }) => (idleSeconds === null ? [] : [idleSeconds]))
    return paceOf({
      onBattery: power() === true || fresh.some(({ onBattery }) => onBattery),
      idleSeconds: idle.length === 0 ? null : Math.min(...idle),
      settings: wishes(),
    })
  }
  let pace = now()
  const look = (): void => {
    const next = now()
    if (next === pace) return
    pace = next
    onPace(next)
  }
  const timer = setInterval(look, lookMilliseconds)
  timer.unref()
  return {
    pace: () => pace,
    tell: (caller, { onBattery, idleSeconds }) => {
      reports.set(caller, { onBattery, idleSeconds, at: clock() })
      look()
    },
    gone: (caller) => {
      if (reports.delete(caller)) look()
    },
    settingsChanged: look,
    powerChanged: look,
    close: () => clearInterval(timer),
  }
}
