/**
 * `npm test`: types, lint, formats, then every suite; ends with a plain line `N passed, N failed`. Each step runs
 * whatever the ones before it said, so that one run tells everything.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number }

const reports = mkdtempSync(join(tmpdir(), 'kinora-test-'))
const chromium = [process.env['KINORA_CHROMIUM'], '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
)

// Hundreds of processes load the same modules: with their code kept, one starts in 0.8 s instead of 2 (measured).
process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'kinora-compile-cache')

const say = (line: string): void => void process.stdout.write(`${line}\n`)

type Command = { readonly title: string; readonly command: string; readonly args: readonly string[] }

/** Runs a command to its end; `isQuiet`: what it says comes at once, when it has ended. Answers whether all was well. */
const run = async (
  { title, command, args }: Command,
  environment: NodeJS.ProcessEnv = {},
  isQuiet = false,
): Promise<boolean> => {
  if (!isQuiet) say(`\n== ${title}`)
  const start = performance.now()
  const child = spawn(command, args, {
    stdio: isQuiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: { ...process.env, ...environment },
  })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => said.push(data))
  const status = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      said.push(Buffer.from(`${error.message}\n`))
      resolve(null)
    })
    child.once('close', resolve)
  })
  if (isQuiet) say(`\n== ${title}`)
  process.stdout.write(Buffer.concat(said))
  say(
    `== ${title}: ${status === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - start) / 1000).toFixed(0)} s`,
  )
  return status === 0
}

/** Steps that are one check each, passed or failed as a whole, one after the other. */
const checks = async (commands: readonly Command[]): Promise<Counts> => {
  let passed = 0
  for (const command of commands) if (await run(command, {}, true)) passed += 1
  return { passed, failed: commands.length - passed, skipped: 0 }
}

const readReport = (file: string): unknown =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null

const runVitest = async (): Promise<Counts> => {
  const file = join(reports, 'vitest.json')
  const isFine = await run({
    title: 'unit, contract, engine and application tests',
    command: 'vitest',
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  })
  const report = readReport(file) as {
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
    numFailedTestSuites: number
  } | null
  if (report === null) return { passed: 0, failed: 1, skipped: 0 }
  // A suite that could not even be loaded has no failed test of its own.
  const failed = Math.max(report.numFailedTests, isFine ? 0 : 1)
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests }
}

const runPlaywright = async (): Promise<Counts> => {
  if (!existsSync('playwright.config.ts')) return { passed: 0, failed: 0, skipped: 0 }
  if (chromium === undefined) {
    say('\nSKIPPED: the interface tests need Chromium (/usr/bin/chromium or KINORA_CHROMIUM)')
    return { passed: 0, failed: 0, skipped: 1 }
  }
  const file = join(reports, 'playwright.json')
  const isFine = await run(
    { title: 'interface tests', command: 'playwright', args: ['test', '--reporter=list,json'] },
    { PLAYWRIGHT_JSON_OUTPUT_NAME: file, KINORA_CHROMIUM: chromium },
  )
  const report = readReport(file) as {
    stats: { expected: number; unexpected: number; skipped: number }
  } | null
  if (report === null) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, skipped } = report.stats
  return { passed: expected, failed: Math.max(unexpected, isFine ? 0 : 1), skipped }
}

// Each of them is busy with one core: two at a time.
const steps: readonly Counts[] = [
  ...(await Promise.all([
    checks([{ title: 'lint', command: 'eslint', args: ['.', '--max-warnings', '0'] }]),
    checks([
      { title: 'types', command: process.execPath, args: ['test/types.ts'] },
      { title: 'formats', command: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
      { title: 'build', command: 'electron-vite', args: ['build', '--logLevel', 'warn'] },
    ]),
  ])),
  await runVitest(),
  await runPlaywright(),
]
rmSync(reports, { recursive: true, force: true })

const total = (key: keyof Counts): number => steps.reduce((sum, counts) => sum + counts[key], 0)
const failed = total('failed')
say(`\n${total('passed')} passed, ${failed} failed, ${total('skipped')} skipped`)
process.exitCode = failed === 0 ? 0 : 1
