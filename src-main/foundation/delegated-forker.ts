import * as v from 'valibot'
import { forkWithNode } from './engine-process.ts'
import type { EngineExit, Forker } from './engine-process.ts'
import { engineReport } from './engine-requests.ts'
import type { EngineRequest } from './engine-requests.ts'

/** Electron's `process.parentPort` of a utility process, as far as it is used here. */
export type EngineParentPort = {
  readonly postMessage: (message: unknown) => void
  readonly on: (event: 'message', listener: (event: { readonly data: unknown }) => void) => unknown
}

type Delegated = {
  pid: number | undefined
  readonly word: (word: unknown) => void
  readonly exit: (exit: EngineExit) => void
}

const signalNames = ['SIGTERM', 'SIGINT', 'SIGKILL'] as const

/** A forker whose engines are started by the parent at the other end of `port` (`shell/engines.ts`). */
export const createDelegatedForker = (port: EngineParentPort): Forker => {
  const engines = new Map<number, Delegated>()
  let nextId = 0
  const ask = (request: EngineRequest): void => port.postMessage(request)

  port.on('message', ({ data }) => {
    const parsed = v.safeParse(engineReport, data)
    if (!parsed.success) return // somebody else's message: this port carries more than ours
    const report = parsed.output
    const engine = engines.get(report.id)
    if (engine === undefined) return
    switch (report.kind) {
      case 'engine-spawned':
        engine.pid = report.pid
        break
      case 'engine-word':
        engine.word(report.word)
        break
      case 'engine-exited':
        engines.delete(report.id)
        engine.word(null)
        engine.exit(report.exit)
        break
    }
  })

  return (entry, options) => {
    const id = nextId++
    const exited = Promise.withResolvers<EngineExit>()
    const firstWord = Promise.withResolvers<unknown>()
    const engine: Delegated = { pid: undefined, word: firstWord.resolve, exit: exited.resolve }
    engines.set(id, engine)
    ask({
      kind: 'engine-fork',
      id,
      entry,
      arguments: [...options.arguments],
      log: options.log,
      environment: { ...options.environment },
    })
    return {
      get pid() {
        return engine.pid
      },
      exited: exited.promise,
      firstWord: firstWord.promise,
      kill: (signal) => {
        const known = signalNames.find((name) => name === signal)
        if (engines.has(id)) ask({ kind: 'engine-kill', id, signal: known ?? 'SIGTERM' })
      },
      // The parent holds the process, not we: there is nothing to let go of.
      release: () => undefined,
    }
  }
}

/** How this process starts engines: itself in Node; through its parent in a utility process of Electron. */
export const engineForker = (): Forker => {
  const { parentPort } = process as unknown as { readonly parentPort?: EngineParentPort }
  return parentPort === undefined ? forkWithNode : createDelegatedForker(parentPort)
}
