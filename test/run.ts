/**
 * `npm test`: types, lint, formats, then every suite; ends with a plain line `N passed, N failed`. Each step runs
 * whatever the ones before it said, so that one run tells everything.
 */
import { spawnSync } from 'node:child_process'
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

const run = (
  title: string,
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): boolean => {
  say(`\n== ${title}`)
  const start = performance.now()
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...environment } })
  say(
    `== ${title}: ${status === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - start) / 1000).toFixed(0)} s`,
  )
  return status === 0
}

/** A step that is one check: passed or failed as a whole. */
const check = (title: string, command: string, args: readonly string[]): Counts =>
  run(title, command, args) ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }

const readReport = (file: string): unknown =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null

const runVitest = (): Counts => {
  const file = join(reports, 'vitest.json')
  const isFine = run('unit, contract, engine and application tests', 'vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
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

const runPlaywright = (): Counts => {
  if (!existsSync('playwright.config.ts')) return { passed: 0, failed: 0, skipped: 0 }
  if (chromium === undefined) {
    say('\nSKIPPED: the interface tests need Chromium (/usr/bin/chromium or KINORA_CHROMIUM)')
    return { passed: 0, failed: 0, skipped: 1 }
  }
  const file = join(reports, 'playwright.json')
  const isFine = run('interface tests', 'playwright', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    KINORA_CHROMIUM: chromium,
  })
  const report = readReport(file) as {
    stats: { expected: number; unexpected: number; skipped: number }
  } | null
  if (report === null) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, skipped } = report.stats
  return { passed: expected, failed: Math.max(unexpected, isFine ? 0 : 1), skipped }
}

const steps: readonly Counts[] = [
  check('types', process.execPath, ['test/types.ts']),
  check('lint', 'eslint', ['.', '--max-warnings', '0']),
  check('formats', 'prettier', ['--check', '--log-level', 'warn', '.']),
  check('build', 'electron-vite', ['build', '--logLevel', 'warn']),
  runVitest(),
  runPlaywright(),
]
rmSync(reports, { recursive: true, force: true })

const total = (key: keyof Counts): number => steps.reduce((sum, counts) => sum + counts[key], 0)
const failed = total('failed')
say(`\n${total('passed')} passed, ${failed} failed, ${total('skipped')} skipped`)
process.exitCode = failed === 0 ? 0 : 1
