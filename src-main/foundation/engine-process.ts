import { makeFolder } from './make-folder.ts'
import { fork } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

/** How a process ended. A crash is an end by a signal of its own fault or a thrown error; a kill came from outside. */
export type EngineExit = {
  readonly code: number | null
  readonly signal: string | null
  readonly kind: 'ended' | 'crashed' | 'killed'
}

export type EngineProcess = {
  readonly pid: number | undefined
  readonly exited: Promise<EngineExit>
  /** The first message the engine tells its parent; null when it ends before. */
  readonly firstWord: Promise<unknown>
  readonly kill: (signal: NodeJS.Signals) => void
  /** Lets the process live on without us. */
  readonly release: () => void
}

export type ForkOptions = {
  readonly arguments: readonly string[]
  /** Own process group: Ctrl-C in the terminal that started us does not reach it. */
  readonly detached: boolean
  /** File that takes stderr. */
  readonly log: string
  readonly environment?: Readonly<Record<string, string>>
}

/** Starts an engine: with `fork` in Node, as a utility process in Electron (`shell/engines.ts`). */
export type Forker = (entry: string, options: ForkOptions) => EngineProcess

const killSignals = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'])

/** Tells a kill (from outside: a person, the system, a closing terminal) from a crash (its own fault). */
export const classifyExit = (code: number | null, signal: string | null): EngineExit => {
  if (signal !== null) return { code, signal, kind: killSignals.has(signal) ? 'killed' : 'crashed' }
  return { code, signal, kind: code === 0 ? 'ended' : 'crashed' }
}

/** glibc keeps what a model gave back unless told otherwise: 446-720 MB after ViT-B/32, 90 MB with this (measured). */
const memoryFriendly = { MALLOC_TRIM_THRESHOLD_: '100000' }

/** Engines as plain Node processes. */
export const forkWithNode: Forker = (entry, options) => {
  makeFolder(dirname(options.log))
  const log = openSync(options.log, 'a')
  const child = fork(entry, [...options.arguments], {
    detached: options.detached,
    stdio: ['ignore', 'ignore', log, 'ipc'],
    execArgv: [],
    env: { ...process.env, ...memoryFriendly, ...options.environment },
  })
  closeSync(log)
  const exit = Promise.withResolvers<EngineExit>()
  const word = Promise.withResolvers<unknown>()
  child.once('message', (message) => word.resolve(message))
  child.once('error', () => {
    exit.resolve({ code: null, signal: null, kind: 'crashed' })
    word.resolve(null)
  })
  child.once('exit', (code, signal) => {
    exit.resolve(classifyExit(code, signal))
    word.resolve(null)
  })
  return {
    pid: child.pid,
    exited: exit.promise,
    firstWord: word.promise,
    kill: (signal) => void child.kill(signal),
    release: () => {
      if (child.connected) child.disconnect()
      child.unref()
    },
  }
}
