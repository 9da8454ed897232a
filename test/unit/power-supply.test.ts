import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { followPowerSupply, readPowerSupply } from '../../src-main/foundation/power-supply.ts'

type Supplies = Readonly<Record<string, Readonly<Record<string, string>>>>

const write = (folder: string, supplies: Supplies): void => {
  for (const [name, attributes] of Object.entries(supplies)) {
    mkdirSync(join(folder, name), { recursive: true })
    for (const [attribute, value] of Object.entries(attributes)) {
      writeFileSync(join(folder, name, attribute), `${value}\n`)
    }
  }
}

/** A folder as Linux would show it. */
const machine = (supplies: Supplies): string => {
  const folder = mkdtempSync(join(tmpdir(), 'kinora-power-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  write(folder, supplies)
  return folder
}

const battery = (status: string): Record<string, string> => ({ type: 'Battery', status, capacity: '77' })
const unplugged = { AC: { type: 'Mains', online: '0' }, BAT0: battery('Discharging') }

const machines: readonly (readonly [string, Supplies, boolean])[] = [
  ['a tower', {}, false],
  ['a tower that lists its mains', { AC: { type: 'Mains', online: '1' } }, false],
  ['an unplugged laptop', unplugged, true],
  ['a laptop that charges', { AC: { type: 'Mains', online: '1' }, BAT0: battery('Charging') }, false],
  ['a laptop that is full', { AC: { type: 'Mains', online: '1' }, BAT0: battery('Full') }, false],
  ['one that keeps at 80 %', { AC: { type: 'Mains', online: '1' }, BAT0: battery('Not charging') }, false],
  ['a charger that is too weak', { AC: { type: 'Mains', online: '1' }, BAT0: battery('Discharging') }, false],
  [
    'USB-C',
    { AC: { type: 'Mains', online: '0' }, ucsi: { type: 'USB', online: '1' }, BAT0: battery('Discharging') },
    false,
  ],
  [
    'two batteries, one in use',
    { ...unplugged, BAT0: battery('Unknown'), BAT1: battery('Discharging') },
    true,
  ],
  ['a laptop that lists no mains', { BAT0: battery('Discharging') }, true],
  ['a mouse on a tower', { hid: { ...battery('Discharging'), scope: 'Device' } }, false],
  ['a battery that says nothing', { BAT0: { type: 'Battery' } }, false],
]

test.for(machines)('%s', async ([, supplies, expected]) => {
  expect(await readPowerSupply(machine(supplies))).toBe(expected)
})

test('where Linux shows no supplies, nobody knows', async () => {
  expect(await readPowerSupply('/nonexistent/power_supply')).toBeNull()
})

test('tells when it is unplugged and plugged in, and then only', async () => {
  const folder = machine({ AC: { type: 'Mains', online: '1' }, BAT0: battery('Full') })
  const seen: (boolean | null)[] = []
  const supply = followPowerSupply({
    platform: 'linux',
    folder,
    milliseconds: 10,
    onChange: () => seen.push(supply.onBattery()),
  })
  onTestFinished(() => supply.close())
  expect(supply.onBattery()).toBeNull()
  await vi.waitFor(() => expect(seen).toEqual([false]))
  write(folder, unplugged)
  await vi.waitFor(() => expect(seen).toEqual([false, true]))
  write(folder, { AC: { type: 'Mains', online: '1' } })
  await vi.waitFor(() => expect(seen).toEqual([false, true, false]))
  supply.close()
  write(folder, unplugged)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(seen).toHaveLength(3)
})

test('other systems are told by the desktop', async () => {
  const onChange = vi.fn()
  const supply = followPowerSupply({
    platform: 'darwin',
    folder: machine(unplugged),
    milliseconds: 5,
    onChange,
  })
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect([supply.onBattery(), onChange.mock.calls.length]).toEqual([null, 0])
})
