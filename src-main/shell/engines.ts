import { makeFolder } from '../foundation/make-folder.ts'
import { createWriteStream } from 'node:fs'
import { dirname } from 'node:path'
import { utilityProcess } from 'electron'
import type { UtilityProcess } from 'electron'
import * as v from 'valibot'
import type { EngineExit, EngineProcess, Forker, ForkOptions } from '../foundation/engine-process.ts'
import { engineRequest } from '../foundation/engine-requests.ts'
import type { EngineReport, EngineRequest } from '../foundation/engine-requests.ts'
import type { Log } from '../foundation/log.ts'
import { drop } from '../foundation/drop.ts'
import { classifyGone, killUtility, watchGone } from './engine-ends.ts'

export type UtilityForkerOptions = {
  /** The only files that may be started, by their absolute paths, with the names they are shown by. */
  readonly entries: Readonly<Record<string, string>>
  readonly log: Log
}

/**
 * Engines as Electron's utility processes. An engine may ask for further engines over its parent port
 * (`foundation/delegated-forker.ts`); those end with the one that asked. Only files of `entries` are started.
 */
export const createUtilityForker = ({ entries, log }: UtilityForkerOptions): Forker => {
  const names = new Map(Object.entries(entries).map(([name, file]) => [file, name]))
  let started = 0

  const fork = (entry: string, options: ForkOptions, onPid: (pid: number) => void): EngineProcess => {
    const name = names.get(entry)
    if (name === undefined) throw new Error(`${entry} is no engine of Kinora's`)
    const serviceName = `kinora-${name}-${String(++started)}`
    makeFolder(dirname(options.log))
    const gone = watchGone(serviceName)
    const child = utilityProcess.fork(entry, [...options.arguments], {
      serviceName,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...options.environment },
    })
    const errors = createWriteStream(options.log, { flags: 'a' })
    errors.on('error', (err) => log.error({ err, serviceName }, 'the log of an engine cannot be written'))
    if (child.stderr === null) errors.end()
    else child.stderr.pipe(errors) // which ends it too, after the process's last words

    const exited = Promise.withResolvers<EngineExit>()
    const firstWord = Promise.withResolvers<unknown>()
    const asked = new Map<number, EngineProcess>()
    child.on('message', (message: unknown) => {
      const request = v.safeParse(engineRequest, message)
      if (request.success) serve(child, asked, request.output)
      else firstWord.resolve(message)
    })
    child.once('spawn', () => {
      if (child.pid !== undefined) onPid(child.pid)
    })
    child.once('exit', (code) => {
      for (const engine of asked.values()) engine.kill('SIGTERM')
      firstWord.resolve(null)
      drop(gone(code).then((reason) => exited.resolve(classifyGone(code, reason))))
    })
    return {
      get pid() {
        return child.pid
      },
      exited: exited.promise,
      firstWord: firstWord.promise,
      kill: (signal) => killUtility(child, signal),
      // A utility process lives no longer than the app, whoever else has joined it.
      release: () => undefined,
    }
  }

  /** Does for an engine what it cannot do itself. */
  const serve = (asker: UtilityProcess, asked: Map<number, EngineProcess>, request: EngineRequest): void => {
    const { id } = request
    const report = (message: EngineReport): void => {
      if (asker.pid !== undefined) asker.postMessage(message) // undefined once it has ended
    }
    if (request.kind === 'engine-kill') {
      asked.get(id)?.kill(request.signal)
      return
    }
    if (!names.has(request.entry) || asked.has(id)) {
      log.error({ request }, 'engines: refused to start it')
      report({ kind: 'engine-exited', id, exit: { code: null, signal: 'refused', kind: 'crashed' } })
      return
    }
    const engine = fork(request.entry, { ...request, detached: false }, (pid) =>
      report({ kind: 'engine-spawned', id, pid }),
    )
    asked.set(id, engine)
    drop(
      engine.firstWord.then((word) => {
        if (word !== null) report({ kind: 'engine-word', id, word })
      }),
    )
    drop(
      engine.exited.then((exit) => {
        asked.delete(id)
        report({ kind: 'engine-exited', id, exit })
      }),
    )
  }
  return (entry, options) => fork(entry, options, () => undefined)
}
