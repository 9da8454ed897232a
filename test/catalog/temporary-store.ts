import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ModelRegistry } from '../../src-preload/contract/model-registry.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { openDatabase } from '../../src-main/catalog/database.ts'
import type { Database } from '../../src-main/catalog/database.ts'
import { readRegistry } from '../../src-main/catalog/registry.ts'
import { createStore } from '../../src-main/catalog/store.ts'
import type { Store } from '../../src-main/catalog/store.ts'
import { engineEntries } from '../../src-main/foundation/engine-entries.ts'
import { forkWithNode } from '../../src-main/foundation/engine-process.ts'
import { libraryPaths } from '../../src-main/foundation/library-paths.ts'
import type { LibraryPaths } from '../../src-main/foundation/library-paths.ts'
import { createLog } from '../../src-main/foundation/log.ts'

const root = resolve(import.meta.dirname, '..', '..')
process.env['KINORA_LOG'] ??= 'silent'

export type TemporaryStore = {
  readonly store: Store
  readonly database: Database
  readonly paths: LibraryPaths
  /** Closes and opens the same library again. */
  readonly reopen: () => TemporaryStore
  readonly dispose: () => void
}

const modelsDirectory = join(root, 'resources', 'models')

/** A library in this folder, made where there is none. `dispose` removes it, `database.close()` leaves it. */
export const openIn = (directory: string, registry?: ModelRegistry): TemporaryStore => {
  const paths = libraryPaths(directory)
  const log = createLog('test', null)
  const opened = openDatabase(paths, log, new Date('2026-01-02T03:04:05Z'))
  if (!opened.ok) throw new Error(opened.error.message)
  const database = opened.value
  const store = createStore({
    database,
    paths,
    log,
    fork: forkWithNode,
    segmentBuilder: engineEntries(import.meta.url).segmentBuilder,
    vectorHelper: engineEntries(import.meta.url).vectorHelper,
    modelsDirectory,
    downloads: join(directory, 'models'),
    registry: registry ?? readRegistry(modelsDirectory, {}),
  })
  return {
    store,
    database,
    paths,
    reopen: () => {
      database.close()
      return openIn(directory, registry)
    },
    dispose: () => {
      database.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** A real library of real SQLite files in a folder of its own. */
export const temporaryStore = (registry?: ModelRegistry): TemporaryStore =>
  openIn(mkdtempSync(join(tmpdir(), 'kinora-store-')), registry)

/** Facts of an ordinary film of `duration` seconds. */
export const someFacts = (duration: number): VideoFacts => ({
  duration,
  startTime: 0,
  streamIndex: 0,
  container: 'mp4',
  codec: 'h264',
  profile: null,
  pixelFormat: 'yuv420p',
  bitDepth: 8,
  width: 1920,
  height: 1080,
  codedWidth: 1920,
  codedHeight: 1080,
  rotation: 0,
  sampleAspect: 1,
  frameRate: 25,
  hdr: null,
  interlaced: false,
  bitRate: null,
  recordedAt: null,
  audio: [],
  subtitles: [],
  chapters: [],
})

/** Puts `count` films into a watched folder /films: names a.mp4, b.mp4 …, ids va, vb …; answers the ids. */
export const putFilms = (store: Store, count: number): readonly string[] => {
  const folder =
    store.folders.find({ path: '/films', bytes: null }) ??
    store.folders.add({ path: '/films', bytes: null }, 0)
  return Array.from({ length: count }, (_, i) => {
    const letter = String.fromCharCode(97 + i)
    const videoId = `v${letter}`
    const path = { path: `/films/${letter}.mp4`, bytes: null }
    store.locations.identified(folder.id, 1, { path, size: 100 + i, mtime: 5, videoId }, 0)
    return videoId
  })
}
