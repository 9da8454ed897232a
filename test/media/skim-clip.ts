import { expectOk, type Result } from '../../src-preload/contract/result.ts'
import type { PathRef, VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { findFfmpeg, type FfmpegBinaries } from '../../src-main/foundation/ffmpeg-binaries.ts'
import type { FrameOutput } from '../../src-main/indexer/frame-outputs.ts'
import { probeVideo } from '../../src-main/indexer/probe.ts'
import { skimFrames, type SkimSummary } from '../../src-main/indexer/skim-frames.ts'

export type Skimmed = {
  readonly frames: readonly { readonly time: number; readonly pictures: readonly Uint8Array[] }[]
  readonly restarts: readonly string[]
  readonly result: Result<SkimSummary>
}

/** 2026: probing asks what dates can be believed. */
const now = 1_790_000_000

/** The ffmpeg under test: `KINORA_FFMPEG` chooses. */
export const testFfmpeg = async (): Promise<FfmpegBinaries> =>
  expectOk(await findFfmpeg({ environment: process.env }), 'tests need an ffmpeg')

export const probeClip = async (ffmpeg: FfmpegBinaries, path: string): Promise<Result<VideoFacts>> =>
  probeVideo({ path: { path, bytes: null }, ffmpeg, signal: new AbortController().signal, now })

/** All that a skim says of a film, with what a restart made void left out. */
export const skimClip = async (
  ffmpeg: FfmpegBinaries,
  path: string | PathRef,
  facts: VideoFacts,
  outputs: readonly FrameOutput[],
  signal: AbortSignal = new AbortController().signal,
): Promise<Skimmed> => {
  const frames: { time: number; pictures: readonly Uint8Array[] }[] = []
  const restarts: string[] = []
  const events = skimFrames({
    path: typeof path === 'string' ? { path, bytes: null } : path,
    facts,
    ffmpeg,
    outputs,
    signal,
  })
  while (true) {
    const step = await events.next()
    if (step.done === true) return { frames, restarts, result: step.value }
    if (step.value.kind === 'frame') frames.push(step.value)
    else {
      restarts.push(step.value.why)
      frames.length = 0
    }
  }
}
