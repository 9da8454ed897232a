import type { ScanTask, Task, TaskModel } from '../../src-preload/contract/indexer-api.ts'
import type { Pace } from '../../src-preload/contract/nouns.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { KinoraError, Result } from '../../src-preload/contract/result.ts'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import type { Stage } from '../domain/stages.ts'
import { isWithin, pathKey } from '../foundation/path-ref.ts'
import type { FolderRow } from './folders.ts'
import { maximumCrashes } from './jobs.ts'
import type { Job, JobGroup } from './jobs.ts'
import type { IndexRuns } from './index-runs.ts'
import { wideMode } from './settings.ts'
import type { Store } from './store.ts'
import type { DueSidecar } from './subtitles.ts'

export type Lane = 'scan' | Stage['lane']

/**
 * A task that the indexer holds. `scan` is the number its locations are marked with, `reached` the second of the film
 * up to which an analysis is safe.
 */
export type TaskInFlight = {
  readonly task: Task
  readonly jobs: readonly Job[]
  readonly scan: number
  readonly suspect: boolean
  readonly reached: number
  /** The subtitle file that is being read. */
  readonly sidecar: DueSidecar | null
}

export type WorkOptions = {
  readonly store: Store
  readonly runs: IndexRuns
  readonly pace: () => Pace
  /** By what a model's pictures are to be computed, as far as that is known. */
  readonly use: (model: string) => TaskModel['use']
  /** These jobs were in flight too often when the indexer died. */
  readonly onLost: (jobs: readonly Job[], error: KinoraError) => void
  /** Nothing is left to do, for now. */
  readonly onIdle: () => void
}

export type Work = {
  /** Asks for a look at a folder, or at a part of it. The same part twice is one look. */
  readonly requestScan: (folder: FolderRow, part: PathRef, deep: boolean) => void
  /** The next task of a lane, as soon as there is one. */
  readonly next: (lane: Lane, signal: AbortSignal) => Promise<Result<Task>>
  readonly inFlight: (taskId: number) => TaskInFlight | null
  readonly scansLeft: () => number
  /** The film of a task is safe up to `second`. */
  readonly progressed: (taskId: number, second: number) => void
  /** The task is over, in whichever way. */
  readonly settle: (taskId: number) => void
  /** The task is given back undone. */
  readonly release: (taskId: number) => void
  /** Takes these tasks back undone (all without `which`), without waking anybody; answers their ids. */
  readonly takeBack: (which?: (held: TaskInFlight) => boolean) => readonly number[]
  /** Films that are in hand beyond what the pace allows, the newest ones. */
  readonly surplus: () => readonly number[]
  /** The indexer is gone: what it held is missing again, or a problem when it has died of it too often. */
  readonly lost: (kind: 'ended' | 'crashed' | 'killed') => void
  readonly current: () => readonly TaskInFlight[]
  /** Something has changed that may give idle lanes work (or end a run). */
  readonly wake: () => void
  /** These videos come first: a person looks at them. */
  readonly touch: (videoId: string) => void
}

type Waiter = { readonly lane: Lane; readonly resolve: (result: Result<Task>) => void }

const noJobs = { jobs: [], scan: 0, suspect: false, reached: 0, deaths: 0, sidecar: null } as const

const killer: KinoraError = {
  code: 'killed-the-indexer',
  message: 'The indexer died twice while it worked on this file.',
  advice: 'The file is probably damaged. Retry after an update of Kinora or ffmpeg.',
}
const maximumTouched = 100
const maximumScanDeaths = 3

/** What a group of jobs is asked of the indexer as, or null when a part of it is no more. */
const taskFor = ({ store, use }: WorkOptions, group: JobGroup, id: number): Task | null => {
  const { videoId, jobs } = group
  const path = store.locations.reach(videoId)
  if (path === null) return null
  if (jobs.some(({ stage }) => stage === 'probed')) return { kind: 'probe', id, videoId, path }
  const facts = store.facts.get(videoId)
  if (facts === null) return null
  const wide = wideMode(store.settings)
  const models = jobs.flatMap(({ model }) => {
    const place = model === '' ? null : store.models.place(model)
    const { provider, batch } = use(model)
    return place === null ? [] : [{ ...place, use: { provider, batch }, wide }]
  })
  if (jobs.some(({ stage }) => stage === 'analyzed')) {
    const from = store.parts.resume(videoId, jobs, wide)
    return { kind: 'analyze', id, videoId, path, facts, models, from }
  }
  const pictures = jobs.find(({ model }) => model === '')?.version ?? null
  return { kind: 'skim', id, videoId, path, facts, pictures, models }
}

