import { indexerApi } from '../../src-preload/contract/indexer-api.ts'
import type { IndexerApi } from '../../src-preload/contract/indexer-api.ts'
import type { LibraryChange, Pace } from '../../src-preload/contract/nouns.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Failure, KinoraError, Result } from '../../src-preload/contract/result.ts'
import type { Handlers } from '../../src-preload/contract/schema.ts'
import { createServer } from '../../src-preload/contract/server.ts'
import type { Server, ServerOptions } from '../../src-preload/contract/server.ts'
import type { WatchMode } from './folders.ts'
import type { Found } from './found.ts'
import type { IndexRuns } from './index-runs.ts'
import type { RunsOn } from './index-progress.ts'
import { inSlices } from './in-slices.ts'
import { packFault } from './join-packs.ts'
import type { Results } from './results.ts'
import type { Store } from './store.ts'
import type { TaskInFlight, Work } from './work.ts'

export type IndexerServiceOptions = {
  readonly store: Store
  readonly runs: IndexRuns
  readonly work: Work
  readonly found: Found
  readonly results: Results
  readonly watchModes: Map<number, WatchMode>
  readonly pace: () => Pace
  /** A part of an analysis took `seconds` for so many seconds of film. */
  readonly onSpeed: (filmSeconds: number, seconds: number) => void
  /** Subtitles may have gone: there is something to tidy. */
  readonly onGone: () => void
  readonly onRunsOn: (runsOn: RunsOn) => void
  readonly tell: (change: LibraryChange) => void
  readonly onFault: ServerOptions['onFault']
}

const gone = (id: number): Failure => fail('not-found', `Task ${id} is not yours any more.`)

type Part = Parameters<Handlers<IndexerApi>['work']['analyzed']>[0]['part']

/** Why a part of an analysis cannot be taken, or null. `reached`: where it must begin. */
const partFault = (
  part: Part,
  reached: number,
  models: readonly { readonly id: string }[],
): string | null => {
  if (part.from !== reached) return `The part begins at ${part.from} s, not at ${reached} s.`
  if (part.to < part.from || (part.to === part.from && !part.last)) return 'The part has no length.'
  const stranger = part.vectors.find(({ model }) => !models.some(({ id }) => id === model))
  if (stranger !== undefined) return `${stranger.model}: nobody asked for its vectors.`
  return part.vectors.map(packFault).find((fault) => fault !== null) ?? null
}

const stageOf = { probe: 'probed', skim: 'skimmed', analyze: 'analyzed' } as const

