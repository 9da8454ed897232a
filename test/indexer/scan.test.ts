import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pathRef } from '../../src-main/foundation/path-ref.ts'
import type { IgnoredEntry, ScanBatch, UnreadableEntry } from '../../src-main/indexer/scan-batch.ts'
import type { ScanInput } from '../../src-main/indexer/scan-walk.ts'
import { scanFolder, type ScanSummary } from '../../src-main/indexer/scan.ts'
import { never, scratchFolder } from './scratch.ts'

type Scanned = {
  readonly names: readonly string[]
  readonly batches: readonly ScanBatch[]
  readonly ignored: readonly IgnoredEntry[]
  readonly unreadable: readonly UnreadableEntry[]
  readonly summary: ScanSummary
}

/** Scans to the end; `names` are sorted and relative to the root. `between` runs after each batch. */
const scan = async (
  root: string,
  input: Partial<ScanInput> = {},
  between?: (batch: ScanBatch) => void,
): Promise<Scanned> => {
  const batches: ScanBatch[] = []
  const scanning = scanFolder({ root: pathRef(root), minimumBytes: 1, signal: never, ...input })
  for (;;) {
    const step = await scanning.next()
    if (step.done === true)
      return {
        names: batches
          .flatMap(({ files }) => files.map(({ path }) => path.path.slice(root.length + 1)))
          .sort(),
        batches,
        ignored: batches.flatMap(({ ignored }) => ignored),
        unreadable: batches.flatMap(({ unreadable }) => unreadable),
        summary: step.value,
      }
    batches.push(step.value)
    between?.(step.value)
  }
}

const film = (...parts: readonly string[]): string => {
  const path = join(...parts)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, 'film')
  return path
}

const rules = (scanned: Scanned, root: string): Record<string, string> =>
  Object.fromEntries(scanned.ignored.map(({ path, rule }) => [path.path.slice(root.length + 1), rule]))

test('finds films in nested folders, with size and mtime, and counts the rest', async () => {
  const root = scratchFolder()
  film(root, 'a.mp4')
  film(root, 'Summer', 'B.MKV')
  film(root, 'Summer', 'deep', 'er', 'c.webm')
  writeFileSync(join(root, 'Summer', 'cover.jpg'), 'x')
  writeFileSync(join(root, 'song.mp3'), 'x')
  const scanned = await scan(root)
  expect(scanned.names).toEqual(['Summer/B.MKV', 'Summer/deep/er/c.webm', 'a.mp4'])
  const first = scanned.batches[0]!.files[0]!
  expect(first.size).toBe(4)
  expect(Math.abs(first.mtime - Date.now() / 1000)).toBeLessThan(60)
  expect(scanned.summary).toMatchObject({ complete: true, code: null, files: 3, folders: 4, unreadable: 0 })
  expect(scanned.summary.ignored['not-a-video']).toBe(2)
})

test('says which rule left an entry out', async () => {
  const root = scratchFolder()
  for (const folder of [
    '.hidden',
    '.Trash-1000',
    '$RECYCLE.BIN',
    'lost+found',
    'node_modules',
    '.cache',
    'ours',
    'lib',
  ])
    film(root, folder, 'film.mp4')
  writeFileSync(join(root, 'ours', '.kinora-library'), '')
  film(root, '._a.mp4')
  film(root, 'reel.mp4.kinora-part')
  film(root, 'tiny.mp4')
  film(root, 'real.mp4')
  writeFileSync(join(root, 'real.mp4'), 'x'.repeat(100))
  writeFileSync(join(root, 'empty.mp4'), '')
  const scanned = await scan(root, { minimumBytes: 50, libraryDirectory: join(root, 'lib') })
  expect(scanned.names).toEqual(['empty.mp4', 'real.mp4'])
  expect(rules(scanned, root)).toEqual({
    '.hidden': 'hidden',
    '.Trash-1000': 'trash',
    '$RECYCLE.BIN': 'trash',
    'lost+found': 'system',
    node_modules: 'cache',
    '.cache': 'cache',
    ours: 'kinora',
    lib: 'kinora',
    '._a.mp4': 'hidden',
    'reel.mp4.kinora-part': 'kinora',
    'tiny.mp4': 'too-small',
  })
})

