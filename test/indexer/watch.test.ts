import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { pathRef } from '../../src-main/foundation/path-ref.ts'
import type { WatchChange } from '../../src-main/indexer/watch-burst.ts'
import { watchFolder, type FolderWatch, type WatchInput } from '../../src-main/indexer/watch.ts'
import { never, scratchFolder } from './scratch.ts'

type Watched = { readonly watch: FolderWatch; readonly told: WatchChange[] }

const watching = async (root: string, input: Partial<WatchInput> = {}): Promise<Watched> => {
  const told: WatchChange[] = []
  const watch = await watchFolder({
    root: pathRef(root),
    onChange: (changed) => told.push(changed),
    pollSeconds: 600,
    ignore: [],
    signal: never,
    settleSeconds: 0.2,
    ...input,
  })
  onTestFinished(() => watch.close())
  return { watch, told }
}

/** Everything told so far, as `NAME` or `NAME/**` below the root, `*` for everything. */
const names = (root: string, told: readonly WatchChange[]): string[] => [
  ...new Set(
    told.flatMap((change) =>
      'everything' in change
        ? ['*']
        : change.folders.map(({ path, deep }) => `${path.slice(root.length + 1)}${deep ? '/**' : ''}`),
    ),
  ),
]

/** Does `act`, waits until something was told and it is quiet again, and gives what was told about it. */
const after = async ({ told }: Watched, root: string, act: () => void): Promise<string[]> => {
  told.length = 0
  act()
  await vi.waitUntil(() => told.length > 0, { timeout: 8000, interval: 20 })
  await sleep(500)
  return names(root, told)
}

test('create, modify, rename and delete name the folder, not all that is below it', async () => {
  const root = scratchFolder()
  mkdirSync(join(root, 'a', 'b'), { recursive: true })
  mkdirSync(join(root, 'c'))
  const watched = await watching(root)
  expect(watched.watch).toMatchObject({ mode: 'events', reason: null })
  const film = join(root, 'a', 'film.mp4')
  expect(await after(watched, root, () => writeFileSync(film, 'x'))).toEqual(['a'])
  expect(await after(watched, root, () => appendFileSync(film, 'y'))).toEqual(['a'])
  expect(await after(watched, root, () => renameSync(film, join(root, 'c', 'film.mp4')))).toEqual(['a', 'c'])
  expect(await after(watched, root, () => rmSync(join(root, 'c', 'film.mp4')))).toEqual(['c'])
  expect(await after(watched, root, () => writeFileSync(join(root, 'a', 'film.srt'), 'x'))).toEqual(['a'])
})

test('a new folder with files in it at once is looked at deeply, and so is one that went away', async () => {
  const root = scratchFolder()
  const watched = await watching(root)
  const made = await after(watched, root, () => {
    mkdirSync(join(root, 'new', 'deep'), { recursive: true })
    writeFileSync(join(root, 'new', 'deep', 'film.mp4'), 'x')
  })
  expect(made).toContain('new/**')
  const moved = await after(watched, root, () => renameSync(join(root, 'new'), join(root, 'newer')))
  expect(moved).toContain('new/**')
  expect(moved).toContain('newer/**')
  const removed = await after(watched, root, () => rmSync(join(root, 'newer'), { recursive: true }))
  expect(removed).toContain('newer/**')
})

test('hears what happens later in folders made in quick succession, and below a renamed one', async () => {
  const root = scratchFolder()
  mkdirSync(join(root, 'old', 'deep'), { recursive: true })
  const watched = await watching(root)
  await after(watched, root, () => {
    for (let n = 0; n < 50; n += 1) mkdirSync(join(root, `${n}`, 'd', 'e'), { recursive: true })
    renameSync(join(root, 'old'), join(root, 'new'))
  })
  await sleep(500)
  for (const folder of ['0/d/e', '7/d', '49/d/e', 'new/deep'])
    expect(await after(watched, root, () => writeFileSync(join(root, folder, 'film.mp4'), 'x'))).toEqual([
      folder,
    ])
})

test('a link to a folder is looked at deeply', async () => {
  const root = scratchFolder()
  const other = scratchFolder()
  const watched = await watching(root)
  expect(await after(watched, root, () => symlinkSync(other, join(root, 'drive')))).toEqual(['drive/**'])
})

test('a root that is itself a link is watched where it leads, and named as it was given', async () => {
  const folder = scratchFolder()
  mkdirSync(join(folder, 'real', 'a'), { recursive: true })
  const root = join(folder, 'link')
  symlinkSync('real', root)
  const watched = await watching(root)
  expect(await after(watched, root, () => writeFileSync(join(root, 'a', 'film.mp4'), 'x'))).toEqual(['a'])
  expect(await after(watched, root, () => mkdirSync(join(folder, 'real', 'b')))).toEqual(['b/**'])
  expect(await after(watched, root, () => writeFileSync(join(root, 'b', 'film.mp4'), 'x'))).toEqual(['b'])
})

