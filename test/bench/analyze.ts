import { readdirSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import type { IndexAnswer } from '../app/answer-shapes.ts'
import { cpuSeconds, peakMemory } from '../app/engine-processes.ts'
import { createKinoraCli } from '../app/kinora-cli.ts'
import { sharedFolder } from '../shared-folder.ts'
import { cores, decodeAlone, encoderAlone, median, rounded } from './alone.ts'
import type { DecodeAlone, EncoderAlone } from './alone.ts'
import { analyzeFilms, longFilm } from './analyze-films.ts'
import { vitModel } from './vit-model.ts'

/** Seconds, megabytes; `what` says of which films. Issue 4: overLargest <= 1.25 (H.264), <= 1.35 (HEVC), memory < 700 MB plus the model. */
export type AnalyzeRow = { readonly what: string; readonly [part: string]: string | number }

type Round = {
  readonly decode: DecodeAlone
  readonly encoder: EncoderAlone
  readonly index: DecodeAlone
  readonly answer: IndexAnswer
  /** The indexer's greatest resident set, without its ffmpegs. */
  readonly memory: number
  readonly load: number
}

const rounds = Number(process.env['KINORA_ROUNDS'] ?? '3')

/** A fresh library in which everything is skimmed; then the analysis alone is timed. */
const indexOnce = async (
  model: string,
  folder: string,
): Promise<Omit<Round, 'decode' | 'encoder' | 'load'>> => {
  const kinora = createKinoraCli()
  try {
    await kinora.ask('models', 'add', model)
    await kinora.ask('models', 'use', 'vit-b32-random')
    await kinora.ask('add', folder)
    await kinora.ask('index', '--stage', 'skimmed')
    const cpu = cpuSeconds(kinora.library, 'indexer')
    const memory = peakMemory(kinora.library)
    const answer = await kinora.ask<IndexAnswer>('index', '--stage', 'analyzed')
    return {
      index: { wall: answer.seconds, cpu: cpu.stop() },
      answer,
      memory: memory.stop().get('indexer') ?? NaN,
    }
  } finally {
    await kinora.dispose()
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6)

const measure = async (
  what: string,
  model: string,
  folder: string,
  goal: number,
): Promise<readonly AnalyzeRow[]> => {
  const measured: Round[] = []
  for (let round = 0; round < rounds; round += 1) {
    const indexed = await indexOnce(model, folder)
    const decode = decodeAlone(
      readdirSync(folder).map((file) => join(folder, file)),
      [],
    )
    const encoder = encoderAlone(model, indexed.answer.picturesEmbedded)
    measured.push({ ...indexed, decode, encoder, load: loadavg()[0] ?? 0 })
  }
  const of = (part: (round: Round) => number): number => median(measured.map(part))
  const encoderWall = of(({ encoder }) => encoder.load + encoder.run)
  const cpuFloor = of(({ decode, encoder }) => (decode.cpu + encoder.loadCpu + encoder.runCpu) / cores)
  const index = of((round) => round.index.wall)
  const decode = of((round) => round.decode.wall)
  const largest = Math.max(decode, encoderWall, cpuFloor)
  const { answer } = measured[0] ?? {}
  return [
    {
      what,
      films: readdirSync(folder).length,
      filmSeconds: rounded(answer?.decodedSeconds ?? NaN),
      index: rounded(index),
      decodeAlone: rounded(decode),
      encoderAlone: rounded(encoderWall),
      cpuOverCores: rounded(cpuFloor),
      overLargest: rounded(index / largest),
      goal,
      indexCpu: rounded(of((round) => round.index.cpu)),
      cpuOverCpu: rounded(of((round) => round.index.cpu) / (cpuFloor * cores)),
      frames: answer?.framesEmbedded ?? NaN,
      pictures: answer?.picturesEmbedded ?? NaN,
      realtime: rounded((answer?.decodedSeconds ?? NaN) / index),
      memoryMB: megabytes(of((round) => round.memory)),
      rounds: measured.map((round) => rounded(round.index.wall)).join(' '),
      machineLoad: rounded(of((round) => round.load)),
    },
  ]
}

/** The indexer's memory on a film of three hours beside that on films of two and a half minutes. */
const measureLong = async (model: string): Promise<AnalyzeRow> => {
  const { index, answer, memory } = await indexOnce(model, longFilm())
  return {
    what: 'three hours, drawn',
    filmSeconds: rounded(answer.decodedSeconds),
    index: rounded(index.wall),
    frames: answer.framesEmbedded,
    realtime: rounded(answer.decodedSeconds / index.wall),
    memoryMB: megabytes(memory),
  }
}

/**
 * `kinora bench analyze`: the analysis of 1080p30 films with a ViT-B/32-shaped encoder over the largest of ffmpeg decoding
 * alone, the encoder alone on as many pictures (with its loading), and their CPU seconds over the cores. Medians of three
 * interleaved rounds. No rows without the shared folder or Python's onnx.
 */
export const run = async (): Promise<{ readonly name: 'analyze'; readonly rows: readonly AnalyzeRow[] }> => {
  const shared = sharedFolder()
  const model = shared === null ? null : vitModel(shared)
  if (shared === null || model === null) return { name: 'analyze', rows: [] }
  const { h264, hevc } = analyzeFilms(shared)
  return {
    name: 'analyze',
    rows: [
      ...(await measure('H.264 1080p30', model, h264, 1.25)),
      ...(await measure('HEVC 1080p30', model, hevc, 1.35)),
      await measureLong(model),
      { what: 'the model alone in a process', memoryMB: megabytes(encoderAlone(model, 8).memory) },
    ],
  }
}