test('a .ts file is a film only when its bytes are a transport stream', async () => {
  const root = scratchFolder()
  writeFileSync(join(root, 'index.ts'), 'export const a = 1\n'.repeat(40))
  writeFileSync(join(root, 'capital-g.ts'), 'G'.padEnd(600, ' '))
  const packets = (size: number, first: number): Buffer => {
    const bytes = Buffer.alloc(size * 4)
    for (let at = first; at < bytes.length; at += size) bytes[at] = 0x47
    return bytes
  }
  writeFileSync(join(root, 'broadcast.ts'), packets(188, 0))
  writeFileSync(join(root, 'camera.mts'), packets(192, 4))
  writeFileSync(join(root, 'parity.ts'), packets(204, 0))
  const scanned = await scan(root)
  expect(scanned.names).toEqual(['broadcast.ts', 'camera.mts', 'parity.ts'])
  expect(scanned.summary.ignored['not-a-video']).toBe(2)
})

test('odd names come through unchanged', async () => {
  const root = scratchFolder()
  const names = [
    `it's "quoted".mp4`,
    '🎬 crêpe.mp4',
    '-dash.mp4',
    'new\nline.mp4',
    '  spaces .mp4',
    '%20.mp4',
    `${'x'.repeat(251)}.mp4`,
  ]
  for (const name of names) film(root, name)
  const raw = Buffer.concat([Buffer.from(join(root, 'bad')), Buffer.from([0xff]), Buffer.from('.mp4')])
  writeFileSync(raw, 'film')
  const rawFolder = Buffer.concat([Buffer.from(join(root, 'folder')), Buffer.from([0xe9])])
  mkdirSync(rawFolder)
  writeFileSync(Buffer.concat([rawFolder, Buffer.from('/inside.mp4')]), 'film')
  const scanned = await scan(root)
  expect(scanned.names).toEqual([...names, 'bad\ufffd.mp4', 'folder\ufffd/inside.mp4'].sort())
  const bytes = scanned.batches.flatMap(({ files }) => files).filter(({ path }) => path.bytes !== null)
  expect(bytes.map(({ path }) => Buffer.from(path.bytes!).toString('latin1')).sort()).toEqual(
    [raw.toString('latin1'), `${rawFolder.toString('latin1')}/inside.mp4`].sort(),
  )
})

test('links: followed, given once, real paths first, loops ended', async () => {
  const root = scratchFolder()
  const elsewhere = scratchFolder()
  film(root, 'real', 'a.mp4')
  symlinkSync(join(root, 'real'), join(root, 'again'))
  symlinkSync(join(root, 'real', 'a.mp4'), join(root, 'same.mp4'))
  symlinkSync('..', join(root, 'real', 'up'))
  symlinkSync('self', join(root, 'self'))
  film(elsewhere, 'b.mp4')
  film(elsewhere, 'sub', 'c.mp4')
  symlinkSync(elsewhere, join(elsewhere, 'sub', 'loop'))
  symlinkSync(elsewhere, join(root, 'drive1'))
  symlinkSync(elsewhere, join(root, 'drive2'))
  const other = film(scratchFolder(), 'd.mp4')
  symlinkSync(other, join(root, 'd.mp4'))
  symlinkSync(other, join(root, 'd-again.mp4'))
  // As git-annex does: the film itself lies in a hidden folder, the link is its only visible name.
  symlinkSync(film(root, '.annex', 'object.mp4'), join(root, 'annexed.mp4'))
  symlinkSync('/nowhere/at/all', join(root, 'unplugged'))
  const scanned = await scan(root)
  expect(scanned.names).toEqual([
    'annexed.mp4',
    'd-again.mp4',
    'drive1/b.mp4',
    'drive1/sub/c.mp4',
    'real/a.mp4',
  ])
  expect(rules(scanned, root)).toEqual({
    '.annex': 'hidden',
    again: 'link-loop',
    'same.mp4': 'link-loop',
    'real/up': 'link-loop',
    self: 'link-loop',
    drive2: 'link-loop',
    'drive1/sub/loop': 'link-loop',
    'd.mp4': 'link-loop',
  })
  expect(scanned.unreadable).toMatchObject([{ code: 'offline', path: { path: join(root, 'unplugged') } }])
})

test('what cannot be read is told, never silently missing', async () => {
  const root = scratchFolder()
  film(root, 'a.mp4')
  execFileSync('mkfifo', [join(root, 'pipe.mp4')])
  const scanned = await scan(root)
  expect(scanned.names).toEqual(['a.mp4'])
  expect(scanned.unreadable).toMatchObject([
    { code: 'unreadable-file', path: { path: join(root, 'pipe.mp4') } },
  ])
  expect(scanned.summary).toMatchObject({ complete: true, unreadable: 1 })
})

