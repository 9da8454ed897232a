import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ScanTask, SidecarTask, Task } from '../../src-preload/contract/indexer-api.ts'
import type { SubtitleList } from '../../src-preload/contract/nouns.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import { serveIndexer } from './served-indexer.ts'
import type { ServedIndexer } from './served-indexer.ts'
import { someFacts, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

let library: TemporaryStore
let served: ServedIndexer
beforeEach(() => {
  library = temporaryStore()
  library.store.folders.add(ref('/films'), 0)
  served = serveIndexer(library)
})
afterEach(() => library.dispose())

const ref = (path: string): PathRef => ({ path, bytes: null })
const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

/** A file as the disk has it: what a film holds is its video's id; a sidecar belongs to a film. */
type Disk = {
  readonly films: Readonly<Record<string, string>>
  readonly sidecars?: Readonly<Record<string, readonly [film: string, mtime: number]>>
}
type ScanEnd = { readonly online?: boolean; readonly unreadable?: readonly string[] }

/** A scan of /films, or of a part of it, that finds what is on the disk. */
const scan = async (
  { films, sidecars = {} }: Disk,
  { online = true, unreadable = [] }: ScanEnd = {},
  part = '/films',
  deep = true,
): Promise<void> => {
  const { call } = served.client()
  const [folder] = library.store.folders.all()
  if (folder === undefined) throw new Error('no folder')
  served.work.requestScan(folder, ref(part), deep)
  // A run that has nothing left to do is over.
  served.begin()
  const task = must(await call.work.next({ lane: 'scan' })) as ScanTask
  const files = Object.keys(films).map((path) => ({ path: ref(path), size: 1, mtime: 1 }))
  const { unknown } = must(await call.scan.files({ task: task.id, files }))
  const identified = files.flatMap((file, i) =>
    unknown.includes(i)
      ? [{ ...file, content: { ok: true as const, videoId: films[file.path.path] ?? '' } }]
      : [],
  )
  must(await call.scan.identified({ task: task.id, files: identified }))
  must(
    await call.scan.sidecars({
      task: task.id,
      files: Object.entries(sidecars).map(([path, [film, mtime]]) => ({
        film: ref(film),
        path: ref(path),
        language: path.includes('.de.') ? 'de' : null,
        facts: mtime < 0 ? null : { size: 100, mtime },
      })),
    }),
  )
  const error = { code: 'unreadable-folder' as const, message: '', advice: '' }
  must(
    await call.scan.done({
      task: task.id,
      complete: true,
      online,
      unreadable: unreadable.map((path) => ({ path: ref(path), error })),
      seconds: 0,
    }),
  )
}

/** The tasks of the probing lane that are there now, each left in hand. */
const take = async (): Promise<readonly Task[]> => {
  const tasks: Task[] = []
  for (;;) {
    const stop = new AbortController()
    const next = served.client().call.work.next({ lane: 'probe' }, { signal: stop.signal })
    const waited = await Promise.race([next, new Promise<null>((done) => setTimeout(() => done(null), 30))])
    if (waited === null) {
      stop.abort()
      await next
      return tasks
    }
    tasks.push(must(waited))
  }
}
const read = (task: Task, text: string): Promise<Result<null>> =>
  served.client().call.work.sidecarRead({
    task: task.id,
    language: 'en',
    lines: [{ start: 1, end: 2, text }],
    seconds: 0,
  })
/** Does all that the probing lane has: films get facts, sidecars say what they are called. */
const work = async (): Promise<readonly string[]> => {
  const done: string[] = []
  for (let tasks = await take(); tasks.length > 0; tasks = await take()) {
    for (const task of tasks) {
      done.push(`${task.kind} ${task.path.path}`)
      const facts = someFacts(60)
      if (task.kind === 'probe')
        must(await served.client().call.work.probed({ task: task.id, facts, subtitles: [], seconds: 0 }))
      else must(await read(task, `words of ${task.path.path.replaceAll(/[/.]/g, ' ')}`))
    }
  }
  return done
}
const listed = (videoId: string): SubtitleList => library.store.subtitleLists.of(videoId, 'palette')
const said = (words: string): readonly string[] => {
  const { texts } = library.store
  return texts
    .said(texts.ask(words, true), { only: null, space: 'palette', limit: 9 })
    .map(({ videoId }) => videoId)
}

const one: Disk = { films: { '/films/a.mp4': 'va' }, sidecars: { '/films/a.de.srt': ['/films/a.mp4', 5] } }

it('reads what lies beside a film as soon as the film is known, once, and lists it', async () => {
  await scan(one)
  expect(await work()).toEqual(['probe /films/a.mp4', 'sidecar /films/a.de.srt'])
  expect(said('words of films a')).toEqual(['va'])
  const [track] = listed('va').tracks
  expect(track).toMatchObject({
    source: 'sidecar',
    name: 'a.de.srt',
    language: 'en',
    lines: 1,
    fit: 'unknown',
  })
  expect(listed('va').lines).toMatchObject([{ track: track?.id, start: 1, end: 2 }])
  expect(served.changes).toContainEqual({ kind: 'subtitles', videoId: 'va', path: '/films/a.de.srt' })
  await scan(one)
  expect(await work()).toEqual([])
})

it('gives the reader what it needs to know', async () => {
  await scan(one)
  const [probe] = await take()
  must(
    await served
      .client()
      .call.work.probed({ task: probe?.id ?? 0, facts: someFacts(60), subtitles: [], seconds: 0 }),
  )
  const [task] = await take()
  const { kind, videoId, path, language, duration } = task as SidecarTask
  expect({ kind, videoId, path, language, duration }).toEqual({
    kind: 'sidecar',
    videoId: 'va',
    path: ref('/films/a.de.srt'),
    language: 'de',
    duration: 60,
  })
})

it('notices a file that comes, changes and goes beside a film that has been known for long', async () => {
  const films = { '/films/a.mp4': 'va' }
  await scan({ films })
  await work()
  const beside = (mtime: number): Disk => ({ films, sidecars: { '/films/a.srt': ['/films/a.mp4', mtime] } })
  // A watcher asks for the folder alone.
  await scan(beside(5), {}, '/films', false)
  expect(await work()).toEqual(['sidecar /films/a.srt'])
  await scan(beside(6), {}, '/films', false)
  expect(await work()).toEqual(['sidecar /films/a.srt'])
  await scan({ films }, {}, '/films', false)
  expect(await work()).toEqual([])
  expect(said('words of')).toEqual([])
  expect(listed('va')).toEqual({ tracks: [], lines: [] })
  expect(library.store.jobs.isDone('va', 'probed', '')).toBe(true)
})

it('keeps what cannot be looked at: an unplugged drive, a locked folder, a link that leads nowhere for now', async () => {
  await scan(one)
  await work()
  await scan({ films: {} }, { online: false })
  expect(said('words of')).toEqual(['va'])
  await scan({ films: {} }, { unreadable: ['/films'] })
  expect(said('words of')).toEqual(['va'])
  await scan({ ...one, sidecars: { '/films/a.de.srt': ['/films/a.mp4', -1] } })
  expect(said('words of')).toEqual(['va'])
  expect(await work()).toEqual([])
  // An empty mount point: the folder is there and has nothing in it.
  await scan({ films: {} })
  expect(said('words of')).toEqual(['va'])
})

it('looks only in the part that was scanned', async () => {
  const films = { '/films/a.mp4': 'va', '/films/sub/b.mp4': 'vb' }
  const sidecars = {
    '/films/a.srt': ['/films/a.mp4', 5],
    '/films/sub/b.srt': ['/films/sub/b.mp4', 5],
  } as const
  await scan({ films, sidecars })
  await work()
  await scan({ films: { '/films/a.mp4': 'va' } }, {}, '/films', false)
  expect(said('words of')).toEqual(['vb'])
  await scan({ films: { '/films/sub/b.mp4': 'vb' } }, {}, '/films/sub')
  expect(said('words of')).toEqual([])
})

it('takes what lies beside any copy of a film', async () => {
  const films = { '/films/a.mp4': 'va', '/films/copy/b.mp4': 'va' }
  const sidecars = { '/films/copy/b.srt': ['/films/copy/b.mp4', 5] } as const
  await scan({ films, sidecars })
  expect(await work()).toEqual(['probe /films/a.mp4', 'sidecar /films/copy/b.srt'])
  expect(said('words of')).toEqual(['va'])
  // The same file beside both is shown once, and one line of it is one answer.
  await scan({ films, sidecars: { ...sidecars, '/films/b.srt': ['/films/a.mp4', 5] } })
  expect(await work()).toEqual(['sidecar /films/b.srt'])
  expect(listed('va').tracks).toHaveLength(1)
  expect(listed('va').lines).toHaveLength(1)
  expect(said('words of')).toEqual(['va'])
  await scan({ films: { '/films/a.mp4': 'va' }, sidecars: { '/films/b.srt': ['/films/a.mp4', 5] } })
  expect(listed('va').tracks).toMatchObject([{ name: 'b.srt' }])
})

it('follows a film and its subtitle to another name, and drops that of an edited film', async () => {
  await scan(one)
  await work()
  const sidecars = { '/films/z.srt': ['/films/z.mp4', 5] } as const
  await scan({ films: { '/films/z.mp4': 'va' }, sidecars })
  expect(await work()).toEqual(['sidecar /films/z.srt'])
  expect(listed('va').tracks).toMatchObject([{ name: 'z.srt' }])
  // Other content under the same name.
  library.database.prepare("UPDATE location SET size = 2 WHERE path = '/films/z.mp4'").run()
  await scan({ films: { '/films/z.mp4': 'vnew' }, sidecars })
  expect(await work()).toEqual(['probe /films/z.mp4', 'sidecar /films/z.srt'])
  expect(said('words of')).toEqual(['vnew'])
  expect(listed('va').tracks).toEqual([])
})

it('reads again what changed while it was read', async () => {
  await scan({ films: one.films })
  await work()
  await scan(one)
  const [task] = await take()
  await scan({ ...one, sidecars: { '/films/a.de.srt': ['/films/a.mp4', 6] } })
  must(await read(task!, 'the old words'))
  expect(await work()).toEqual(['sidecar /films/a.de.srt'])
  expect(said('old words')).toEqual([])
})

it('does not bring back what went while it was read', async () => {
  await scan({ films: one.films })
  await work()
  await scan(one)
  const [task] = await take()
  await scan({ films: one.films })
  must(await read(task!, 'the old words'))
  expect(said('old words')).toEqual([])
  for (const _slice of library.store.subtitles.tidy());
  expect(library.database.prepare('SELECT count(*) AS n FROM derived.cue').get()).toEqual({ n: 0 })
})

it('says why one cannot be read, until it can', async () => {
  await scan({ films: one.films })
  await work()
  await scan(one)
  const [task] = await take()
  const error = { code: 'unreadable-file' as const, message: 'EACCES', advice: 'Allow it' }
  must(await served.client().call.work.failed({ task: task?.id ?? 0, error, seconds: 0 }))
  const problem = { path: '/films/a.de.srt', videoId: null, stage: 'probed', code: 'unreadable-file' }
  expect(library.store.problems.list()).toMatchObject([problem])
  // Nobody tries again by himself; a whole scan does not forget it.
  await scan(one)
  expect(await work()).toEqual([])
  expect(library.store.problems.list()).toMatchObject([problem])
  library.store.subtitles.retryFailed()
  served.begin()
  expect(await work()).toEqual(['sidecar /films/a.de.srt'])
  expect(library.store.problems.list()).toEqual([])
})

it('forgets the problem with the file', async () => {
  await scan({ films: one.films })
  await work()
  await scan(one)
  const [task] = await take()
  const error = { code: 'unreadable-file' as const, message: '', advice: '' }
  must(await served.client().call.work.failed({ task: task?.id ?? 0, error, seconds: 0 }))
  await scan({ films: one.films })
  expect(library.store.problems.list()).toEqual([])
})

it('gives up on a file with which the indexer has crashed twice, and reads it again after a mere kill', async () => {
  await scan({ films: one.films })
  await work()
  await scan(one)
  for (const kind of ['killed', 'crashed', 'killed', 'crashed'] as const) {
    expect((await take()).map((task) => task.kind)).toEqual(['sidecar'])
    served.die(kind)
  }
  expect(await take()).toEqual([])
  expect(library.store.problems.list()).toMatchObject([
    { path: '/films/a.de.srt', code: 'killed-the-indexer' },
  ])
})

it('reads on after a restart, and forgets the subtitles of a folder that is not watched any more', async () => {
  await scan({ films: one.films })
  await work()
  await scan(one)
  await take()
  library = library.reopen()
  served = serveIndexer(library)
  served.begin()
  expect(await work()).toEqual(['sidecar /films/a.de.srt'])
  library.store.folders.remove(library.store.folders.all()[0]?.id ?? 0)
  library.store.subtitles.forgetStrangers()
  expect(listed('va').tracks).toEqual([])
})

it('has the subtitles of a film itself beside those in files, and replaces each by itself', async () => {
  await scan(one)
  const [probe] = await take()
  const line = { start: 3, end: 4, text: 'in the film itself' }
  const subtitles = [{ name: 'English', language: 'eng', lines: [line] }]
  must(
    await served
      .client()
      .call.work.probed({ task: probe?.id ?? 0, facts: someFacts(60), subtitles, seconds: 0 }),
  )
  await work()
  expect(listed('va').tracks.map(({ source, name }) => [source, name])).toEqual([
    ['embedded', 'English'],
    ['sidecar', 'a.de.srt'],
  ])
  expect(library.store.subtitles.hasLines('va')).toBe(true)
  library.store.facts.put('va', 3, someFacts(60), [])
  expect(listed('va').tracks.map(({ source }) => source)).toEqual(['sidecar'])
})
