import { createClient } from '../../src-preload/contract/client.ts'
import { indexerApi } from '../../src-preload/contract/indexer-api.ts'
import type { AnalyzeTask, IndexerApi, SkimTask, Task } from '../../src-preload/contract/indexer-api.ts'
import { createMemoryWires } from '../../src-preload/contract/memory-wire.ts'
import type { IndexSummary, LibraryChange, Pace } from '../../src-preload/contract/nouns.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Client } from '../../src-preload/contract/schema.ts'
import { createAnalysisSpeed } from '../../src-main/catalog/analysis-speed.ts'
import { createFound } from '../../src-main/catalog/found.ts'
import { createIndexProgress } from '../../src-main/catalog/index-progress.ts'
import { createIndexRuns } from '../../src-main/catalog/index-runs.ts'
import type { IndexRuns } from '../../src-main/catalog/index-runs.ts'
import { createIndexerService } from '../../src-main/catalog/indexer-service.ts'
import { createResults } from '../../src-main/catalog/results.ts'
import { createWork } from '../../src-main/catalog/work.ts'
import type { Work } from '../../src-main/catalog/work.ts'
import type { IndexProgress } from '../../src-preload/contract/nouns.ts'
import { someFacts } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

export type IndexerClient = Client<IndexerApi>
type Args<Name extends keyof IndexerClient['call']['work']> = Parameters<
  IndexerClient['call']['work'][Name]
>[0]
export type ReportedPart = Args<'analyzed'>['part']

export type ServedIndexer = {
  readonly runs: IndexRuns
  readonly work: Work
  readonly client: () => IndexerClient
  readonly changes: readonly LibraryChange[]
  readonly progress: () => IndexProgress
  readonly setPace: (pace: Pace) => void
  /** Seconds on the catalog's clock. */
  readonly pass: (seconds: number) => void
  /** For a model, or (null) for the one that is to answer. */
  readonly begin: (model?: string | null) => {
    readonly summary: Promise<IndexSummary>
    readonly cancel: () => void
  }
  /** The indexer dies; another connects. */
  readonly die: (kind: 'crashed' | 'killed') => void
}

/** The catalog's side of the indexer over a library, and a client in the indexer's place over memory wires. */
export const serveIndexer = (
  { store }: TemporaryStore,
  onCommitted: () => void = () => undefined,
): ServedIndexer => {
  let now = 1000
  let pace: Pace = 'full'
  const clock = (): number => now
  const changes: LibraryChange[] = []
  const tell = (change: LibraryChange): void => void changes.push(change)
  const runs = createIndexRuns(store, clock, () => undefined)
  const results = createResults(store, onCommitted)
  const work = createWork({
    store,
    runs,
    pace: () => pace,
    use: () => ({ provider: 'cpu', batch: 4 }),
    onLost: results.failed,
    onIdle: runs.finishIdle,
  })
  const speed = createAnalysisSpeed(clock)
  const server = createIndexerService({
    store,
    runs,
    work,
    found: createFound(store, clock, tell),
    results,
    watchModes: new Map(),
    pace: () => pace,
    onSpeed: speed.add,
    onGone: () => undefined,
    onRunsOn: () => undefined,
    tell,
    onFault: ({ where, cause }) => {
      throw new Error(where, { cause })
    },
  })
  const connect = (): IndexerClient => {
    const [here, there] = createMemoryWires()
    server.attach(here)
    return createClient(indexerApi, there)
  }
  let client = connect()
  return {
    runs,
    work,
    client: () => client,
    changes,
    progress: createIndexProgress({
      store,
      runs,
      work,
      speed,
      pace: () => pace,
      runsOn: () => null,
      clock: () => 0,
    }),
    setPace: (next) => {
      pace = next
      server.emit('stop', { tasks: [...work.surplus()] })
      work.wake()
    },
    pass: (seconds) => {
      now += seconds
    },
    begin: (model = 'palette') => {
      const controller = new AbortController()
      const summary = runs.begin({ stage: null, model, follow: false }, controller.signal)
      store.jobs.insertMissing(runs.wanted())
      work.wake()
      return { summary, cancel: () => controller.abort() }
    },
    die: (kind) => {
      client.close()
      client = connect()
      work.lost(kind)
    },
  }
}

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

