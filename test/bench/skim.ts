import { loadavg } from 'node:os'
import type { IndexAnswer } from '../app/answer-shapes.ts'
import { cpuSeconds } from '../app/engine-processes.ts'
import { createKinoraCli } from '../app/kinora-cli.ts'
import { sharedFolder } from '../shared-folder.ts'
import { cores, decodeAlone, encoderAlone, median, rounded } from './alone.ts'
import type { EncoderAlone } from './alone.ts'
import { skimFilms } from './skim-films.ts'
import { vitModel } from './vit-model.ts'

/** Seconds; `what` says of which part. Ratios are issue 2's figures: goal <= 1.25 of the larger floor. */
export type SkimRow = { readonly what: string; readonly [part: string]: string | number }

type Round = {
  readonly decode: number
  readonly decodeCpu: number
  readonly encoder: EncoderAlone
  readonly index: number
  readonly indexCpu: number
  readonly frames: number
  /** What the encoder looked at: three views of a frame in films of few frames. */
  readonly pictures: number
  readonly load: number
}

const rounds = 3

/** The same key frames as the skim decodes (src-main/indexer/skim-decode.ts). */
const keyFramesOnly = ['-threads', '4', '-skip_frame', 'nokey', '-discard', 'nokey'] as const

/** A fresh library in which everything is probed; then the skim alone is timed. */
const indexOnce = async (
  model: string,
  folder: string,
): Promise<{
  readonly seconds: number
  readonly cpu: number
  readonly frames: number
  readonly pictures: number
}> => {
  const kinora = createKinoraCli()
  try {
    await kinora.ask('models', 'add', model)
    await kinora.ask('models', 'use', 'vit-b32-random')
    await kinora.ask('add', folder)
    await kinora.ask('index', '--stage', 'probed')
    const cpu = cpuSeconds(kinora.library, 'indexer')
    const { seconds, framesEmbedded, picturesEmbedded } = await kinora.ask<IndexAnswer>(
      'index',
      '--stage',
      'skimmed',
    )
    return { seconds, cpu: cpu.stop(), frames: framesEmbedded, pictures: picturesEmbedded }
  } finally {
    await kinora.dispose()
  }
}

/**
 * `kinora bench skim`: the skim of 1080p30 films with a ViT-B/32-shaped encoder over (a) ffmpeg alone plus the encoder
 * alone on as many pictures and (b) their CPU seconds over the cores. The rounds are interleaved, so that a busy minute hits all parts;
 * medians are reported. Loading the model counts in all of them. No rows without the shared folder or Python's onnx.
 */
export const run = async (): Promise<{ readonly name: 'skim'; readonly rows: readonly SkimRow[] }> => {
  const shared = sharedFolder()
  const model = shared === null ? null : vitModel(shared)
  if (shared === null || model === null) return { name: 'skim', rows: [] }
  const { folder, files } = skimFilms(shared)
  const measured: Round[] = []
  for (let round = 0; round < rounds; round += 1) {
    const { seconds, cpu, frames, pictures } = await indexOnce(model, folder)
    const decode = decodeAlone(files, keyFramesOnly)
    const encoder = encoderAlone(model, pictures)
    const load = loadavg()[0] ?? 0
    measured.push({
      decode: decode.wall,
      decodeCpu: decode.cpu,
      encoder,
      index: seconds,
      indexCpu: cpu,
      frames,
      pictures,
      load,
    })
  }
  const of = (part: (round: Round) => number): number => median(measured.map(part))
  const index = of((round) => round.index)
  const inTurn = of((round) => round.decode + round.encoder.load + round.encoder.run)
  const floor = of((round) => (round.decodeCpu + round.encoder.loadCpu + round.encoder.runCpu) / cores)
  const literal = ({ index: wall, decode, decodeCpu, encoder, frames, pictures }: Round): number => {
    const share = frames / pictures
    const alone = decode + encoder.load + encoder.run * share
    return wall / Math.max(alone, (decodeCpu + encoder.loadCpu + encoder.runCpu * share) / cores)
  }
  const rows: SkimRow[] = measured.map((round, i) => ({
    what: `round ${i + 1}`,
    index: rounded(round.index),
    indexCpu: rounded(round.indexCpu),
    decode: rounded(round.decode),
    encoderLoad: rounded(round.encoder.load),
    encoderRun: rounded(round.encoder.run),
    decodeCpu: rounded(round.decodeCpu),
    encoderLoadCpu: rounded(round.encoder.loadCpu),
    encoderRunCpu: rounded(round.encoder.runCpu),
    frames: round.frames,
    pictures: round.pictures,
    machineLoad: rounded(round.load),
  }))
  return {
    name: 'skim',
    rows: [
      ...rows,
      {
        what: 'median',
        films: files.length,
        index: rounded(index),
        decodePlusEncoder: rounded(inTurn),
        cpuFloor: rounded(floor),
        overDecodePlusEncoder: rounded(index / inTurn),
        overCpuFloor: rounded(index / floor),
        indexCpu: rounded(of((round) => round.indexCpu)),
        cpuOverCpu: rounded(of((round) => round.indexCpu) / (floor * cores)),
        overLarger: rounded(index / Math.max(inTurn, floor)),
        goal: 1.25,
        // The words taken literally: one picture a frame, although up to three are looked at.
        overLargerByFrames: rounded(of(literal)),
      },
    ],
  }
}