/**
 * Hands out tasks. The indexer pulls, one task a lane's slot, so that a slow disk or a busy machine is never
 * flooded; what it holds is remembered here and in the job table.
 */
export const createWork = (options: WorkOptions): Work => {
  const { store, runs, pace, onLost, onIdle } = options
  let nextTask = 1
  const scans: {
    readonly folder: FolderRow
    readonly part: PathRef
    readonly deep: boolean
    readonly deaths: number
  }[] = []
  const held = new Map<number, TaskInFlight & { readonly deaths: number }>()
  const waiters = new Set<Waiter>()
  const touched = new Set<string>()
  /** How often the indexer has crashed with a subtitle file in hand. */
  const sidecarCrashes = new Map<number, number>()

  const takeScan = (): Task | null => {
    const wanted = scans.shift()
    if (wanted === undefined) return null
    const task: ScanTask = {
      kind: 'scan',
      id: nextTask++,
      folderId: wanted.folder.id,
      root: wanted.folder.root,
      path: wanted.part,
      deep: wanted.deep,
      minimumBytes: Number(store.settings.get('minimum-bytes') ?? '1'),
    }
    // A look at everything says anew what is left out.
    if (wanted.deep && pathKey(wanted.part).equals(pathKey(wanted.folder.root))) {
      store.ignored.restart(wanted.folder.id)
    }
    const scan = store.locations.nextScan()
    held.set(task.id, { task, ...noJobs, scan, deaths: wanted.deaths })
    return task
  }
  /** A person who puts a subtitle beside a film wants to find its words now, and reading one takes milliseconds. */
  const takeSidecar = (): Task | null => {
    const isWatched = [...held.values()].some(({ suspect }) => suspect)
    const sidecar = isWatched ? null : dueSidecar()
    if (sidecar === null) return null
    const { videoId, path, language, duration } = sidecar
    const task: Task = { kind: 'sidecar', id: nextTask++, videoId, path, language, duration }
    held.set(task.id, { task, ...noJobs, sidecar })
    return task
  }
  const dueSidecar = (): DueSidecar | null => {
    if (!runs.wanted().stages.some(({ name }) => name === 'probed')) return null
    const inHand = [...held.values()].flatMap(({ sidecar }) => (sidecar === null ? [] : [sidecar.id]))
    return store.subtitles.next(inHand)
  }
  const mayTake = (group: JobGroup): boolean => {
    const busy = [...held.values()].filter(({ jobs, sidecar }) => jobs.length > 0 || sidecar !== null)
    // What may have killed the indexer runs alone: if it dies again, we know of whom.
    return group.suspect ? busy.length === 0 : !busy.some(({ suspect }) => suspect)
  }
  const decodes = (): readonly number[] =>
    [...held.values()].flatMap(({ task }) =>
      task.kind === 'skim' || task.kind === 'analyze' ? [task.id] : [],
    )
  /** How many films may be in hand. */
  const allowed = (): number => ({ full: Infinity, slow: 1, paused: 0 })[pace()]
  const takeJobs = (lane: Stage['lane']): Task | null => {
    if (lane === 'decode' && decodes().length >= allowed()) return null
    const group = store.jobs.next(lane, runs.wanted(), touched)
    if (group === null || !mayTake(group)) return null
    const task = taskFor(options, group, nextTask++)
    if (task === null) return null
    store.jobs.mark(group.jobs, 'running')
    const reached = task.kind === 'analyze' ? task.from : 0
    held.set(task.id, { task, ...noJobs, jobs: group.jobs, suspect: group.suspect, reached })
    return task
  }
  const take = (lane: Lane): Task | null => {
    if (lane === 'scan') return takeScan()
    return (lane === 'probe' ? takeSidecar() : null) ?? takeJobs(lane)
  }

  const strikeSidecar = (sidecar: DueSidecar): void => {
    const crashes = (sidecarCrashes.get(sidecar.id) ?? 0) + 1
    sidecarCrashes.set(sidecar.id, crashes)
    if (crashes < maximumCrashes) return
    store.subtitles.markFailed(sidecar)
    store.problems.put({ videoId: null, path: sidecar.path }, 'probed', killer)
  }

  const wake = (): void => {
    if (runs.isActive()) {
      for (const waiter of waiters) {
        const task = take(waiter.lane)
        if (task === null) continue
        waiters.delete(waiter)
        waiter.resolve(ok(task))
      }
    }
    const nothingLeft = held.size === 0 && scans.length === 0 && runs.isActive()
    if (nothingLeft && (['probe', 'decode'] as const).every((lane) => isDry(lane))) onIdle()
  }
  const giveBack = (entry: TaskInFlight & { readonly deaths: number }): void => {
    held.delete(entry.task.id)
    store.jobs.mark(entry.jobs, 'pending')
    if (entry.task.kind !== 'scan') return
    const { folderId: id, root, path: part, deep } = entry.task
    scans.push({ folder: { id, root, online: true }, part, deep, deaths: entry.deaths })
  }
  const isDry = (lane: Stage['lane']): boolean =>
    store.jobs.next(lane, runs.wanted(), touched) === null && (lane !== 'probe' || dueSidecar() === null)

  return {
    requestScan: (folder, part, deep) => {
      const key = pathKey(part)
      const covered = scans.some(
        (other) =>
          other.folder.id === folder.id &&
          (other.deep ? isWithin(pathKey(other.part), key) : !deep && pathKey(other.part).equals(key)),
      )
      if (!covered) scans.push({ folder, part, deep, deaths: 0 })
    },
    next: (lane, signal) => {
      const { promise, resolve } = Promise.withResolvers<Result<Task>>()
      const waiter: Waiter = { lane, resolve }
      signal.addEventListener('abort', () => {
        waiters.delete(waiter)
        resolve(fail('cancelled', 'Cancelled.'))
      })
      waiters.add(waiter)
      wake()
      return promise
    },
    inFlight: (taskId) => held.get(taskId) ?? null,
    scansLeft: () => scans.length + [...held.values()].filter(({ task }) => task.kind === 'scan').length,
    progressed: (taskId, second) => {
      const entry = held.get(taskId)
      if (entry === undefined) return
      held.set(taskId, { ...entry, reached: second, suspect: false })
      // What was suspected ran alone; the others may go on.
      if (entry.suspect) wake()
    },
    settle: (taskId) => {
      held.delete(taskId)
      wake()
    },
    release: (taskId) => {
      const entry = held.get(taskId)
      if (entry === undefined) return
      giveBack(entry)
      wake()
    },
    takeBack: (which = () => true) => {
      const entries = [...held.values()].filter(which)
      entries.forEach(giveBack)
      return entries.map(({ task }) => task.id)
    },
    // What is in hand at a pause rests there.
    surplus: () => (pace() === 'slow' ? decodes().slice(1) : []),
    lost: (kind) => {
      // Whoever waited was that process: its end may be known before its socket's, and a task given to it now were lost.
      for (const waiter of waiters) waiter.resolve(fail('cancelled', 'The indexer is gone.'))
      waiters.clear()
      const entries = [...held.values()]
      held.clear()
      for (const { task, deaths, sidecar } of entries) {
        if (sidecar !== null && kind === 'crashed') strikeSidecar(sidecar)
        if (task.kind !== 'scan') continue
        const folder: FolderRow = { id: task.folderId, root: task.root, online: true }
        const again = kind === 'crashed' ? deaths + 1 : deaths
        if (again < maximumScanDeaths) scans.push({ folder, part: task.path, deep: task.deep, deaths: again })
      }
      const jobs = entries.flatMap((entry) => entry.jobs)
      if (kind === 'ended') store.jobs.mark(jobs, 'pending')
      else {
        const dead = store.jobs.strike(jobs, kind)
        onLost(dead, killer)
      }
      wake()
    },
    current: () => [...held.values()],
    wake,
    touch: (videoId) => {
      touched.delete(videoId)
      touched.add(videoId)
      for (const oldest of touched) {
        if (touched.size <= maximumTouched) break
        touched.delete(oldest)
      }
    },
  }
}
