import type { EngineExit, EngineProcess, Forker } from '../foundation/engine-process.ts'
import { drop } from '../foundation/drop.ts'
import type { Log } from '../foundation/log.ts'

const firstDelayMilliseconds = 250
const longestDelayMilliseconds = 30_000
/** An engine that has lived so long has got over what killed it. */
const steadyMilliseconds = 30_000

/** How long to wait before the next start after `deaths` deaths in a row: doubling, at most half a minute. */
export const restartDelay = (deaths: number): number =>
  deaths === 0 ? 0 : Math.min(longestDelayMilliseconds, firstDelayMilliseconds * 2 ** (deaths - 1))

export type Engine = {
  /** Starts it unless it runs, and keeps it running until `rest`. */
  readonly need: () => void
  /** It may end; it is not started again until it is needed. */
  readonly rest: () => void
  /** Ends the one that runs; while it is needed another starts at once. */
  readonly renew: () => Promise<void>
  readonly stop: () => Promise<void>
  readonly pid: () => number | undefined
}

export type EngineOptions = {
  readonly name: string
  readonly entry: string
  readonly library: string
  readonly logFile: string
  readonly fork: Forker
  readonly log: Log
  readonly onExit: (exit: EngineExit) => void
}

const patienceMilliseconds = 3_000

/** Keeps one engine process alive while it is needed: restarted with back-off, its end told to `onExit`. */
export const createEngine = (options: EngineOptions): Engine => {
  let process: EngineProcess | null = null
  let needed = false
  let stopped = false
  let deaths = 0
  let timer: NodeJS.Timeout | null = null

  const start = (): void => {
    timer = null
    if (process !== null || !needed || stopped) return
    const startedAt = performance.now()
    const child = options.fork(options.entry, {
      arguments: ['--library', options.library],
      detached: false,
      log: options.logFile,
    })
    process = child
    drop(
      child.exited.then((exit) => {
        process = null
        const lived = performance.now() - startedAt
        deaths = exit.kind === 'ended' ? 0 : lived > steadyMilliseconds ? 1 : deaths + 1
        if (exit.kind !== 'ended') options.log.warn({ engine: options.name, ...exit, deaths }, 'engine died')
        options.onExit(exit)
        schedule()
      }),
    )
  }
  const schedule = (): void => {
    if (process !== null || timer !== null || !needed || stopped) return
    timer = setTimeout(start, restartDelay(deaths))
  }

  /** Ends it in order, and after a while in disorder. */
  const end = async (): Promise<void> => {
    const child = process
    if (child === null) return
    child.kill('SIGTERM')
    const impatient = setTimeout(() => child.kill('SIGKILL'), patienceMilliseconds)
    await child.exited
    clearTimeout(impatient)
  }

  return {
    need: () => {
      needed = true
      schedule()
    },
    rest: () => {
      needed = false
      if (timer !== null) clearTimeout(timer)
      timer = null
    },
    renew: end,
    stop: async () => {
      stopped = true
      await end()
    },
    pid: () => process?.pid,
  }
}