/** The next film that the decoding lane is given. */
export const nextFilm = async (served: ServedIndexer): Promise<SkimTask | AnalyzeTask> => {
  const task: Task = must(await served.client().call.work.next({ lane: 'decode' }))
  if (task.kind !== 'skim' && task.kind !== 'analyze') throw new Error(task.kind)
  return task
}

export const nextAnalysis = async (served: ServedIndexer): Promise<AnalyzeTask> => {
  const task = await nextFilm(served)
  if (task.kind !== 'analyze') throw new Error(`${task.kind} of ${task.videoId}`)
  return task
}

const dimensions = 32

/** Vectors in f16 that differ from film to film and from frame to frame. */
const halves = (count: number, salt: number): Uint8Array => {
  const numbers = Float16Array.from({ length: count * dimensions }, (_, i) => Math.sin(i * 1.7 + salt))
  return new Uint8Array(numbers.buffer)
}

/** Probes and skims everything that waits; every film is `duration` seconds long and gets 10 coarse vectors a model. */
export const skimAll = async (served: ServedIndexer, films: number, duration: number): Promise<void> => {
  const { work } = served.client().call
  for (let i = 0; i < films; i += 1) {
    const { id } = must(await work.next({ lane: 'probe' }))
    must(await work.probed({ task: id, facts: someFacts(duration), subtitles: [], seconds: 0.1 }))
  }
  for (let i = 0; i < films; i += 1) must(await work.skimmed(skimOf(await nextFilm(served))))
}

/** Of a wide film with many frames. */
const seenBy = { crop: 'centre', letterbox: 'whole', views: 'ends' } as const

/** What a skim of 10 frames would report. */
export const skimOf = (task: SkimTask | AnalyzeTask): Args<'skimmed'> => ({
  task: task.id,
  pictures: null,
  vectors: task.models.map(({ id, wide }) => ({
    model: id,
    dimensions,
    times: Array.from({ length: 10 }, (_, i) => i),
    vectors: halves(10, 1),
    pictures: 10,
    seen: seenBy[wide],
  })),
  seconds: 1,
})

/** What an analysis would report of [from, to): a cut in the middle, curves, a vector every 5 s that stands 0.5 s earlier. */
export const partOf = (task: AnalyzeTask, from: number, to: number, last: boolean): ReportedPart => {
  const times = Array.from({ length: Math.ceil((to - from) / 5) }, (_, i) => from + i * 5 + 0.5)
  const middle = (from + to) / 2
  return {
    from,
    to,
    last,
    boundaries: [{ time: middle, from: middle, to: middle, kind: 'cut' }],
    tracks: [
      { kind: 'motion', rate: 2, size: 1, values: new Uint8Array((to - from) * 2).fill(40) },
      { kind: 'luma', rate: 2, size: 1, values: new Uint8Array((to - from) * 2).fill(120) },
    ],
    vectors: task.models.map(({ id, wide }) => ({
      model: id,
      dimensions,
      times,
      starts: times.map((time) => time - 0.5),
      vectors: halves(times.length, from),
      pictures: times.length,
      seen: seenBy[wide],
    })),
  }
}

/** Reports a part that took `seconds`; answers how the catalog took it. */
export const reportPart = (
  served: ServedIndexer,
  task: AnalyzeTask,
  part: ReportedPart,
  seconds = 10,
): Promise<Result<null>> =>
  served.client().call.work.analyzed({
    task: task.id,
    part,
    cost: {
      decoded: part.to - part.from,
      decoding: seconds * 0.8,
      embedding: seconds / 2,
      waiting: seconds * 0.2,
    },
    seconds,
  })

/** Analyzes one film in parts of 300 s, as far as `until` (its end where that is left out). */
export const analyze = async (served: ServedIndexer, task: AnalyzeTask, until = Infinity): Promise<void> => {
  const end = task.facts.duration
  for (let from = task.from; from < Math.min(end, until); from += 300) {
    const to = Math.min(end, from + 300)
    must(await reportPart(served, task, partOf(task, from, to, to === end)))
  }
}