test('a folder without permission is unreadable, not empty', async () => {
  const root = scratchFolder()
  film(root, 'a.mp4')
  film(root, 'private', 'b.mp4')
  const isRoot = process.getuid?.() === 0
  chmodSync(root, 0o755)
  chmodSync(join(root, 'private'), 0o000)
  // The super-user reads everything, so the test reads as nobody.
  if (isRoot) process.seteuid?.(65534)
  try {
    const scanned = await scan(root)
    expect(scanned.names).toEqual(['a.mp4'])
    expect(scanned.unreadable).toMatchObject([
      {
        code: 'unreadable-folder',
        path: { path: join(root, 'private') },
        message: expect.stringContaining('EACCES') as string,
      },
    ])
    expect(scanned.summary.complete).toBe(true)
  } finally {
    if (isRoot) process.seteuid?.(0)
    chmodSync(join(root, 'private'), 0o755)
  }
})

test('scans a folder under the root, deep or not', async () => {
  const root = scratchFolder()
  film(root, 'a.mp4')
  film(root, 'x', 'b.mp4')
  film(root, 'x', 'y', 'c.mp4')
  symlinkSync(root, join(root, 'x', 'top'))
  const path = pathRef(join(root, 'x'))
  expect((await scan(root, { path })).names).toEqual(['x/b.mp4', 'x/y/c.mp4'])
  expect((await scan(root, { path, deep: false })).names).toEqual(['x/b.mp4'])
  rmSync(join(root, 'x'), { recursive: true })
  const gone = await scan(root, { path })
  expect(gone.names).toEqual([])
  expect(gone.summary).toMatchObject({ complete: true, code: null })
})

test('a root that is not there, or goes away during the scan, is offline and not complete', async () => {
  const root = join(scratchFolder(), 'drive')
  expect((await scan(root)).summary).toMatchObject({ complete: false, code: 'offline' })
  for (let n = 0; n < 40; n += 1) film(root, `folder${n}`, 'a.mp4')
  const scanned = await scan(root, { batchSize: 4 }, ({ files }) => {
    if (files.length > 0) renameSync(root, `${root}-away-${Date.now()}`)
    mkdirSync(root, { recursive: true })
  })
  expect(scanned.names.length).toBeLessThan(40)
  expect(scanned.summary).toMatchObject({ complete: false, code: 'offline' })
})

test('a folder that vanishes while the root stays is simply gone', async () => {
  const root = scratchFolder()
  for (let n = 0; n < 12; n += 1) film(root, `folder${n}`, 'a.mp4')
  const scanned = await scan(root, { batchSize: 1 }, () => {
    for (let n = 0; n < 12; n += 1) rmSync(join(root, `folder${n}`), { recursive: true, force: true })
  })
  expect(scanned.names).toHaveLength(1)
  expect(scanned.summary).toMatchObject({ complete: true, unreadable: 0 })
})

test('stops when asked to', async () => {
  const root = scratchFolder()
  for (let n = 0; n < 200; n += 1) film(root, `${n}.mp4`)
  const stop = new AbortController()
  const scanned = await scan(root, { batchSize: 10, signal: stop.signal }, () => stop.abort())
  expect(scanned.names.length).toBeLessThan(200)
  expect(scanned.summary).toMatchObject({ complete: false, code: 'cancelled' })
})

test('100,000 films stream through in small batches', async () => {
  const root = scratchFolder()
  const folders = 20
  for (let folder = 0; folder < folders; folder += 1) {
    mkdirSync(join(root, `${folder}`))
    const first = join(root, `${folder}`, '0.mp4')
    writeFileSync(first, '')
    truncateSync(first, 5_000_000)
    for (let n = 1; n < 100_000 / folders; n += 1) linkSync(first, join(root, `${folder}`, `${n}.mp4`))
  }
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  let most = before
  let files = 0
  const started = performance.now()
  const scanning = scanFolder({ root: pathRef(root), minimumBytes: 1, signal: never })
  let step = await scanning.next()
  for (; step.done !== true; step = await scanning.next()) {
    expect(step.value.files.length).toBeLessThanOrEqual(256)
    files += step.value.files.length
    most = Math.max(most, process.memoryUsage().heapUsed)
  }
  const seconds = (performance.now() - started) / 1000
  console.log(
    `scan: 100,000 files in ${seconds.toFixed(1)} s, heap +${((most - before) / 1e6).toFixed(0)} MB`,
  )
  expect(files).toBe(100_000)
  expect(step.value).toMatchObject({ complete: true, files: 100_000, folders: folders + 1 })
  expect(most - before).toBeLessThan(50e6)
})
