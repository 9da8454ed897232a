import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pathRef } from '../../src-main/foundation/path-ref.ts'
import type { ScanInput } from '../../src-main/indexer/scan-walk.ts'
import { scanFolder } from '../../src-main/indexer/scan.ts'
import type { SidecarFile } from '../../src-preload/contract/video-facts.ts'
import { never, scratchFolder } from './scratch.ts'

type Scanned = {
  /** `SIDECAR of FILM`, sorted; paths below the root. */
  readonly pairs: readonly string[]
  readonly files: readonly SidecarFile[]
  /** Films and sidecars in the order in which they were told. */
  readonly order: readonly string[]
}

const scan = async (root: string, input: Partial<ScanInput> = {}): Promise<Scanned> => {
  const files: SidecarFile[] = []
  const order: string[] = []
  const below = (path: string): string => path.slice(root.length + 1)
  for await (const batch of scanFolder({ root: pathRef(root), minimumBytes: 1, signal: never, ...input })) {
    order.push(...batch.files.map(({ path }) => below(path.path)))
    order.push(...batch.sidecars.map(({ path }) => below(path.path)))
    files.push(...batch.sidecars)
  }
  return {
    files,
    order,
    pairs: files.map(({ film, path }) => `${below(path.path)} of ${below(film.path)}`).sort(),
  }
}

const put = (...parts: readonly string[]): string => {
  const path = join(...parts)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, 'some bytes')
  return path
}

test('names the subtitle files beside films, by size and time, behind their films', async () => {
  const root = scratchFolder()
  put(root, 'a.mp4')
  const srt = put(root, 'a.de.srt')
  put(root, 'a.txt')
  put(root, 'alone.srt')
  put(root, 'sub', 'b.mkv')
  put(root, 'sub', 'b.vtt')
  put(root, 'sub', 'a.srt')
  mkdirSync(join(root, 'a.en.srt'))
  utimesSync(srt, 1e9, 1e9)
  const { pairs, files, order } = await scan(root, { batchSize: 1 })
  expect(pairs).toEqual(['a.de.srt of a.mp4', 'sub/b.vtt of sub/b.mkv'])
  expect(files.find(({ path }) => path.path === srt)).toEqual({
    film: pathRef(join(root, 'a.mp4')),
    path: pathRef(srt),
    language: 'de',
    facts: { size: 10, mtime: 1e9 },
  })
  expect(order.indexOf('a.de.srt')).toBeGreaterThan(order.indexOf('a.mp4'))
  expect(order.indexOf('sub/b.vtt')).toBeGreaterThan(order.indexOf('sub/b.mkv'))
  // One folder alone, as a watcher asks for it.
  expect((await scan(root, { deep: false })).pairs).toEqual(['a.de.srt of a.mp4'])
})

test('films and subtitle files that are links', async () => {
  const root = scratchFolder()
  const away = scratchFolder()
  symlinkSync(put(away, 'film.mp4'), join(root, 'linked.mp4'))
  put(root, 'linked.srt')
  put(root, 'real.mp4')
  symlinkSync(put(away, 'words.srt'), join(root, 'real.srt'))
  // A link into an unplugged drive: it is there, and nobody can look at it.
  symlinkSync(join(away, 'gone.srt'), join(root, 'real.fr.srt'))
  symlinkSync(join(away, 'gone.mp4'), join(root, 'lost.mp4'))
  put(root, 'lost.srt')
  const { pairs, files, order } = await scan(root)
  expect(pairs).toEqual(['linked.srt of linked.mp4', 'real.fr.srt of real.mp4', 'real.srt of real.mp4'])
  expect(order.indexOf('linked.srt')).toBeGreaterThan(order.indexOf('linked.mp4'))
  expect(files.find(({ path }) => path.path.endsWith('real.fr.srt'))?.facts).toBeNull()
  expect(files.find(({ path }) => path.path.endsWith('real.srt'))?.facts).toMatchObject({ size: 10 })
})

test('names that are not UTF-8', async () => {
  const root = scratchFolder()
  const odd = (letter: number, ending: string): Buffer =>
    Buffer.concat([Buffer.from(`${root}/`), Buffer.from([letter]), Buffer.from(ending)])
  renameSync(put(root, 'x.mp4'), odd(0xe9, '.mp4'))
  renameSync(put(root, 'x.srt'), odd(0xe9, '.srt'))
  renameSync(put(root, 'y.srt'), odd(0xe8, '.srt'))
  const { files } = await scan(root)
  expect(files).toHaveLength(1)
  expect(Buffer.from(files[0]?.path.bytes ?? []).equals(odd(0xe9, '.srt'))).toBe(true)
})

test('what goes while the scan is at work, and a film that cannot be opened', async () => {
  const root = scratchFolder()
  put(root, 'a.mp4')
  const srt = put(root, 'a.srt')
  // Its first bytes would tell what it is.
  chmodSync(put(root, 'b.ts'), 0o000)
  put(root, 'b.srt')
  const scanning = scanFolder({ root: pathRef(root), minimumBytes: 1, signal: never, batchSize: 1 })
  const found: SidecarFile[] = []
  for await (const batch of scanning) {
    found.push(...batch.sidecars)
    rmSync(srt, { force: true })
  }
  const facts = found.find(({ path }) => path.path === srt)?.facts
  expect(facts).toBeNull()
  // Root opens everything; others cannot tell, and then its lines must stay.
  expect(found.some(({ path }) => path.path.endsWith('b.srt'))).toBe(process.getuid?.() !== 0)
})
