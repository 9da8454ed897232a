import type { Folder, Model } from '../../src-preload/contract/nouns.ts'
import type { BrowsedPlace, HostInfo, PageApi } from '../../src-preload/contract/page-api.ts'
import { pageApi } from '../../src-preload/contract/page-api.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Handlers } from '../../src-preload/contract/schema.ts'
import { createServer } from '../../src-preload/contract/server.ts'
import type { Server } from '../../src-preload/contract/server.ts'
import { createIndexKeeper } from './index-keeper.ts'
import type { LibraryHolder } from './library-holder.ts'
import type { Log } from './log.ts'
import { createModelGetter } from './model-getter.ts'

/** What differs between the hosts of a page. Paths stay in here: the page sees names and opaque ids. */
export type PageHost = {
  readonly about: () => HostInfo
  /** The system's dialog: absolute paths, none where it was cancelled. `not-allowed` where the host has no dialog. */
  readonly chooseFolder: () => Promise<Result<readonly string[]>>
  /** Lists a place (null: the roots); `watched` are the folders of the library. `not-allowed` where not offered. */
  readonly browse: (place: string | null, watched: readonly string[]) => Promise<Result<BrowsedPlace>>
  /** The absolute path of a place that was listed; `not-found` for any other word. */
  readonly placePath: (place: string) => Promise<Result<string>>
}

export type PageServiceOptions = {
  readonly library: LibraryHolder
  readonly host: PageHost
  readonly log: Log
}

/**
 * Answers a page on top of a library: hands its questions on, keeps indexing running in the background until
 * the page pauses it, and tells it of progress and changes. One service serves every window of a host. It ends
 * with its `library`.
 */
export const createPageService = ({ library, host, log }: PageServiceOptions): Server<PageApi> => {
  const { ask } = library
  const keeper = createIndexKeeper({ library, log })
  const getter = createModelGetter({ library, log })
  const listModels = (): Promise<Result<readonly Model[]>> => ask((client) => client.call.models.list({}))

  const addFolders = (paths: readonly string[]): Promise<Result<readonly Folder[]>> =>
    ask((client) =>
      paths.length === 0 ? client.call.folders.list({}) : client.call.folders.add({ paths: [...paths] }),
    )

  const handlers: Handlers<PageApi> = {
    host: {
      about: () => ok(host.about()),
      chooseFolder: async () => {
        const chosen = await host.chooseFolder()
        return chosen.ok ? addFolders(chosen.value) : chosen
      },
      browse: async ({ place }) => {
        const folders = await ask((client) => client.call.folders.list({}))
        return folders.ok
          ? host.browse(
              place,
              folders.value.map(({ path }) => path),
            )
          : folders
      },
      addBrowsed: async ({ place }) => {
        const path = await host.placePath(place)
        return path.ok ? addFolders([path.value]) : path
      },
    },
    indexing: {
      progress: async (_none, { signal }) => {
        const progress = await ask((client) => client.call.index.progress({}, { signal }))
        return progress.ok ? ok({ ...progress.value, paused: keeper.isPaused() }) : progress
      },
      pause: () => {
        keeper.pause()
        return ok(null)
      },
      resume: () => {
        keeper.resume()
        return ok(null)
      },
    },
    folders: {
      list: (_none, { signal }) => ask((client) => client.call.folders.list({}, { signal })),
      remove: ({ id }) =>
        ask(async (client) => {
          const folders = await client.call.folders.list({})
          if (!folders.ok) return folders
          const folder = folders.value.find((candidate) => candidate.id === id)
          if (folder === undefined) return fail('not-found', 'The folder is not watched any more.')
          return client.call.folders.remove({ paths: [folder.path] })
        }),
      ignored: (_none, { signal }) => ask((client) => client.call.folders.ignored({}, { signal })),
    },
    videos: {
      page: (request, { signal }) => ask((client) => client.call.videos.page(request, { signal })),
      get: (request, { signal }) => ask((client) => client.call.videos.get(request, { signal })),
      cards: (request, { signal }) => ask((client) => client.call.videos.cards(request, { signal })),
      shots: (request, { signal }) => ask((client) => client.call.videos.shots(request, { signal })),
      subtitles: (request, { signal }) => ask((client) => client.call.videos.subtitles(request, { signal })),
      rate: (request) => ask((client) => client.call.videos.rate(request)),
    },
    search: {
      moments: (request, { signal }) => ask((client) => client.call.search.moments(request, { signal })),
      prepare: () => ask((client) => client.call.search.prepare({})),
      curve: (request, { signal }) => ask((client) => client.call.search.curve(request, { signal })),
      values: (request, { signal }) => ask((client) => client.call.search.values(request, { signal })),
      keepPicture: (picture) =>
        ask((client) => client.call.search.keepPicture({ from: 'bytes', ...picture })),
    },
    history: {
      list: (request, { signal }) => ask((client) => client.call.history.list(request, { signal })),
      add: (request) => ask((client) => client.call.history.add(request)),
      forget: (request) => ask((client) => client.call.history.forget(request)),
    },
    collections: {
      list: (_none, { signal }) => ask((client) => client.call.collections.list({}, { signal })),
      save: (request) => ask((client) => client.call.collections.save(request)),
      rename: (request) => ask((client) => client.call.collections.rename(request)),
      delete: (request) => ask((client) => client.call.collections.delete(request)),
    },
    tags: {
      list: (_none, { signal }) => ask((client) => client.call.tags.list({}, { signal })),
      add: (request) => ask((client) => client.call.tags.add(request)),
      remove: (request) => ask((client) => client.call.tags.remove(request)),
    },
    models: {
      list: () => listModels(),
      get: ({ id }) => {
        getter.begin(id)
        return listModels()
      },
      cancelGet: async ({ id }) => {
        await getter.cancel(id)
        return listModels()
      },
      // An index run without a model of its own follows the change: nothing is to be begun anew.
      use: (request) => ask((client) => client.call.models.use(request)),
      remove: (request) => ask((client) => client.call.models.remove(request)),
      dropVectors: (request) => ask((client) => client.call.models.dropVectors(request)),
      test: (request, { signal }) => ask((client) => client.call.models.test(request, { signal })),
      providers: (_none, { signal }) => ask((client) => client.call.models.providers({}, { signal })),
    },
    settings: {
      widePictures: (_none, { signal }) => ask((client) => client.call.settings.widePictures({}, { signal })),
      setWidePictures: ({ mode }) =>
        ask(async (client) => {
          const set = await client.call.settings.set({ name: 'wide-pictures', value: mode })
          return set.ok ? client.call.settings.widePictures({}) : set
        }),
    },
    problems: {
      list: (_none, { signal }) => ask((client) => client.call.problems.list({}, { signal })),
      retry: () => ask((client) => client.call.problems.retry({})),
    },
    doctor: { run: (_none, { signal }) => ask((client) => client.call.doctor.run({}, { signal })) },
  }

  const server = createServer(pageApi, handlers, {
    onFault: ({ where, cause }) => log.warn({ where, err: cause }, 'page: a call failed'),
  })
  keeper.onProgress((progress) => server.emit('progress', progress))
  library.onClient((client) => void client.on('change', (change) => server.emit('change', change)))
  return server
}
