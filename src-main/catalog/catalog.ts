import { availableParallelism } from 'node:os'
import type { ModelRegistry } from '../../src-preload/contract/model-registry.ts'
import type { LibraryChange } from '../../src-preload/contract/nouns.ts'
import { ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Wire } from '../../src-preload/contract/wire.ts'
import { after } from '../foundation/after.ts'
import { drop } from '../foundation/drop.ts'
import type { EngineEntries } from '../foundation/engine-entries.ts'
import type { Forker } from '../foundation/engine-process.ts'
import type { LibraryPaths } from '../foundation/library-paths.ts'
import { followPowerSupply, powerSupplyFolder } from '../foundation/power-supply.ts'
import type { Role } from '../foundation/library-socket.ts'
import type { Log } from '../foundation/log.ts'
import { createAnalysisSpeed } from './analysis-speed.ts'
import { openDatabase } from './database.ts'
import { createCalibrator } from './calibrator.ts'
import { createEncoderLink } from './encoder-link.ts'
import { createEngine } from './engines.ts'
import type { WatchMode } from './folders.ts'
import { createFound } from './found.ts'
import { createBackgroundWork } from './in-slices.ts'
import { createIndexProgress } from './index-progress.ts'
import type { RunsOn } from './index-progress.ts'
import { createIndexRuns } from './index-runs.ts'
import { createIndexerService } from './indexer-service.ts'
import { measureHubs } from './hub-work.ts'
import { createKeptPictures } from './kept-pictures.ts'
import { createLibraryService } from './library-service.ts'
import { createCanaryParity } from './canary-parity.ts'
import { createModelManagement } from './model-management.ts'
import { createModelProviders } from './model-providers.ts'
import { createPresence } from './presence.ts'
import { createProviderChecks } from './provider-checks.ts'
import { createQuiet } from './quiet.ts'
import { createResults } from './results.ts'
import { createSearch } from './search.ts'
import { createStore } from './store.ts'
import { createSubtitleFitWork } from './subtitle-fit-work.ts'
import { createWideChange } from './wide-change.ts'
import { createWork } from './work.ts'
import type { Work } from './work.ts'

export type CatalogOptions = {
  readonly paths: LibraryPaths
  readonly log: Log
  readonly fork: Forker
  readonly entries: EngineEntries
  readonly modelsDirectory: string
  /** Where downloaded models lie, for all libraries. */
  readonly downloads: string
  readonly registry: ModelRegistry
  readonly version: string
  /** Seconds since 1970. */
  readonly clock: () => number
  /** The last host has left. */
  readonly onAlone: () => void
}

export type Catalog = {
  /** A host or an engine has connected. */
  readonly connect: (role: Role, wire: Wire) => void
  readonly clients: () => number
  readonly close: () => Promise<void>
}

const progressMilliseconds = 500

