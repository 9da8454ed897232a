import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pino } from 'pino'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { classifyGone } from '../../src-main/shell/engine-ends.ts'
import { createUtilityForker } from '../../src-main/shell/engines.ts'
import { engineProcesses } from './engine-processes.ts'
import { until } from './desktop.ts'

vi.mock('electron', () => import('./stub/electron.ts'))

/** Engines as utility processes: how they end, and how one has others started for it. */
const folder = mkdtempSync(join(tmpdir(), 'kinora-engines-'))
const foundation = resolve(import.meta.dirname, '..', '..', 'src-main', 'foundation')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const script = (name: string, code: string): string => {
  const file = join(folder, `${name}.ts`)
  writeFileSync(file, code)
  return file
}
const tell = `import { tellParent } from ${JSON.stringify(join(foundation, 'parent-link.ts'))}\n`
const delegate = `import { engineForker } from ${JSON.stringify(join(foundation, 'delegated-forker.ts'))}\n`
const sleeper = script(
  'sleeper',
  `${tell}tellParent({ kind: 'ready', argv: process.argv.slice(2) }); setInterval(() => {}, 1000)`,
)
const entries = {
  sleeper,
  ends: script('ends', 'process.exit(0)'),
  throws: script('throws', "throw new Error('no film is worth this')"),
  segfaults: script('segfaults', "process.kill(process.pid, 'SIGSEGV'); setInterval(() => {}, 1000)"),
  asker: script(
    'asker',
    `${tell}${delegate}
const fork = engineForker()
const log = ${JSON.stringify(join(folder, 'asked.log'))}
const child = fork(${JSON.stringify(sleeper)}, { arguments: ['--of', 'asker'], detached: false, log })
const word = await child.firstWord
const pid = child.pid
child.kill('SIGKILL')
const exit = await child.exited
const refused = fork('/bin/sh', { arguments: [], detached: false, log })
const last = fork(${JSON.stringify(sleeper)}, { arguments: ['--orphan', ${JSON.stringify(folder)}], detached: false, log })
await last.firstWord
tellParent({ word, hasPid: typeof pid === 'number', exit: exit.kind, refused: await refused.exited })
setInterval(() => {}, 1000)`,
  ),
}
const fork = createUtilityForker({ entries, log: pino({ level: 'silent' }) })
const start = (name: keyof typeof entries): ReturnType<typeof fork> =>
  fork(entries[name], { arguments: ['--library', folder], detached: false, log: join(folder, `${name}.log`) })

describe('utility engines', () => {
  it('says its first word and takes its arguments', async () => {
    const engine = start('sleeper')
    expect(await engine.firstWord).toEqual({ kind: 'ready', argv: ['--library', folder] })
    engine.kill('SIGTERM')
    expect(await engine.exited).toMatchObject({ kind: 'ended', code: 0 })
  })

  it('tells an end, a crash and a kill apart', async () => {
    expect(await start('ends').exited).toMatchObject({ kind: 'ended', code: 0 })
    const thrown = start('throws')
    expect(await thrown.exited).toMatchObject({ kind: 'crashed', code: 1 })
    expect(await thrown.firstWord).toBeNull()
    expect(await start('segfaults').exited).toMatchObject({ kind: 'crashed', signal: 'crashed' })
    const killed = start('sleeper')
    await killed.firstWord
    killed.kill('SIGKILL')
    expect(await killed.exited).toMatchObject({ kind: 'killed' })
  })

  it('keeps what an engine writes to stderr in its log', () => {
    expect(readFileSync(join(folder, 'throws.log'), 'utf8')).toContain('no film is worth this')
  })

  it('knows every reason that Electron gives', () => {
    const kinds = (
      ['clean-exit', 'abnormal-exit', 'killed', 'crashed', 'oom', 'launch-failed', 'memory-eviction'] as const
    ).map((reason) => classifyGone(1, reason).kind)
    expect(kinds).toEqual(['ended', 'crashed', 'killed', 'crashed', 'crashed', 'crashed', 'killed'])
    expect([classifyGone(0, null).kind, classifyGone(5, null).kind]).toEqual(['ended', 'crashed'])
  })

  it('starts engines for an engine that cannot, only known ones, and ends them with it', async () => {
    const asker = start('asker')
    expect(await asker.firstWord).toEqual({
      word: { kind: 'ready', argv: ['--of', 'asker'] },
      hasPid: true,
      exit: 'killed',
      refused: { code: null, signal: 'refused', kind: 'crashed' },
    })
    const orphans = (): Promise<number> =>
      Promise.resolve(engineProcesses('--orphan').filter(({ command }) => command.includes(folder)).length)
    expect(await orphans()).toBe(1)
    asker.kill('SIGKILL')
    await asker.exited
    expect(await until(orphans, (count) => count === 0, 5)).toBe(0)
  })

  it('refuses to start anything but an engine', () => {
    expect(() => fork('/bin/sh', { arguments: [], detached: false, log: join(folder, 'x.log') })).toThrow(
      /no engine/,
    )
  })
})
