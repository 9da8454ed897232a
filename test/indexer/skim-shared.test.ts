import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { expectOk, type ErrorCode } from '../../src-preload/contract/result.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import type { FfmpegBinaries } from '../../src-main/foundation/ffmpeg-binaries.ts'
import { probeClip, skimClip, testFfmpeg } from '../media/skim-clip.ts'
import { sharedFolder } from '../shared-folder.ts'

const shared = sharedFolder()
const media = (name: string): string => join(shared ?? '', 'media', name)
const output = [{ filter: 'scale=64:64:flags=area', width: 64, height: 64 }]

let ffmpeg: FfmpegBinaries
let anyFacts: VideoFacts
beforeAll(async () => {
  ffmpeg = await testFfmpeg()
  if (shared !== null) anyFacts = expectOk(await probeClip(ffmpeg, media('mdn/flower.mp4')), 'flower')
})

describe.skipIf(shared === null)('real files', () => {
  const hard: readonly (readonly [string, readonly ErrorCode[]])[] = [
    ['moviepy/result.webm', ['empty-file']],
    ['mp4parse/short-cenc.mp4', ['encrypted']],
    ['audio_only/bbb_audio_aac_frag.mp4', ['no-video-stream']],
    ['audio_only/t-rex-roar.mp3', ['no-video-stream']],
    ['mp4parse/chunk_out_of_range.mp4', ['damaged']],
    ['mp4parse/zero_empty_stsc.mp4', ['truncated', 'damaged']],
  ]
  test.for(hard)('%s fails as %s', async ([name, codes]) => {
    // Even with facts that promise a film: the skim may come long after probing.
    const { result, frames } = await skimClip(ffmpeg, media(name), { ...anyFacts, streamIndex: 0 }, output)
    expect(frames).toHaveLength(0)
    expect(codes).toContain(result.ok ? 'ok' : result.error.code)
    if (!result.ok) expect(result.error.message).not.toMatch(/\[s0\]|0x/)
  })

  const real: readonly (readonly [string, number])[] = [
    ['moviepy/-video-with-dash-.mp4', 1],
    ['moviepy/no_duration.webm', 1],
    ['moviepy/big_buck_bunny_0_30.webm', 7],
    ['mediabunny/cursed-vfr.mp4', 4],
    ['mediabunny/edts.mp4', 5],
    ['mediabunny/annex-b.mp4', 1],
    ['mediabunny/transparency.webm', 5],
    ['torchcodec/test_non_zero_start.mp4', 1],
    ['torchcodec/bt2020_10bit.mp4', 1],
    ['torchcodec/testsrc2_odd_height_and_width_444.mp4', 1],
    ['mp4parse/tiny_av1.mp4', 1],
    ['intel/car-detection.mp4', 7],
  ]
  test.for(real)('%s gives at least %i frames inside the film', async ([name, least]) => {
    const facts = expectOk(await probeClip(ffmpeg, media(name)), name)
    const { result, frames } = await skimClip(ffmpeg, media(name), facts, output)
    expect(expectOk(result, name).frames).toBe(frames.length)
    expect(frames.length).toBeGreaterThanOrEqual(least)
    for (const { time } of frames) {
      expect(time).toBeGreaterThanOrEqual(0)
      if (facts.duration > 0) expect(time).toBeLessThan(facts.duration + 0.001)
    }
  })
})
