import { existsSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { libraryApi } from '../../src-preload/contract/api.ts'
import type { LibraryApi } from '../../src-preload/contract/api.ts'
import type { IndexProgress, IndexSummary } from '../../src-preload/contract/nouns.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { ErrorCode, Result } from '../../src-preload/contract/result.ts'
import type { Handlers } from '../../src-preload/contract/schema.ts'
import { createServer } from '../../src-preload/contract/server.ts'
import type { Server, ServerOptions } from '../../src-preload/contract/server.ts'
import type { StageName } from '../../src-preload/contract/stage-names.ts'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import { runDoctor } from './doctor.ts'
import type { EncoderLink } from './encoder-link.ts'
import type { WatchMode } from './folders.ts'
import type { IndexRuns } from './index-runs.ts'
import { findVideo, unknownVideo } from './find-video.ts'
import type { KeptPictures } from './kept-pictures.ts'
import type { ModelSpaces } from './model-spaces.ts'
import { createPersonCalls } from './person-calls.ts'
import type { Presence } from './presence.ts'
import type { ProviderChecks } from './provider-checks.ts'
import type { Search } from './search.ts'
import type { Store } from './store.ts'
import { createVideoLists } from './video-lists.ts'
import type { WideChange } from './wide-change.ts'
import type { Work } from './work.ts'

export type LibraryServiceOptions = {
  readonly store: Store
  readonly runs: IndexRuns
  readonly work: Work
  readonly search: Search
  readonly pictures: KeptPictures
  readonly encoder: EncoderLink
  readonly providers: ProviderChecks
  readonly watchModes: ReadonlyMap<number, WatchMode>
  readonly progress: () => IndexProgress
  readonly presence: Presence
  readonly modelCalls: Handlers<LibraryApi>['models']
  readonly spaces: ModelSpaces
  readonly wide: WideChange
  /** Settles when the model that answers has been measured. */
  readonly calibrated: () => Promise<void>
  /** Where downloaded models lie. */
  readonly modelsFolder: string
  /** The set of watched folders has changed. */
  readonly onFolders: () => void
  /** This setting has another value now. */
  readonly onSetting: (name: string) => void
  /** How many hosts are connected. */
  readonly clients: () => number
  readonly version: string
  readonly clock: () => number
  readonly onFault: ServerOptions['onFault']
}

/** Failures that say something of the machine's state, not of the film: each run tries again. */
const passing: readonly ErrorCode[] = [
  'ffmpeg-missing',
  'disk-full',
  'model-missing',
  'model-failed',
  'missing-file',
  'unreadable-file',
  'offline',
  'busy',
]

const asRef = (path: string): PathRef => ({ path: resolve(path), bytes: null })

/** Settles when nobody waits any more. */
const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))

/** Where a folder really is; one that is away is where it is said to be. */
const realPath = (path: string): string => (existsSync(path) ? realpathSync(path) : path)