/** Puts the catalog together: the truth of one library, and the engines that work for it. */
export const createCatalog = (options: CatalogOptions): Result<Catalog> => {
  const { paths, log, fork, entries, clock, onAlone } = options
  let clients = 0
  const opened = openDatabase(paths, log, new Date(clock() * 1000))
  if (!opened.ok) return opened
  const database = opened.value
  const { segmentBuilder, vectorHelper } = entries
  const store = createStore({
    database,
    paths,
    log,
    fork,
    segmentBuilder,
    vectorHelper,
    modelsDirectory: options.modelsDirectory,
    downloads: options.downloads,
    registry: options.registry,
  })
  store.jobs.recover()
  // Before any engine runs: what a crash left between a picture's rename and its row.
  store.pictures.sweep(paths.pictures)
  store.texts.refreshMissing()
  store.filterRows.refreshMissing()
  store.successors.inheritMissing()
  store.subtitles.forgetStrangers()
  const quiet = createQuiet()
  const tidying = createBackgroundWork(store.subtitles.tidy, quiet)
  tidying.look()
  const watchModes = new Map<number, WatchMode>()
  const onFault = (fault: { readonly where: string; readonly cause: unknown }): void =>
    log.error({ where: fault.where, err: fault.cause }, 'fault')

  const engineOptions = { library: paths.directory, logFile: paths.log, fork, log }
  const encoderEngine = createEngine({
    ...engineOptions,
    name: 'encoder',
    entry: entries.encoder,
    onExit: () => undefined,
  })
  const encoder = createEncoderLink(encoderEngine)
  const canary = { fork, entry: entries.canary, logFile: paths.log, after }
  // As many as the indexer takes, so that comparisons are fair (indexer/engine.ts).
  const engineThreads = Math.min(4, availableParallelism())
  const providers = createProviderChecks({
    database,
    canary,
    log,
    clock,
    threads: engineThreads,
    environment: process.env,
    onChanged: () => tell({ kind: 'models' }),
  })
  /** Asks in the background what is not known yet of the models that are worked with; the CPU does the work meanwhile. */
  const lookAtProviders = (models: readonly string[]): void => {
    for (const id of models) {
      const place = store.models.place(id)
      if (place !== null) drop(providers.best(place))
    }
  }

  const tell = (change: LibraryChange): void => {
    if (change.kind === 'subtitles' || change.kind === 'video-ready') subtitleFits.news()
    library.emit('change', change)
  }
  const indexer = createEngine({
    ...engineOptions,
    name: 'indexer',
    entry: entries.indexer,
    onExit: ({ kind }) => work.lost(kind),
  })
  const runs = createIndexRuns(store, clock, () => {
    if (runs.isActive()) {
      lookAtProviders(runs.wanted().models)
      indexer.need()
    } else {
      indexer.rest()
      speed.forget()
      indexerService.emit('stop', { tasks: work.current().map(({ task }) => task.id) })
    }
    indexerService.emit('watched', null)
    tellProgress()
  })
  const results = createResults(store, () => management.switching.check())
  const speed = createAnalysisSpeed(clock)
  const powerSupply = followPowerSupply({
    platform: process.platform,
    folder: powerSupplyFolder,
    onChange: () => presence.powerChanged(),
  })
  const presence = createPresence({
    settings: store.settings,
    power: powerSupply.onBattery,
    clock,
    onPace: (pace) => {
      indexerService.emit('pace', pace)
      indexerService.emit('stop', { tasks: [...work.surplus()] })
      work.wake()
      tellProgress()
    },
  })
  const work = createWork({
    store,
    runs,
    pace: presence.pace,
    use: (model) => providers.chosen(model),
    onLost: (jobs, error) => results.failed(jobs, error),
    onIdle: () => {
      management.switching.check()
      calibrate()
      compareSubtitles()
      runs.finishIdle()
      if (runs.isFollowing()) tellIdle()
    },
  })
  const calibrator = createCalibrator({ store, encoder, log, quiet, clock: () => performance.now() / 1000 })
  const hubs = createBackgroundWork(() => measureHubs(store, calibrator.bank), quiet)
  /** What the numbers of the model that answers mean in this library. */
  let measured = Promise.resolve()
  const measure = (): void => {
    calibrator.look()
    measured = calibrator.settled().then(() => {
      hubs.look()
      return hubs.settled()
    })
    drop(measured)
  }
  const subtitleFits = createSubtitleFitWork({
    store,
    encoder,
    log,
    quiet,
    isFree: () => work.current().length === 0 && work.scansLeft() === 0 && presence.pace() !== 'paused',
    tell: (change) => library.emit('change', change),
  })
  /** Which pictures match is known once the model is measured. */
  const compareSubtitles = (): void => drop(measured.then(subtitleFits.look))
  let calibratedAt = -1
  const calibrate = (): void => {
    if (runs.jobsDone() === calibratedAt) return
    calibratedAt = runs.jobsDone()
    measure()
  }
  let lastIdle = -1
  const tellIdle = (): void => {
    if (runs.jobsDone() === lastIdle) return
    lastIdle = runs.jobsDone()
    tell({ kind: 'idle', videos: store.videos.countVisible(), problems: store.problems.count() })
  }
  let runsOn: RunsOn | null = null
  const progress = createIndexProgress({
    store,
    runs,
    work,
    speed,
    pace: presence.pace,
    runsOn: () => runsOn,
    clock: () => performance.now(),
  })
  /** The first search does not wait for the index. */
  const prepareSearch = (): void => drop(store.vectors.prepare(store.models.currentSpace()))
  prepareSearch()
  let told = ''
  /** Says how far it is when that has changed. */
  const tellProgress = (): void => {
    const now = progress()
    const line = JSON.stringify(now)
    if (line === told) return
    told = line
    library.emit('progress', now)
  }
  const pictures = createKeptPictures({ store, encoder, clock })
  pictures.sweep()
  const search = createSearch({ store, encoder, pictures, quiet, touch: work.touch })
  const found = createFound(store, clock, tell)
  const indexerService = createIndexerService({
    store,
    runs,
    work,
    found,
    results,
    watchModes,
    pace: presence.pace,
    onSpeed: speed.add,
    onGone: tidying.look,
    onRunsOn: (now) => {
      runsOn = now
    },
    tell,
    onFault,
  })
  /** What an indexer is told when it starts; another value needs another indexer. */
  const briefed = new Set(['ffmpeg-path', 'hardware-decoding', 'shot-model'])
  const onSetting = (name: string): void => {
    presence.settingsChanged()
    if (name === 'wide-pictures') {
      takeBack(({ jobs }) => jobs.some(({ model }) => model !== ''))
      drop(wide.check())
    }
    if (!briefed.has(name)) return
    const tasks = work.takeBack()
    if (name === 'shot-model') {
      store.parts.dropAll()
      store.jobs.redo('analyzed', '')
    }
    indexerService.emit('stop', { tasks: [...tasks] })
    drop(indexer.renew())
  }
  /** These are not wanted any more: the indexer stops them. */
  const takeBack = (which: Parameters<Work['takeBack']>[0]): void =>
    indexerService.emit('stop', { tasks: [...work.takeBack(which)] })
  const management = createModelManagement({
    store,
    log,
    encoder,
    registry: options.registry,
    folder: options.downloads,
    clock,
    onSetting,
    onDrop: (space) => takeBack(({ jobs }) => jobs.some(({ model }) => model === space)),
    onWanted: () => {
      const { models } = runs.wanted()
      takeBack(({ jobs }) => jobs.some(({ model }) => model !== '' && !models.includes(model)))
      store.jobs.insertMissing(runs.wanted())
      work.wake()
      tellProgress()
      drop(wide.check())
    },
    onChange: () => {
      tell({ kind: 'models' })
      prepareSearch()
      measure()
      subtitleFits.news()
      compareSubtitles()
    },
    checks: createModelProviders(providers, store.models),
    gate: createCanaryParity(canary, options.registry, engineThreads),
  })
  const wide = createWideChange({
    store,
    costs: management.costs,
    onJobs: () => {
      work.wake()
      tellProgress()
    },
  })
  const library = createLibraryService({
    store,
    wide,
    runs,
    work,
    search,
    pictures,
    encoder,
    providers,
    watchModes,
    presence,
    progress,
    modelCalls: management.calls,
    spaces: management.spaces,
    calibrated: () => quiet.hurry(measured),
    modelsFolder: options.downloads,
    onSetting,
    onFolders: () => {
      tidying.look()
      indexerService.emit('watched', null)
    },
    clients: () => clients,
    version: options.version,
    clock,
    onFault,
  })
  // What a kill has cut off between a result and the switch.
  management.switching.check()
  drop(wide.check())
  const ticking = setInterval(() => {
    if (runs.isActive()) tellProgress()
  }, progressMilliseconds)

  return ok({
    clients: () => clients,
    connect: (role, wire) => {
      switch (role) {
        case 'client':
          clients += 1
          library.attach(wire, (caller) => {
            clients -= 1
            presence.gone(caller)
            if (clients === 0) onAlone()
          })
          break
        case 'indexer':
          indexerService.attach(wire, () => watchModes.clear())
          break
        case 'encoder':
          encoder.connected(wire)
          break
      }
    },
    close: async () => {
      clearInterval(ticking)
      calibrator.close()
      tidying.close()
      hubs.close()
      subtitleFits.close()
      await management.close()
      presence.close()
      powerSupply.close()
      await Promise.all([indexer.stop(), encoderEngine.stop(), providers.close()])
      database.close()
    },
  })
}
