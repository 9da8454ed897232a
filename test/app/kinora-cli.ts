import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { engineProcesses } from './engine-processes.ts'

/** How one run of the program ended, and what it said. */
export type Run = {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
  /** Stdout as the one JSON document that it must be; throws where it is not. */
  readonly json: () => unknown
}

/** A run that is under way. */
export type Running = {
  readonly child: ChildProcess
  /** The lines of stdout so far, whole ones. */
  readonly lines: () => readonly string[]
  readonly ended: Promise<Run>
}

/** A library of its own in a temporary folder, and the program run on it from the sources. */
export type KinoraCli = {
  readonly library: string
  /** An empty folder beside the library, for films. */
  readonly films: string
  /** Runs `COMMAND --library DIR --json REST…` to its end. */
  readonly run: (command: string, ...rest: readonly string[]) => Promise<Run>
  readonly start: (command: string, ...rest: readonly string[]) => Running
  /** As `run`, and the document; throws unless the exit status is one of `statuses` (0 and 1). */
  readonly ask: <T>(command: string, ...rest: readonly string[]) => Promise<T>
  /** The process id of the running service, or null. */
  readonly servicePid: () => number | null
  /** Waits until no process of this library is left, then removes everything. Throws when some stay. */
  readonly dispose: () => Promise<void>
}

const entry = resolve(import.meta.dirname, '..', '..', 'src-main', 'cli.ts')
const farewellMilliseconds = 15_000

const begin = (args: readonly string[], environment: NodeJS.ProcessEnv): Running => {
  const child = spawn(process.execPath, [entry, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  const ended = new Promise<Run>((settle, reject) => {
    child.once('error', reject)
    child.once('close', (status) =>
      settle({
        status,
        stdout,
        stderr,
        json: () => {
          try {
            return JSON.parse(stdout) as unknown
          } catch (cause) {
            throw new Error(`no JSON document: ${stdout.slice(0, 400)} ${stderr.slice(0, 800)}`, { cause })
          }
        },
      }),
    )
  })
  return { child, lines: () => stdout.split('\n').slice(0, -1), ended }
}

/** Runs the program with exactly these arguments. */
export const runKinora = (args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Run> =>
  begin(args, environment).ended

/** A new library. `environment` is added to that of every run. Whoever makes it disposes it. */
export const createKinoraCli = (environment: NodeJS.ProcessEnv = {}): KinoraCli => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'kinora-app-')))
  const library = join(root, 'library')
  // The same name each time: its words are found, and libraries are compared.
  const films = join(root, 'testfilms')
  mkdirSync(films)
  const start: KinoraCli['start'] = (command, ...rest) =>
    // Models that this machine has downloaded are not there for tests.
    begin([command, '--library', library, '--json', ...rest], {
      KINORA_MODELS: join(root, 'models'),
      ...environment,
    })
  const run: KinoraCli['run'] = (command, ...rest) => start(command, ...rest).ended
  return {
    library,
    films,
    run,
    start,
    ask: async <T>(command: string, ...rest: readonly string[]): Promise<T> => {
      const ended = await run(command, ...rest)
      if (ended.status === 0 || ended.status === 1) return ended.json() as T
      throw new Error(`${command} ${rest.join(' ')}: status ${ended.status}: ${ended.stdout}${ended.stderr}`)
    },
    servicePid: () => {
      const file = join(library, 'service.json')
      if (!existsSync(file)) return null
      return (JSON.parse(readFileSync(file, 'utf8')) as { readonly pid: number }).pid
    },
    dispose: async () => {
      const deadline = performance.now() + farewellMilliseconds
      let left = engineProcesses(root)
      while (left.length > 0 && performance.now() < deadline) {
        await sleep(100)
        left = engineProcesses(root)
      }
      for (const { pid } of left) process.kill(pid, 'SIGKILL')
      rmSync(root, { recursive: true, force: true })
      if (left.length > 0) throw new Error(`left running: ${left.map((one) => one.command).join('; ')}`)
    },
  }
}

/** Asks again and again until `probe` answers; throws after `seconds`. */
export const eventually = async <T>(
  what: string,
  seconds: number,
  probe: () => T | null | Promise<T | null>,
): Promise<T> => {
  const deadline = performance.now() + seconds * 1000
  while (performance.now() < deadline) {
    const answer = await probe()
    if (answer !== null) return answer
    await sleep(100)
  }
  throw new Error(`${what} did not happen in ${seconds} s`)
}

/** Keeps one service (and with it a loaded encoder) running for as long as `act` takes: many questions, one start. */
export const whileServed = async <T>(kinora: KinoraCli, act: () => Promise<T>): Promise<T> => {
  const keeper = kinora.start('watch')
  try {
    await eventually('a service', 30, () => (keeper.lines().length > 0 ? true : null))
    return await act()
  } finally {
    keeper.child.kill('SIGINT')
    await keeper.ended
  }
}
