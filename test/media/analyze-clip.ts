import { ok } from '../../src-preload/contract/result.ts'
import type { KinoraError, Result } from '../../src-preload/contract/result.ts'
import type { AnalyzeTask } from '../../src-preload/contract/indexer-api.ts'
import type { PathRef, VideoFacts } from '../../src-preload/contract/video-facts.ts'
import type { FfmpegBinaries } from '../../src-main/foundation/ffmpeg-binaries.ts'
import { createLog } from '../../src-main/foundation/log.ts'
import { doAnalyze } from '../../src-main/indexer/analyze-task.ts'
import { createCoreShares } from '../../src-main/indexer/core-shares.ts'
import type { EncoderShelf } from '../../src-main/indexer/encoder-shelf.ts'
import { softwareDecoder } from '../../src-main/indexer/hardware-decoding.ts'
import type { DecoderChoice } from '../../src-main/indexer/hardware-decoding.ts'
import type { IndexerLink } from '../../src-main/indexer/indexer-link.ts'
import { createPaceGate } from '../../src-main/indexer/pace-gate.ts'
import type { PaceGate } from '../../src-main/indexer/pace-gate.ts'

/** What the indexer reports of one part, as the catalog gets it. */
export type ReportedPart = Parameters<IndexerLink['call']['work']['analyzed']>[0]['part']

export type Analyzed = {
  readonly parts: readonly ReportedPart[]
  readonly error: KinoraError | null
  readonly runsOn: readonly string[]
}

export type AnalyzeOptions = {
  readonly models?: AnalyzeTask['models']
  readonly encoders?: EncoderShelf
  readonly from?: number
  readonly gate?: PaceGate
  readonly decoders?: DecoderChoice
  readonly signal?: AbortSignal
  /** Called with each part as it comes. */
  readonly onPart?: (part: ReportedPart) => Result<null> | Promise<Result<null>>
}

const software: DecoderChoice = {
  choose: () => Promise.resolve(softwareDecoder),
  reject: () => undefined,
  reasons: () => [],
}
const noEncoders: EncoderShelf = {
  get: () => {
    throw new Error('this test has no models')
  },
}

/** Runs the indexer's own task on one film against a catalog that only listens. */
export const analyzeClip = async (
  ffmpeg: FfmpegBinaries,
  path: string | PathRef,
  facts: VideoFacts,
  options: AnalyzeOptions = {},
): Promise<Analyzed> => {
  const parts: ReportedPart[] = []
  const runsOn: string[] = []
  let error: KinoraError | null = null
  const link = {
    call: {
      work: {
        analyzed: async ({ part }: { readonly part: ReportedPart }): Promise<Result<null>> => {
          parts.push(part)
          return (await options.onPart?.(part)) ?? ok(null)
        },
        failed: (failure: { readonly error: KinoraError }): Promise<Result<null>> => {
          error = failure.error
          return Promise.resolve(ok(null))
        },
      },
    },
  } as unknown as IndexerLink
  await doAnalyze(
    link,
    {
      kind: 'analyze',
      id: 1,
      videoId: 'v0',
      path: typeof path === 'string' ? { path, bytes: null } : path,
      facts,
      models: options.models ?? [],
      from: options.from ?? 0,
    },
    {
      ffmpeg,
      encoders: options.encoders ?? noEncoders,
      decoders: options.decoders ?? software,
      shotModel: null,
      gate: options.gate ?? createPaceGate('full'),
      shares: createCoreShares(2),
      log: createLog('test', null),
      onRuns: (decoder) => void runsOn.push(decoder),
    },
    options.signal ?? new AbortController().signal,
  )
  return { parts, error, runsOn }
}

/** All boundaries of an analysis, in order. */
export const boundariesOf = ({ parts }: Analyzed): ReportedPart['boundaries'] =>
  parts.flatMap(({ boundaries }) => boundaries)
