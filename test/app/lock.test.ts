import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { failureShape } from './answer-shapes.ts'
import type { IndexAnswer, ListAnswer, ProblemsAnswer } from './answer-shapes.ts'
import { engineProcesses } from './engine-processes.ts'
import { createKinoraCli, eventually } from './kinora-cli.ts'
import type { KinoraCli } from './kinora-cli.ts'
import { drawFilm } from './small-films.ts'

let kinora: KinoraCli
beforeEach(() => {
  kinora = createKinoraCli()
})
afterEach(() => kinora.dispose())

const indexed = async (): Promise<void> => {
  drawFilm(kinora.films, 'one.mp4')
  drawFilm(kinora.films, 'two.mp4', 'smptebars')
  await kinora.ask('add', kinora.films)
  await kinora.ask('index')
}

it('many starts at the same instant are one service', async () => {
  const runs = await Promise.all(Array.from({ length: 5 }, () => kinora.run('models')))
  expect(runs.map(({ status }) => status)).toEqual([0, 0, 0, 0, 0])
})

it('a library that somebody else holds is waited for', async () => {
  await indexed()
  // Holds the lock as a service would that has not come to listen yet.
  const holder = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import Sqlite from 'better-sqlite3'
       const lock = new Sqlite(process.argv[1]); lock.pragma('locking_mode = EXCLUSIVE'); lock.exec('BEGIN EXCLUSIVE')
       console.log('held'); setTimeout(() => process.exit(0), 4000)`,
      join(kinora.library, 'library.lock'),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], cwd: join(import.meta.dirname, '..', '..') },
  )
  await new Promise((resolve) => holder.stdout.once('data', resolve))
  const start = performance.now()
  expect((await kinora.ask<ListAnswer>('list')).videos).toHaveLength(2)
  expect(performance.now() - start).toBeGreaterThan(2000)
})

it('a service that was killed leaves no lock and no dead address behind', async () => {
  await indexed()
  const watching = kinora.start('watch')
  await eventually('a service', 20, () => (watching.lines().length > 0 ? kinora.servicePid() : null))
  for (const { pid } of engineProcesses(kinora.library)) process.kill(pid, 'SIGKILL')
  await watching.ended
  expect(existsSync(join(kinora.library, 'service.json'))).toBe(true)
  expect((await kinora.ask<ListAnswer>('list')).videos).toHaveLength(2)
})

it('a damaged derived.db is made again, with nothing lost', async () => {
  await indexed()
  const before = await kinora.ask<ListAnswer>('list')
  for (const ending of ['-wal', '-shm']) rmSync(join(kinora.library, `derived.db${ending}`), { force: true })
  writeFileSync(join(kinora.library, 'derived.db'), Buffer.alloc(40_000, 'no database'))
  const run = await kinora.run('index')
  expect(run.status, run.stdout).toBe(0)
  expect((run.json() as IndexAnswer).framesEmbedded).toBeGreaterThan(0)
  expect((await kinora.ask<ListAnswer>('list')).videos).toEqual(before.videos)
  expect((await kinora.ask<{ moments: unknown[] }>('search', 'two')).moments.length).toBeGreaterThan(0)
})

it('a deleted derived.db is made again', async () => {
  await indexed()
  for (const ending of ['', '-wal', '-shm'])
    rmSync(join(kinora.library, `derived.db${ending}`), { force: true })
  expect((await kinora.run('index')).status).toBe(0)
  expect((await kinora.ask<ListAnswer>('list')).videos).toHaveLength(2)
  expect((await kinora.ask<{ moments: unknown[] }>('search', 'two')).moments.length).toBeGreaterThan(0)
})

it('a damaged library.db is said, not overwritten', async () => {
  await indexed()
  for (const ending of ['-wal', '-shm']) rmSync(join(kinora.library, `library.db${ending}`), { force: true })
  writeFileSync(join(kinora.library, 'library.db'), Buffer.alloc(40_000, 'no database'))
  const run = await kinora.run('list')
  expect(run.status).toBe(3)
  expect(v.parse(failureShape, run.json()).error.code).toBe('bad-database')
  expect(run.stderr).toBe('')
})

it('a library folder that may not be written to is said in one line', async (context) => {
  // Root may write everywhere: a file in the folder's place is what even root cannot make a folder of.
  if (process.getuid?.() === 0) {
    mkdirSync(join(kinora.library, '..'), { recursive: true })
    writeFileSync(kinora.library, 'a file')
  } else {
    mkdirSync(kinora.library)
    chmodSync(kinora.library, 0o500)
    context.onTestFinished(() => chmodSync(kinora.library, 0o700))
  }
  const run = await kinora.run('list')
  expect(run.status).toBe(3)
  const { error } = v.parse(failureShape, run.json())
  expect(error.message.split('\n')).toHaveLength(1)
  expect(error.message).toContain(kinora.library)
})

const mountTiny = (folder: string, size: string): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false // not allowed here: the caller says so
  }
}

it('a full disk for pictures is a problem with its code, and it recovers', async (context) => {
  drawFilm(kinora.films, 'one.mp4', 'mandelbrot')
  await kinora.ask('add', kinora.films)
  const pictures = join(kinora.library, 'pictures')
  mkdirSync(pictures, { recursive: true })
  if (!mountTiny(pictures, '8k')) {
    console.warn('SKIPPED: a full disk needs a mount of tmpfs, which is not allowed here')
    context.skip()
  }
  try {
    const full = await kinora.run('index')
    expect(full.status).toBe(1)
    const { problems } = await kinora.ask<ProblemsAnswer>('problems')
    expect(problems.map(({ code, stage }) => ({ code, stage }))).toEqual([
      { code: 'disk-full', stage: 'skimmed' },
    ])
    expect(readdirSync(pictures).filter((name) => !name.endsWith('.jpg'))).toEqual([])
  } finally {
    await eventually('the end of the service', 10, () =>
      engineProcesses(kinora.library).length === 0 ? true : null,
    )
    await sleep(100)
    execFileSync('umount', [pictures])
  }
  expect((await kinora.ask<ProblemsAnswer>('problems', '--retry')).problems).toEqual([])
  expect((await kinora.ask<ListAnswer>('list')).videos[0]?.state).toBe('analyzed')
})
