import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** A process that was started with a path of some library in its arguments. */
export type EngineProcessRow = {
  readonly pid: number
  readonly name: 'catalog' | 'indexer' | 'encoder' | 'other'
  readonly command: string
}

const nameOf = (command: string): EngineProcessRow['name'] =>
  (['catalog', 'indexer', 'encoder'] as const).find((name) =>
    new RegExp(`${name}[/\\\\]engine\\.ts`).test(command),
  ) ?? 'other'

const fromProc = (): readonly (readonly [number, string])[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [[Number(name), readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')] as const]
      } catch {
        return [] // it has ended since it was listed
      }
    })

const fromPs = (): readonly (readonly [number, string])[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const match = /^\s*(\d+) (.*)$/.exec(line)
      return match === null ? [] : [[Number(match[1]), match[2] ?? ''] as const]
    })

/** Every living process that has `path` in its arguments, this one left out. */
export const engineProcesses = (path: string): readonly EngineProcessRow[] =>
  (existsSync('/proc/self/cmdline') ? fromProc() : fromPs())
    .filter(([pid, command]) => pid !== process.pid && command.includes(path))
    .map(([pid, command]) => ({ pid, command, name: nameOf(command) }))

/** Watches how much memory the engines of `path` hold, until `stop`. Linux only: elsewhere it sees nothing. */
export const peakMemory = (
  path: string,
): { readonly stop: () => ReadonlyMap<EngineProcessRow['name'], number> } => {
  const peaks = new Map<EngineProcessRow['name'], number>()
  const look = (): void => {
    if (!existsSync('/proc/self/status')) return
    for (const { pid, name } of engineProcesses(path)) {
      try {
        const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
        peaks.set(name, Math.max(peaks.get(name) ?? 0, Number(kilobytes ?? 0) * 1024))
      } catch {
        continue // it has ended since it was listed
      }
    }
  }
  const timer = setInterval(look, 250)
  return {
    stop: () => {
      clearInterval(timer)
      return peaks
    },
  }
}

/** Clock ticks a second of /proc/PID/stat: 100 on every Linux that Node runs on. */
const ticks = 100

/**
 * Follows the CPU seconds that the engine `name` of `path` and its ended children have used, until `stop`; NaN where
 * the system does not tell. Unlike a wall clock it hardly depends on what else the machine does.
 */
export const cpuSeconds = (path: string, name: EngineProcessRow['name']): { readonly stop: () => number } => {
  const used = new Map<number, number>()
  const look = (): void => {
    if (!existsSync('/proc/self/stat')) return
    for (const { pid } of engineProcesses(path).filter((one) => one.name === name)) {
      try {
        // After the name in brackets, which may hold anything: fields 14 to 17 are utime, stime, cutime, cstime.
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
        const sum = fields.slice(11, 15).reduce((total, field) => total + Number(field), 0)
        used.set(pid, sum / ticks)
      } catch {
        continue // it has ended since it was listed
      }
    }
  }
  const timer = setInterval(look, 100)
  return {
    stop: () => {
      clearInterval(timer)
      return used.size === 0 ? NaN : [...used.values()].reduce((total, one) => total + one, 0)
    },
  }
}
