import { fork as forkNode } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { app } from './electron.ts'
import { records } from './records.ts'

type ForkOptions = {
  readonly serviceName: string
  readonly stdio: readonly ('ignore' | 'pipe')[]
  readonly env: NodeJS.ProcessEnv
}

const crashSignals = new Set(['SIGSEGV', 'SIGABRT', 'SIGILL', 'SIGBUS', 'SIGTRAP'])

/** A utility process over a plain Node one, whose `process` looks as in Electron (`parent-port.ts`). */
class UtilityProcess extends EventEmitter {
  pid: number | undefined
  readonly stderr: Readable | null
  readonly #child: ChildProcess
  #killed = false
  constructor(entry: string, args: readonly string[], { serviceName, stdio, env }: ForkOptions) {
    super()
    records.forked.push(serviceName)
    this.#child = forkNode(entry, [...args], {
      execArgv: ['--import', join(import.meta.dirname, 'parent-port.ts')],
      env,
      serialization: 'advanced',
      stdio: [...stdio, 'ipc'],
    })
    this.stderr = this.#child.stderr
    this.#child.once('spawn', () => {
      this.pid = this.#child.pid
      this.emit('spawn')
    })
    this.#child.on('message', (message) => this.emit('message', message))
    this.#child.once('exit', (code, signal) => {
      this.pid = undefined
      const reason = signal === null ? 'abnormal-exit' : crashSignals.has(signal) ? 'crashed' : 'killed'
      const exitCode = this.#killed ? 0 : (code ?? 1)
      // Electron promises no order: the later one of the two is the harder case.
      this.emit('exit', exitCode)
      if (exitCode !== 0)
        app.emit('child-process-gone', {}, { type: 'Utility', reason, exitCode, name: serviceName })
    })
  }
  postMessage(message: unknown): void {
    // A process that was killed a moment ago: Electron drops what is sent to it, Node throws a broken pipe.
    this.#child.send(message as object, () => undefined)
  }
  /** Electron reports a process that it was told to end as ended with 0. */
  kill(): boolean {
    this.#killed = true
    return this.#child.kill('SIGTERM')
  }
}

export const utilityProcess = {
  fork: (entry: string, args: readonly string[], options: ForkOptions): UtilityProcess =>
    new UtilityProcess(entry, args, options),
}
