import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { classifyExit } from './foundation/engine-process.ts'
import type { EngineExit } from './foundation/engine-process.ts'
import { electronProgram, isBuildStale, noDisplay } from './terminal/start-facts.ts'

/**
 * `npm start`: builds what is missing, opens the desktop's window, and where that cannot be, says why in one line and
 * serves the same library to a browser. Options go on to the one that starts.
 */
const root = resolve(import.meta.dirname, '..')
const options = process.argv.slice(2)
/** A window that ends with an error so soon never came up. */
const atOnceMilliseconds = 10_000
const fetchMilliseconds = 300_000

const say = (line: string): void => void process.stderr.write(`kinora: ${line}\n`)

/** Runs a program to its end; what it prints goes to stderr unless it may have stdout. */
const run = (
  program: string,
  args: readonly string[],
  how: { readonly stdout: 'ours' | 'stderr'; readonly limit?: number },
): Promise<EngineExit> =>
  new Promise((settle) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['inherit', how.stdout === 'ours' ? 'inherit' : 2, 'inherit'],
      ...(how.limit === undefined ? {} : { timeout: how.limit }),
    })
    // The terminal tells the whole group of Ctrl-C; whoever stops only us means the child as well.
    const pass = (signal: NodeJS.Signals): void => void child.kill(signal)
    process.on('SIGTERM', pass)
    process.on('SIGINT', () => undefined)
    child.once('error', () => settle({ code: null, signal: null, kind: 'crashed' }))
    child.once('exit', (code, signal) => {
      process.off('SIGTERM', pass)
      settle(classifyExit(code, signal))
    })
  })

/** Electron's program, fetched now where it never was; its package has no install script. */
const fetchElectron = async (): Promise<string | null> => {
  const there = electronProgram(root)
  if (there !== null) return there
  say('Fetching Electron, once.')
  const installer = join(root, 'node_modules', 'electron', 'install.js')
  await run(process.execPath, [installer], { stdout: 'stderr', limit: fetchMilliseconds })
  return electronProgram(root)
}

/** Shows the window until it is closed; null then, else why it could not be shown. */
const showWindow = async (): Promise<string | null> => {
  const display = noDisplay(process.platform, process.env)
  if (display !== null) return display
  const program = await fetchElectron()
  if (program === null) return 'Electron could not be fetched (try: npx install-electron)'
  const since = performance.now()
  const { code, signal, kind } = await run(program, ['.', ...options], { stdout: 'ours' })
  if (kind !== 'crashed' || performance.now() - since > atOnceMilliseconds) {
    process.exitCode = code ?? 1
    return null
  }
  return `Electron ended at once (${signal ?? `status ${code ?? 'unknown'}`})`
}

const build = async (): Promise<boolean> => {
  if (!isBuildStale(root)) return true
  const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const { code } = await run(process.execPath, [builder, 'build', '--logLevel', 'warn'], { stdout: 'stderr' })
  return code === 0
}

if (await build()) {
  const why = await showWindow()
  if (why !== null) {
    say(`No desktop window: ${why}. Serving to a browser instead.`)
    const serve = join(root, 'src-main', 'serve.ts')
    const { code } = await run(process.execPath, [serve, '--open', ...options], { stdout: 'ours' })
    process.exitCode = code ?? 1
  }
} else {
  say('The build failed; nothing was started.')
  process.exitCode = 3
}
