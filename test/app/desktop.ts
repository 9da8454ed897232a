import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Inside } from './stub/boot.ts'
import type { DesktopBuild } from './build.ts'

export type DesktopOptions = {
  /** What the folder dialog answers; none: cancelled. */
  readonly folders?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** Kept from an earlier start; a new one is made, and removed at the end, where it is left out. */
  readonly home?: string
}

/** A built desktop that runs on the stub of Electron. */
export type Desktop = {
  readonly library: string
  readonly home: string
  /** Runs a function of plain values in the main process. */
  readonly evaluate: <Argument, Value>(
    run: (inside: Inside, argument: Argument) => Value | Promise<Value>,
    argument: Argument,
  ) => Promise<Value>
  /** Asks through what the preload exposes to the page. */
  readonly call: (group: string, name: string, args?: unknown) => Promise<Result<unknown>>
  /** Quits as a person does; the exit status. */
  readonly quit: () => Promise<number | null>
}

type Answer = {
  readonly kind: string
  readonly id: number
  readonly value?: unknown
  readonly error?: string
}

/** Starts a built desktop. */
export const startDesktop = async (build: DesktopBuild, options: DesktopOptions = {}): Promise<Desktop> => {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'kinora-desktop-'))
  const library = join(home, 'library')
  const child = fork(join(import.meta.dirname, 'stub', 'boot.ts'), [join(build.main, 'app.js')], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      KINORA_LIBRARY: library,
      STUB_USER_DATA: home,
      STUB_FOLDERS: JSON.stringify(options.folders ?? []),
      ...options.environment,
    },
  })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const booted = Promise.withResolvers<undefined>()
  const ended = once(child, 'exit') as Promise<[number | null]>
  let nextId = 0
  child.on('message', (message: Answer) => {
    if (message.kind === 'booted') booted.resolve(undefined)
    const asked = waiting.get(message.id)
    if (message.kind !== 'answer' || asked === undefined) return
    waiting.delete(message.id)
    if (message.error === undefined) asked.resolve(message.value)
    else asked.reject(new Error(message.error))
  })
  child.once('exit', () => {
    const gone = new Error('the desktop has ended')
    for (const asked of waiting.values()) asked.reject(gone)
    booted.reject(gone)
  })
  await booted.promise

  const evaluate: Desktop['evaluate'] = async (run, argument) => {
    const asked = Promise.withResolvers<unknown>()
    const id = nextId++
    waiting.set(id, asked)
    child.send({ id, source: run.toString(), argument })
    return (await asked.promise) as Awaited<ReturnType<typeof run>>
  }
  return {
    library,
    home,
    evaluate,
    call: (group, name, args = {}) =>
      evaluate(
        async (inside, [callId, ...rest]) => {
          type Call = (id: number, ...rest: readonly unknown[]) => Promise<Result<unknown>>
          // The page is loaded a moment after the window has opened.
          for (let wait = 0; wait < 100 && inside.world() === null; wait += 1)
            await new Promise((resolve) => setTimeout(resolve, 50))
          const bridge = inside.world()?.['kinora'] as { readonly call: Call }
          return bridge.call(callId, ...rest)
        },
        [nextId + 1_000_000, group, name, args] as [number, ...unknown[]],
      ),
    quit: async () => {
      if (child.exitCode === null) await evaluate(({ app }) => app.quit(), null).catch(() => undefined)
      const [code] = await ended
      if (options.home === undefined) rmSync(home, { recursive: true, force: true })
      return code
    },
  }
}

/** Asks again and again until `wanted` is satisfied; throws the last answer after `seconds`. */
export const until = async <T>(
  ask: () => Promise<T>,
  wanted: (answer: T) => boolean,
  seconds: number,
): Promise<T> => {
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (wanted(answer)) return answer
    if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(answer)} after ${seconds} s`)
    await sleep(200)
  }
}
