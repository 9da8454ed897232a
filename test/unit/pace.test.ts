import { describe, expect, test } from 'vitest'
import { paceOf, paceWish, usualPace, workingSeconds } from '../../src-main/domain/pace.ts'
import type { PaceSettings } from '../../src-main/domain/pace.ts'

const pace = (onBattery: boolean, idleSeconds: number | null, settings: Partial<PaceSettings> = {}): string =>
  paceOf({ onBattery, idleSeconds, settings: { ...usualPace, ...settings } })

describe('the pace', () => {
  test('as it comes: full, but slow on battery, whether anybody works or not', () => {
    expect(pace(false, null)).toBe('full')
    expect(pace(false, 0)).toBe('full')
    expect(pace(true, 0)).toBe('slow')
    expect(pace(true, 9999)).toBe('slow')
  })

  test('somebody works until the machine has been left alone for two minutes', () => {
    const settings = { whileWorking: 'pause' } as const
    expect(pace(false, 0, settings)).toBe('paused')
    expect(pace(false, workingSeconds - 1, settings)).toBe('paused')
    expect(pace(false, workingSeconds, settings)).toBe('full')
  })

  test('where nobody can see it, nobody works', () => {
    expect(pace(false, null, { whileWorking: 'pause' })).toBe('full')
  })

  test('the slowest wish whose situation holds wins', () => {
    expect(pace(true, 0, { onBattery: 'slow', whileWorking: 'pause' })).toBe('paused')
    expect(pace(true, 0, { onBattery: 'pause', whileWorking: 'slow' })).toBe('paused')
    expect(pace(true, 0, { onBattery: 'full', whileWorking: 'slow' })).toBe('slow')
    expect(pace(true, 600, { onBattery: 'full', whileWorking: 'pause' })).toBe('full')
  })

  test('what is no wish is the usual one', () => {
    expect(paceWish('pause', 'full')).toBe('pause')
    expect(paceWish('quickly', 'slow')).toBe('slow')
    expect(paceWish(null, 'full')).toBe('full')
  })
})