/** Serves the indexer: hands out tasks, takes results. A report on a task that was taken away is refused. */
export const createIndexerService = (options: IndexerServiceOptions): Server<IndexerApi> => {
  const { store, runs, work, found, results, watchModes, tell } = options

  const withTask = (
    id: number,
    kinds: TaskInFlight['task']['kind'],
    act: (held: TaskInFlight) => Result<null>,
  ): Result<null> => {
    const held = work.inFlight(id)
    return held?.task.kind !== kinds ? gone(id) : act(held)
  }

  /** Asked between slices: the library may have been closed meanwhile, or the task taken back. */
  const isInHand = (held: TaskInFlight): boolean =>
    store.database.open && work.inFlight(held.task.id) === held

  const reportFailure = (held: TaskInFlight, error: KinoraError, seconds: number): Result<null> => {
    const { task, jobs } = held
    const path = task.path.path
    if (task.kind === 'scan') {
      store.problems.put({ videoId: null, path: task.path }, 'found', error)
      tell({ kind: 'problem', path, stage: 'found', code: error.code })
    } else if (task.kind === 'sidecar') {
      if (held.sidecar !== null) store.subtitles.markFailed(held.sidecar)
      const subject = { videoId: null, path: task.path } as const
      // What went away meanwhile is the next scan's business.
      if (error.code !== 'missing-file' && store.problems.put(subject, 'probed', error))
        tell({ kind: 'problem', path, stage: 'probed', code: error.code })
    } else {
      results.failed(jobs, error)
      const stage = stageOf[task.kind]
      runs.count({ stage, failed: true, seconds, videoId: task.videoId })
      tell({ kind: 'problem', path, stage, code: error.code })
    }
    work.settle(task.id)
    return ok(null)
  }

  const handlers: Handlers<IndexerApi> = {
    work: {
      briefing: () => {
        const shotModel = store.settings.get('shot-model')
        return ok({
          library: store.paths.directory,
          pictureDirectory: store.paths.pictures,
          ffmpegPath: store.settings.get('ffmpeg-path'),
          hardwareDecoding: store.settings.get('hardware-decoding') !== 'off',
          shotModel: shotModel === null || shotModel === '' ? null : shotModel,
          pace: options.pace(),
        })
      },
      next: ({ lane }, { signal }) => work.next(lane, signal),
      release: ({ task }) => {
        work.release(task)
        return ok(null)
      },
      failed: ({ task, error, seconds }) => {
        const held = work.inFlight(task)
        return held === null ? gone(task) : reportFailure(held, error, seconds)
      },
      probed: async ({ task, facts, subtitles, seconds }) => {
        const held = work.inFlight(task)
        if (held?.task.kind !== 'probe') return gone(task)
        const { videoId } = held.task
        const slices = store.subtitles.putEmbedded(videoId, subtitles)
        if (!(await inSlices(slices, () => isInHand(held)))) return gone(task)
        results.probed(held.task, held.jobs, facts)
        store.jobs.insertMissing(runs.wanted(), videoId)
        runs.count({ stage: 'probed', failed: false, seconds, videoId })
        options.onGone()
        work.settle(task)
        return ok(null)
      },
      sidecarRead: async ({ task, language, lines }) => {
        const held = work.inFlight(task)
        const sidecar = held?.sidecar ?? null
        if (held === null || sidecar === null) return gone(task)
        const slices = store.subtitles.put(sidecar, language, lines)
        if (await inSlices(slices, () => isInHand(held) && store.subtitles.isThere(sidecar))) {
          const { videoId, path } = sidecar
          store.problems.clear({ videoId: null, path }, 'probed')
          store.filterRows.refresh([videoId])
          tell({ kind: 'subtitles', videoId, path: path.path })
        }
        work.settle(task)
        return ok(null)
      },
      skimmed: ({ task, pictures, vectors, seconds }) =>
        withTask(task, 'skim', (held) => {
          if (held.task.kind !== 'skim') return gone(task)
          const { videoId, path, facts } = held.task
          const wrong = vectors.find(
            (pack) => pack.vectors.byteLength !== pack.times.length * pack.dimensions * 2,
          )
          if (wrong !== undefined)
            return fail('bad-arguments', `${wrong.model}: vectors and times do not match.`)
          results.skimmed(held.task, held.jobs, { pictures, vectors })
          store.jobs.insertMissing(runs.wanted(), videoId)
          const frames = vectors.reduce((sum, pack) => sum + pack.times.length, 0)
          const seen = vectors.reduce((sum, pack) => sum + pack.pictures, 0)
          const skimmed = { videoSeconds: facts.duration, frames, pictures: seen }
          runs.count({ stage: 'skimmed', failed: false, seconds, videoId, skimmed })
          tell({ kind: 'video-ready', videoId, path: path.path })
          work.settle(task)
          return ok(null)
        }),
      analyzed: ({ task, part, cost, seconds }) =>
        withTask(task, 'analyze', (held) => {
          if (held.task.kind !== 'analyze') return gone(task)
          const fault = partFault(part, held.reached, held.task.models)
          if (fault !== null) return fail('bad-arguments', fault)
          const { videoId, path } = held.task
          const { last, ...found } = part
          if (last) results.analyzed(held.task, held.jobs, found)
          else results.partDone(held.task, held.jobs, found)
          const frames = part.vectors.reduce((sum, pack) => sum + pack.times.length, 0)
          const pictures = part.vectors.reduce((sum, pack) => sum + pack.pictures, 0)
          runs.countPart({ seconds, frames, pictures, cost })
          options.onSpeed(part.to - part.from, seconds)
          if (last) {
            runs.count({ stage: 'analyzed', failed: false, seconds: 0, videoId })
            // Once more: what can be found in it has become finer, and its shots are known.
            tell({ kind: 'video-ready', videoId, path: path.path })
            work.settle(task)
          } else work.progressed(task, part.to)
          return ok(null)
        }),
      runsOn: (runsOn) => {
        options.onRunsOn(runsOn)
        return ok(null)
      },
    },
    scan: {
      files: ({ task, files }) => {
        const held = work.inFlight(task)
        if (held?.task.kind !== 'scan') return gone(task)
        return ok({ unknown: found.files(held.task, held.scan, files) })
      },
      identified: ({ task, files }) =>
        withTask(task, 'scan', (held) => {
          if (held.task.kind !== 'scan') return gone(task)
          found.identified(held.task, held.scan, files, runs.wanted())
          work.wake()
          return ok(null)
        }),
      sidecars: ({ task, files }) =>
        withTask(task, 'scan', (held) => {
          if (held.task.kind !== 'scan') return gone(task)
          found.sidecars(held.task, held.scan, files)
          work.wake()
          return ok(null)
        }),
      ignored: ({ task, entries, counts }) =>
        withTask(task, 'scan', (held) => {
          if (held.task.kind !== 'scan') return gone(task)
          const { folderId } = held.task
          store.ignored.add(
            folderId,
            entries.map(({ path, rule }) => ({ path: path.path, rule })),
          )
          if (counts.length > 0) store.ignored.setCounts(folderId, counts)
          return ok(null)
        }),
      done: ({ task, seconds, ...end }) =>
        withTask(task, 'scan', (held) => {
          if (held.task.kind !== 'scan') return gone(task)
          found.end(held.task, held.scan, end, runs.wanted())
          options.onGone()
          runs.count({ stage: 'found', failed: !end.complete, seconds, videoId: null })
          work.settle(task)
          return ok(null)
        }),
    },
    watch: {
      folders: () => ok(runs.isFollowing() ? store.folders.all().map(({ id, root }) => ({ id, root })) : []),
      mode: ({ folderId, mode }) => {
        const folder = store.folders.all().find(({ id }) => id === folderId)
        watchModes.set(folderId, mode)
        if (folder !== undefined) {
          tell({ kind: 'folder', path: folder.root.path, online: folder.online, watching: mode })
        }
        return ok(null)
      },
      changed: ({ folderId, folders }) => {
        const folder = store.folders.all().find(({ id }) => id === folderId)
        if (folder === undefined) return fail('not-found', 'The folder is not watched any more.')
        for (const { path, deep } of folders ?? [{ path: folder.root, deep: true }]) {
          work.requestScan(folder, path, deep)
        }
        work.wake()
        return ok(null)
      },
    },
  }
  return createServer(indexerApi, handlers, { onFault: options.onFault })
}