test('a name that is not UTF-8 leads to its parent', async () => {
  const root = scratchFolder()
  mkdirSync(join(root, 'a'))
  const watched = await watching(root)
  const raw = Buffer.concat([Buffer.from(join(root, 'a', 'bad')), Buffer.from([0xff]), Buffer.from('.mp4')])
  expect(await after(watched, root, () => writeFileSync(raw, 'x'))).toEqual(['a/**'])
})

test('what the scan ignores wakes nobody', async () => {
  const root = scratchFolder()
  const library = join(root, 'library')
  for (const folder of ['.hidden', 'node_modules', 'Caches', 'library']) mkdirSync(join(root, folder))
  const watched = await watching(root, { ignore: [library] })
  for (const folder of ['.hidden', 'node_modules', 'Caches', 'library'])
    writeFileSync(join(root, folder, 'film.mp4'), 'x')
  writeFileSync(join(root, 'notes.txt'), 'x')
  await sleep(1200)
  expect(watched.told).toEqual([])
  expect(await after(watched, root, () => writeFileSync(join(root, 'film.mp4'), 'x'))).toEqual([''])
})

test('a root inside a hidden folder is watched all the same', async () => {
  const root = join(scratchFolder(), '.local', 'videos')
  mkdirSync(join(root, 'a'), { recursive: true })
  const watched = await watching(root)
  expect(await after(watched, root, () => writeFileSync(join(root, 'a', 'film.mp4'), 'x'))).toEqual(['a'])
})

test('many changed folders become everything, told once', async () => {
  const root = scratchFolder()
  for (let n = 0; n < 100; n += 1) mkdirSync(join(root, `${n}`))
  const watched = await watching(root)
  const act = (): void => {
    for (let n = 0; n < 100; n += 1) writeFileSync(join(root, `${n}`, 'film.mp4'), 'x')
  }
  expect(await after(watched, root, act)).toEqual(['*'])
  expect(watched.told).toHaveLength(1)
})

test('a file that is written to all the time does not keep the others waiting', async () => {
  const root = scratchFolder()
  const watched = await watching(root)
  const writing = setInterval(() => appendFileSync(join(root, 'download.mp4'), 'x'), 60)
  await vi.waitUntil(() => watched.told.length >= 2, { timeout: 20_000 })
  clearInterval(writing)
  expect(names(root, watched.told)).toEqual([''])
})

test('a root that goes away and comes back is noticed, and watched by events again', async () => {
  const root = join(scratchFolder(), 'drive')
  mkdirSync(root)
  const watched = await watching(root, { pollSeconds: 0.3 })
  expect(await after(watched, root, () => rmSync(root, { recursive: true }))).toEqual(['*'])
  expect(watched.watch).toMatchObject({ mode: 'polling', reason: 'root-missing' })
  watched.told.length = 0
  await sleep(1000)
  expect(watched.told).toEqual([])
  expect(await after(watched, root, () => mkdirSync(root))).toEqual(['*'])
  expect(watched.watch).toMatchObject({ mode: 'events', reason: null })
  expect(await after(watched, root, () => writeFileSync(join(root, 'film.mp4'), 'x'))).toEqual([''])
})

test('a root that is not there yet is waited for', async () => {
  const root = join(scratchFolder(), 'drive')
  const watched = await watching(root, { pollSeconds: 0.2 })
  expect(watched.watch).toMatchObject({ mode: 'polling', reason: 'root-missing' })
  expect(await after(watched, root, () => mkdirSync(root))).toEqual(['*'])
  expect(watched.watch.mode).toBe('events')
})

test.each([
  ['inotify_add_watch failed: No space left on device', 'too-many-folders'],
  ['Cannot find module @parcel/watcher-linux-x64-glibc', 'no-watcher'],
])('where the watcher says "%s" it polls, saying why', async (message, reason) => {
  vi.doMock('@parcel/watcher', () => ({ subscribe: () => Promise.reject(new Error(message)) }))
  onTestFinished(() => vi.doUnmock('@parcel/watcher'))
  const root = scratchFolder()
  const watched = await watching(root, { pollSeconds: 0.1 })
  expect(watched.watch).toMatchObject({ mode: 'polling', reason, message })
  await vi.waitUntil(() => watched.told.length >= 2)
  expect(names(root, watched.told)).toEqual(['*'])
})

test('polling tells everything again and again, until it is closed', async () => {
  const root = scratchFolder()
  const watched = await watching(root, { polling: true, pollSeconds: 0.1 })
  expect(watched.watch).toMatchObject({ mode: 'polling', reason: 'asked' })
  await vi.waitUntil(() => watched.told.length >= 3)
  expect(names(root, watched.told)).toEqual(['*'])
  await watched.watch.close()
  const count = watched.told.length
  await sleep(400)
  expect(watched.told.length).toBe(count)
})

test('the signal ends it, with what was gathered', async () => {
  const root = scratchFolder()
  const stop = new AbortController()
  const watched = await watching(root, { signal: stop.signal })
  writeFileSync(join(root, 'film.mp4'), 'x')
  await sleep(60)
  stop.abort()
  await sleep(600)
  expect(watched.told).toEqual([])
})
