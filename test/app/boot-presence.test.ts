import { afterAll, beforeAll, expect, it } from 'vitest'
import type { IndexProgress, Pace } from '../../src-preload/contract/nouns.ts'
import { buildDesktop } from './build.ts'
import { startDesktop, until } from './desktop.ts'
import type { Desktop } from './desktop.ts'

/** The desktop sees how the machine is used, and the library works accordingly. */
let desktop: Desktop
beforeAll(async () => {
  desktop = await startDesktop(buildDesktop('boot-presence'))
})
afterAll(async () => {
  await desktop.quit()
})

const pace = async (): Promise<Pace> => {
  const progress = await desktop.call('indexing', 'progress')
  if (!progress.ok) throw new Error(progress.error.message)
  return (progress.value as IndexProgress).pace
}

const unplug = (onBattery: boolean): Promise<boolean> =>
  desktop.evaluate(({ powerMonitor }, value) => {
    powerMonitor.onBattery = value
    return powerMonitor.emit(value ? 'on-battery' : 'on-ac')
  }, onBattery)

it('works slowly as soon as the machine is unplugged, and as before when it is plugged in', async () => {
  // Whoever runs the tests may do so on battery.
  const before = await pace()
  expect(await unplug(true)).toBe(true)
  expect(await until(pace, (now) => now === 'slow', 10)).toBe('slow')
  await unplug(false)
  expect(await until(pace, (now) => now === before, 10)).toBe(before)
})
