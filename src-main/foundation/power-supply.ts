import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { drop } from './drop.ts'

/** Linux's own list of chargers and batteries (Documentation/ABI/testing/sysfs-class-power). */
export const powerSupplyFolder = '/sys/class/power_supply'

/** A minute of full work costs a battery little, and a battery that is asked wakes its controller up. */
const pollMilliseconds = 60_000

/** One attribute of a supply, or null: supplies have different ones, and a battery can be taken out at any moment. */
const attribute = async (supply: string, name: string): Promise<string | null> => {
  try {
    return (await readFile(join(supply, name), 'utf8')).trim()
  } catch {
    return null
  }
}

type Supply = 'charging' | 'discharging' | 'other'

const stateOf = async (supply: string): Promise<Supply> => {
  const ask = (name: string): Promise<string | null> => attribute(supply, name)
  const [type, scope, online, status] = await Promise.all([
    ask('type'),
    ask('scope'),
    ask('online'),
    ask('status'),
  ])
  // A mouse or a headset: its battery runs no computer.
  if (scope === 'Device') return 'other'
  // 2: programmable (USB Power Delivery).
  if (type === 'Mains' || type === 'USB') return online === '1' || online === '2' ? 'charging' : 'other'
  return type === 'Battery' && status === 'Discharging' ? 'discharging' : 'other'
}

/**
 * Whether the machine runs on its battery: one discharges and no charger is connected. False without a battery; null
 * where `folder` cannot be read.
 */
export const readPowerSupply = async (folder: string): Promise<boolean | null> => {
  let names: readonly string[]
  try {
    names = await readdir(folder)
  } catch {
    return null
  }
  const states = await Promise.all(names.map((name) => stateOf(join(folder, name))))
  return states.includes('discharging') && !states.includes('charging')
}

/** Follows the machine's power supply. */
export type PowerSupply = {
  /** Whether it runs on battery, as of the last look; null where that cannot be known. */
  readonly onBattery: () => boolean | null
  readonly close: () => void
}

export type PowerSupplyOptions = {
  readonly platform: NodeJS.Platform
  /** `powerSupplyFolder`, but for tests. */
  readonly folder: string
  /** It has begun or ceased to run on battery. */
  readonly onChange: () => void
  readonly milliseconds?: number
}

/** Looks now and then once a minute, on Linux; elsewhere the desktop tells (Electron's powerMonitor), and this is null. */
export const followPowerSupply = (options: PowerSupplyOptions): PowerSupply => {
  let now: boolean | null = null
  let closed = false
  const look = async (): Promise<void> => {
    const seen = await readPowerSupply(options.folder)
    if (closed || seen === now) return
    now = seen
    options.onChange()
  }
  if (options.platform !== 'linux') return { onBattery: () => null, close: () => undefined }
  drop(look())
  const timer = setInterval(() => drop(look()), options.milliseconds ?? pollMilliseconds)
  timer.unref()
  return {
    onBattery: () => now,
    close: () => {
      closed = true
      clearInterval(timer)
    },
  }
}