/** Serves people's hosts: the page, the terminal, tests. */
export const createLibraryService = (options: LibraryServiceOptions): Server<LibraryApi> => {
  const { store, runs, work, search } = options
  const { folders, models, problems } = store
  const lists = createVideoLists(store, () => performance.now())
  const now = (): Date => new Date(options.clock() * 1000)
  const person = createPersonCalls(store, options.clock, (change) => server.emit('change', change))

  /** What holds: going back to a fallback that was set by hand changes nothing. */
  const valueOf = (name: string): string | null => {
    const setting = store.settings.list().find((one) => one.name === name)
    return setting === undefined ? null : (setting.value ?? setting.fallback)
  }

  const listFolders = (): Result<ReturnType<typeof folders.list>> => ok(folders.list(options.watchModes))

  const addFolder = (path: string): Result<null> => {
    if (!isAbsolute(path)) return fail('bad-arguments', `${path} is not an absolute path.`)
    const ref = asRef(path)
    const stat = statSync(ref.path, { throwIfNoEntry: false })
    if (stat === undefined) return fail('missing-file', `There is no folder ${ref.path}.`)
    if (!stat.isDirectory()) return fail('bad-arguments', `${ref.path} is not a folder.`)
    // Also by another name: no link brings a folder in twice.
    const real = realPath(ref.path)
    if (folders.all().some(({ root }) => realPath(root.path) === real)) return ok(null)
    const other = folders.overlapping(ref)
    if (other !== null) {
      return fail(
        'already-exists',
        `${ref.path} and the watched folder ${other.root.path} lie in each other.`,
      )
    }
    folders.add(ref, options.clock())
    return ok(null)
  }

  const removeFolder = (path: string): Result<null> => {
    const folder = folders.find(asRef(path))
    if (folder === null) return fail('not-found', `${path} is not a watched folder.`)
    folders.remove(folder.id)
    store.filterRows.refreshMissing()
    return ok(null)
  }

  /** Who starts to follow while others do has missed how the folders are followed. */
  const tellFolders = (): void => {
    for (const { path, online, watching } of folders.list(options.watchModes)) {
      if (watching !== null) server.emit('change', { kind: 'folder', path, online, watching })
    }
  }

  const eachPath = (paths: readonly string[], act: (path: string) => Result<null>): Result<null> => {
    for (const path of paths) {
      const result = act(path)
      if (!result.ok) return result
    }
    return ok(null)
  }

  const index = async (
    request: { readonly stage?: StageName | undefined; readonly model?: string | undefined },
    follow: boolean,
    signal: AbortSignal,
  ): Promise<Result<IndexSummary>> => {
    // Dropped here: what another picture half has made under the same name.
    const folder = await options.spaces.open(request.model ?? models.nextId() ?? models.currentId())
    if (!folder.ok) return folder
    // What a change of the views has left to do belongs to this run.
    await options.wide.settled()
    const model = request.model === undefined ? null : models.spaceOf(request.model)
    const ended = runs.begin({ stage: request.stage ?? null, model, follow }, signal)
    for (const watched of folders.all()) work.requestScan(watched, watched.root, true)
    store.jobs.retryFailed(passing)
    store.subtitles.retryFailed()
    store.jobs.insertMissing(runs.wanted())
    work.wake()
    if (follow) tellFolders()
    const summary = await ended
    // A terminal that leaves now would take the service with it: measuring takes a second or two.
    if (!follow && !summary.cancelled) await Promise.race([options.calibrated(), aborted(signal)])
    return ok(summary)
  }

  const handlers: Handlers<LibraryApi> = {
    folders: {
      list: () => listFolders(),
      add: ({ paths }) => {
        const added = eachPath(paths, addFolder)
        if (!added.ok) return added
        options.onFolders()
        if (runs.isFollowing()) {
          for (const path of paths) {
            const folder = folders.find(asRef(path))
            if (folder !== null) work.requestScan(folder, folder.root, true)
          }
          work.wake()
        }
        return listFolders()
      },
      remove: ({ paths }) => {
        const removed = eachPath(paths, removeFolder)
        store.subtitles.forgetStrangers()
        options.onFolders()
        return removed.ok ? listFolders() : removed
      },
      ignored: () => ok({ counts: store.ignored.counts(), entries: store.ignored.entries() }),
    },
    index: {
      run: (request, { signal }) => index(request, false, signal),
      follow: (request, { signal }) => index(request, true, signal),
      progress: () => ok(options.progress()),
    },
    videos: {
      list: ({ filter }) => ok(search.filtered(filter ?? '', now()).map(({ video }) => video)),
      page: (request) => ok(lists.page(request, now())),
      cards: ({ ids }) => ok(lists.cards(ids)),
      get: ({ id }) => {
        const detail = lists.detail(id)
        if (detail === null) return unknownVideo(id)
        work.touch(detail.id)
        return ok(detail)
      },
      shots: ({ id }) => {
        const videoId = findVideo(store, id)?.video.id
        if (videoId === undefined) return unknownVideo(id)
        work.touch(videoId)
        // Also while they are looked for anew: those that are there are still good.
        const shots = store.shots.shots(videoId)
        return ok({ analyzed: shots.length > 0 || store.jobs.isDone(videoId, 'analyzed', ''), shots })
      },
      subtitles: ({ id }) => {
        const known = findVideo(store, id)
        return known === null
          ? unknownVideo(id)
          : ok(store.subtitleLists.of(known.video.id, models.currentSpace()))
      },
      rate: person.rate,
      places: ({ id }) => {
        const facts = store.facts.get(id)
        if (facts === null) return unknownVideo(id)
        const pictures = store.pictures.get(id)
        const inFolder = (file: string | undefined): string | null =>
          file === undefined ? null : join(store.paths.pictures, file)
        return ok({
          film: store.locations.reach(id),
          container: facts.container,
          poster: inFolder(pictures?.poster.file),
          sprite: inFolder(pictures?.sprite.file),
        })
      },
      frameSource: ({ id }) => {
        const known = store.videos.get(id, '')
        if (known === null) return unknownVideo(id)
        const film = store.locations.reach(id)
        const ffmpegPath = store.settings.get('ffmpeg-path')
        return ok({ film, size: known.video.size, facts: known.facts, ffmpegPath })
      },
    },
    search: {
      moments: (request, { signal }) => search.moments(request, now(), signal),
      prepare: () => {
        search.prepare()
        return ok(null)
      },
      curve: ({ query, id }) => search.curve(query, id),
      values: ({ name, prefix, limit }) => ok(store.filterValues.of(name, prefix, limit)),
      keepPicture: (given) => options.pictures.keep(given),
      picturePlace: ({ id }) => options.pictures.place(id),
    },
    history: person.history,
    collections: person.collections,
    tags: person.tags,
    models: options.modelCalls,
    problems: {
      list: () => ok(problems.list()),
      retry: () => {
        const retried = problems.clearAll()
        store.jobs.retryFailed()
        store.subtitles.retryFailed()
        work.wake()
        return ok({ retried })
      },
    },
    settings: {
      list: () => ok(store.settings.list()),
      widePictures: () => options.wide.describe(),
      set: ({ name, value }) => {
        const before = valueOf(name)
        const chosen = store.settings.choose(name, value)
        if (!chosen.ok) return chosen
        if (valueOf(name) !== before) options.onSetting(name)
        return ok(store.settings.list())
      },
    },
    doctor: {
      run: async (_none, { signal }) =>
        ok(await runDoctor(store, options.encoder, options.providers, options.modelsFolder, signal)),
    },
    service: {
      presence: (presence, { caller }) => {
        options.presence.tell(caller, presence)
        return ok(null)
      },
      leave: () => ok({ last: options.clients() <= 1 }),
      about: () => ok({ version: options.version, pid: process.pid, library: store.paths.directory }),
    },
  }
  const server = createServer(libraryApi, handlers, { onFault: options.onFault })
  return server
}
