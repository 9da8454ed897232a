import { availableParallelism, setPriority, constants } from 'node:os'
import { createClient } from '../../src-preload/contract/client.ts'
import { indexerApi } from '../../src-preload/contract/indexer-api.ts'
import type { Task } from '../../src-preload/contract/indexer-api.ts'
import { providerLabel } from '../domain/onnx-provider.ts'
import type { OnnxProvider } from '../domain/onnx-provider.ts'
import { drop } from '../foundation/drop.ts'
import { engineArguments } from '../foundation/engine-arguments.ts'
import { findFfmpeg } from '../foundation/ffmpeg-binaries.ts'
import { libraryPaths } from '../foundation/library-paths.ts'
import { dialLibrary } from '../foundation/library-socket.ts'
import { createLog } from '../foundation/log.ts'
import { doAnalyze } from './analyze-task.ts'
import { createCoreShares } from './core-shares.ts'
import { createEncoderShelf } from './encoder-shelf.ts'
import { createDecoderChoice } from './hardware-decoding.ts'
import type { IndexerLink } from './indexer-link.ts'
import { runLanes } from './lanes.ts'
import { createPaceGate } from './pace-gate.ts'
import { doProbe } from './probe-task.ts'
import { doScan } from './scan-task.ts'
import { openSetShotModel } from './set-shot-model.ts'
import { doSidecar } from './sidecar-task.ts'
import { doSkim } from './skim-task.ts'
import { createWatching } from './watching.ts'

/** The indexer's process: joins its library's service, pulls work, and can be killed at any instant. */
const { library } = engineArguments(process.argv.slice(2))
const log = createLog('indexer', libraryPaths(library).log)
process.on('uncaughtException', (err) => {
  log.fatal({ err }, 'uncaught')
  process.exit(1)
})

const stopping = new AbortController()
const goodbyeMilliseconds = 1_500
const leave = (): void => {
  stopping.abort()
  setTimeout(() => process.exit(0), goodbyeMilliseconds).unref()
}
process.on('SIGTERM', leave)
process.on('SIGINT', leave)

/** The work must not be felt: everything that a person does comes first. */
const bePolite = (): void => {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  } catch (err) {
    log.info({ err }, 'the priority cannot be lowered here')
  }
}

const serve = async (link: IndexerLink): Promise<void> => {
  const briefing = await link.call.work.briefing({})
  if (!briefing.ok) return
  const { pictureDirectory, ffmpegPath, hardwareDecoding } = briefing.value
  const ffmpeg = await findFfmpeg({ ffmpegPath: ffmpegPath ?? undefined, environment: process.env })
  const cores = availableParallelism()
  // Batches of 4: almost the speed of 8 at half the time for which a run blocks the pipes (ViT-B/32, 2 cores).
  const threads = Math.min(4, cores)
  /** What broke on the way is not used again by this process (encoder-shelf.ts). */
  const fallen = new Set<OnnxProvider>()
  const encoders = createEncoderShelf({
    threads,
    batch: 4,
    onFallback: (provider, why) => {
      log.warn({ provider, why }, 'the CPU has taken over')
      fallen.add(provider)
    },
  })
  const shares = createCoreShares(cores)
  const gate = createPaceGate(briefing.value.pace)
  link.on('pace', gate.set)
  const decoders = createDecoderChoice({
    ffmpeg: ffmpeg.ok ? ffmpeg.value : null,
    enabled: hardwareDecoding,
    log,
    platform: process.platform,
  })
  const shotModel = await openSetShotModel(briefing.value.shotModel, threads, log)
  let told = ''
  const onRuns = (decoder: string, provider: OnnxProvider): void => {
    const onCpu = provider === 'cpu' || fallen.has(provider)
    const encoder = onCpu ? `CPU, ${threads} threads` : providerLabel[provider]
    if (`${decoder} ${encoder}` === told) return
    told = `${decoder} ${encoder}`
    drop(link.call.work.runsOn({ decoder, encoder }))
  }
  const watching = createWatching(link, library, log, stopping.signal)
  link.on('watched', () => drop(watching.refresh()))
  drop(watching.refresh())

  const work = async (task: Task, signal: AbortSignal): Promise<void> => {
    if (task.kind === 'scan') return doScan(link, task, library, signal)
    if (task.kind === 'sidecar') return doSidecar(link, task, ffmpeg, signal)
    if (!ffmpeg.ok) {
      await link.call.work.failed({ task: task.id, error: ffmpeg.error, seconds: 0 })
      return
    }
    if (task.kind === 'probe') return doProbe(link, task, ffmpeg.value, log, signal)
    await gate.pass(signal)
    if (task.kind === 'skim') {
      const tools = { ffmpeg: ffmpeg.value, encoders, pictureFolder: pictureDirectory, log }
      return doSkim(link, task, tools, signal)
    }
    const tools = { ffmpeg: ffmpeg.value, encoders, decoders, shotModel, gate, shares, log, onRuns }
    return doAnalyze(link, task, tools, signal)
  }
  await runLanes({
    link,
    // Three films at least, so that the encoder has frames while one begins and one ends (12.4 and 11.6 s, one run each).
    slots: { scan: 1, probe: Math.max(2, cores), decode: Math.max(3, Math.floor(cores / 2)) },
    work,
    signal: stopping.signal,
  })
}

bePolite()
const wire = await dialLibrary(library, 'indexer')
if (wire.ok) {
  const link = createClient(indexerApi, wire.value)
  drop(link.closed.then(() => process.exit(0)))
  await serve(link)
  link.close()
} else log.info({ error: wire.error }, 'no service to work for')
process.exit(0)
