/**
 * `npm test`: types, lint, formats, then every suite; ends with a plain line `N passed, N failed`. Each step runs
 * whatever the ones before it said, so that one run tells everything.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

type Counts = {
  readonly passed: number
  readonly skipped: number
  /** What failed, a line each, to be said once more at the end: a log is often read from there. */
  readonly failures: readonly string[]
}

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
  const failures: string[] = []
  for (const command of commands) if (!(await run(command, {}, true))) failures.push(command.title)
  return { passed: commands.length - failures.length, skipped: 0, failures }
}

const readReport = (file: string): unknown =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null

/** A failed test's line: where, what, and the first line of why. */
const failureLine = (file: string, title: string, why = ''): string =>
  `${relative(process.cwd(), resolve(file))} > ${title}${why === '' ? '' : `: ${stripVTControlCharacters(why).split('\n')[0] ?? ''}`}`

const noReport = (title: string): Counts => ({
  passed: 0,
  skipped: 0,
  failures: [`${title} left no report`],
})

type VitestReport = {
  readonly numPassedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages?: readonly string[]
    }[]
  }[]
}

const runVitest = async (): Promise<Counts> => {
  const title = 'unit, contract, engine and application tests'
  const file = join(reports, 'vitest.json')
  const isFine = await run({
    title,
    command: 'vitest',
    args: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  })
  const report = readReport(file) as VitestReport | null
  if (report === null) return noReport(title)
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    // A suite that could not even be loaded has no failed test of its own.
    if (failed.length === 0) return status === 'failed' ? [failureLine(name, 'all of it', message)] : []
    return failed.map((test) => failureLine(name, test.fullName, test.failureMessages?.[0]))
  })
  if (failures.length === 0 && !isFine) failures.push(`${title}: an error outside of every test`)
  return {
    passed: report.numPassedTests,
    skipped: report.numPendingTests,
    failures,
  }
}

type PlaywrightSuite = {
  readonly specs: readonly {
    readonly file: string
    readonly title: string
    readonly tests: readonly {
      readonly status: string
      readonly results: readonly { readonly errors: readonly { readonly message: string }[] }[]
    }[]
  }[]
  readonly suites?: readonly PlaywrightSuite[]
}
type PlaywrightReport = {
  readonly config: { readonly rootDir: string }
  readonly suites: readonly PlaywrightSuite[]
  readonly stats: { readonly expected: number; readonly skipped: number }
}

const runPlaywright = async (): Promise<Counts> => {
  const title = 'interface tests'
  if (chromium === undefined) {
    say('\nSKIPPED: the interface tests need Chromium (/usr/bin/chromium or KINORA_CHROMIUM)')
    return { passed: 0, skipped: 1, failures: [] }
  }
  const file = join(reports, 'playwright.json')
  const isFine = await run(
    { title, command: 'playwright', args: ['test', '--reporter=list,json'] },
    { PLAYWRIGHT_JSON_OUTPUT_NAME: file, KINORA_CHROMIUM: chromium },
  )
  const report = readReport(file) as PlaywrightReport | null
  if (report === null) return noReport(title)
  /** A line for each test that ended so; the first error says why. */
  const linesOf = ({ specs, suites = [] }: PlaywrightSuite, status: string): string[] => [
    ...specs
      .filter(({ tests }) => tests.some((test) => test.status === status))
      .map((spec) =>
        failureLine(
          join(report.config.rootDir, spec.file),
          spec.title,
          spec.tests[0]?.results[0]?.errors[0]?.message,
        ),
      ),
    ...suites.flatMap((suite) => linesOf(suite, status)),
  ]
  const endedSo = (status: string): string[] => report.suites.flatMap((suite) => linesOf(suite, status))
  const failures = endedSo('unexpected')
  const flaky = endedSo('flaky')
  if (flaky.length > 0) say(`\nPassed only when tried again:\n${flaky.map((line) => `  ${line}`).join('\n')}`)
  if (failures.length === 0 && !isFine) failures.push(`${title}: an error outside of every test`)
  const { expected, skipped } = report.stats
  return { passed: expected + flaky.length, skipped, failures }
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

const total = (key: 'passed' | 'skipped'): number => steps.reduce((sum, counts) => sum + counts[key], 0)
const failures = steps.flatMap((counts) => counts.failures)
if (failures.length > 0) say(`\nFailed:\n${failures.map((line) => `  ${line}`).join('\n')}`)
say(`\n${total('passed')} passed, ${failures.length} failed, ${total('skipped')} skipped`)
process.exitCode = failures.length === 0 ? 0 : 1
