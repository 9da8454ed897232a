import { expect, onTestFinished, test, vi } from 'vitest'
import type { Pace } from '../../src-preload/contract/nouns.ts'
import { createPresence } from '../../src-main/catalog/presence.ts'
import type { Presence } from '../../src-main/catalog/presence.ts'
import { temporaryStore } from './temporary-store.ts'

type Machine = {
  readonly presence: Presence
  readonly told: readonly Pace[]
  readonly set: (name: string, value: string | null) => void
  readonly now: { seconds: number; onBattery: boolean | null }
}

const machine = (onBattery: boolean | null = null): Machine => {
  const { store, dispose } = temporaryStore()
  const now = { seconds: 1000, onBattery }
  const told: Pace[] = []
  const presence = createPresence({
    settings: store.settings,
    power: () => now.onBattery,
    clock: () => now.seconds,
    onPace: (pace) => told.push(pace),
  })
  onTestFinished(() => {
    presence.close()
    dispose()
  })
  const set = (name: string, value: string | null): void => {
    expect(store.settings.choose(name, value).ok).toBe(true)
    presence.settingsChanged()
  }
  return { presence, told, set, now }
}

test('begins at full pace where nobody knows better, and on battery slowly', () => {
  expect(machine().presence.pace()).toBe('full')
  expect(machine(false).presence.pace()).toBe('full')
  const { presence, told } = machine(true)
  expect([presence.pace(), told]).toEqual(['slow', []])
})

test('tells the pace when it changes, not with each report', () => {
  const { presence, told } = machine()
  presence.tell(1, { onBattery: false, idleSeconds: 0 })
  presence.tell(1, { onBattery: true, idleSeconds: 30 })
  presence.tell(1, { onBattery: true, idleSeconds: 60 })
  expect(presence.pace()).toBe('slow')
  presence.tell(1, { onBattery: false, idleSeconds: 90 })
  expect(told).toEqual(['slow', 'full'])
})

test('a setting holds at once, and its fallback when it is unset', () => {
  const { presence, told, set } = machine()
  presence.tell(1, { onBattery: true, idleSeconds: 10 })
  set('while-working', 'pause')
  set('while-working', 'slow')
  set('on-battery', 'full')
  set('while-working', null)
  set('on-battery', null)
  expect(told).toEqual(['slow', 'paused', 'slow', 'full', 'slow'])
  expect(presence.pace()).toBe('slow')
})

test('goes on when the person has left the machine', () => {
  const { presence, told, set } = machine()
  set('while-working', 'pause')
  presence.tell(1, { onBattery: false, idleSeconds: 3 })
  presence.tell(1, { onBattery: false, idleSeconds: 119 })
  presence.tell(1, { onBattery: false, idleSeconds: 149 })
  expect(told).toEqual(['paused', 'full'])
})

test('of several hosts one on battery is enough, and the one who was touched last counts', () => {
  const { presence, told, set } = machine()
  set('while-working', 'pause')
  presence.tell(1, { onBattery: false, idleSeconds: 4000 })
  presence.tell(2, { onBattery: true, idleSeconds: null })
  presence.tell(3, { onBattery: false, idleSeconds: 5 })
  expect(told).toEqual(['slow', 'paused'])
  presence.gone(3)
  presence.gone(2)
  presence.gone(7)
  expect(told).toEqual(['slow', 'paused', 'slow', 'full'])
})

test('a report older than three minutes counts no more, though nobody says anything', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { presence, told, now } = machine()
  const pass = (seconds: number): void => {
    now.seconds += seconds
    vi.advanceTimersByTime(seconds * 1000)
  }
  presence.tell(1, { onBattery: true, idleSeconds: null })
  pass(150)
  expect(presence.pace()).toBe('slow')
  pass(60)
  expect([presence.pace(), told]).toEqual(['full', ['slow', 'full']])
  presence.close()
  presence.tell(1, { onBattery: true, idleSeconds: null })
  pass(300)
  expect(presence.pace()).toBe('slow')
})

test("the machine's own power supply counts without any host", () => {
  const { presence, told, now } = machine(false)
  now.onBattery = true
  presence.powerChanged()
  now.onBattery = null
  presence.powerChanged()
  expect(told).toEqual(['slow', 'full'])
})

test('what the settings are, and what they refuse', () => {
  const { store, dispose } = temporaryStore()
  onTestFinished(dispose)
  const of = (name: string): unknown =>
    store.settings.list().find((setting) => setting.name === name)?.fallback
  expect(['on-battery', 'while-working', 'hardware-decoding', 'shot-model'].map(of)).toEqual([
    'slow',
    'full',
    'auto',
    '',
  ])
  const wrong = [
    ['on-battery', 'off'],
    ['while-working', 'Slow'],
    ['hardware-decoding', 'vaapi'],
    ['shot-model', '/nonexistent/model'],
    ['shot-model', import.meta.filename],
  ] as const
  for (const [name, value] of wrong) {
    const chosen = store.settings.choose(name, value)
    expect(chosen.ok ? 'ok' : chosen.error.code).toBe('bad-arguments')
  }
  for (const [name, value] of [
    ['shot-model', import.meta.dirname],
    ['shot-model', ''],
    ['hardware-decoding', 'off'],
    ['on-battery', 'pause'],
  ] as const) {
    expect(store.settings.choose(name, value).ok).toBe(true)
    expect(store.settings.get(name)).toBe(value)
  }
})
