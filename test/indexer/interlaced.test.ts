import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test, type TestContext } from 'vitest'
import { expectOk } from '../../src-preload/contract/result.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import type { FrameOutput } from '../../src-main/indexer/frame-outputs.ts'
import { fullDecode, meanDifference, type TrueFrame } from '../media/full-decode.ts'
import { probeClip, skimClip, type Skimmed } from '../media/skim-clip.ts'
import { binaries, make } from './films.ts'
import { scratchFolder } from './scratch.ts'

/** PAL's shape at half its size: coded pixels of 16:15. */
const [codedWidth, height] = [352, 288]
const shown: FrameOutput = { filter: `scale=384:${height}:flags=area`, width: 384, height }

/** Bars that move 12 pixels a field, and one corner that stands still: rows of one instant are all alike. */
const bars =
  "geq=lum='if(lt(X,64)*lt(Y,64),128+100*gt(mod(X+Y,16),7),235*gt(mod(X+N*12,48),23))':cb=128:cr=128"

const encoders = {
  mpeg2: { name: 'mpeg2video', ending: 'mkv', options: ['-q:v', '2', '-flags', '+ildct+ilme'] },
  h264: {
    name: 'libx264',
    ending: 'mp4',
    options: ['-qp', '12', '-flags', '+ildct+ilme', '-x264opts', 'tff=1:scenecut=0'],
  },
} as const
type Codec = keyof typeof encoders

/** Four seconds of 25 interlaced frames, two instants each; or of whole frames in an interlaced stream. */
const draw = (codec: Codec, isWoven: boolean, context: TestContext): string => {
  const { name, ending, options } = encoders[codec]
  const known = execFileSync(binaries.ffmpeg, ['-v', 'error', '-encoders'], { encoding: 'utf8' })
  if (!known.includes(` ${name} `)) {
    console.warn(`SKIPPED: ${binaries.ffmpeg} has no ${name}`)
    return context.skip(`no ${name}`)
  }
  const path = join(scratchFolder(), `film.${ending}`)
  const rate = isWoven ? 50 : 25
  const weave = isWoven ? 'tinterlace=interleave_top' : 'setfield=tff'
  const source = `color=gray:size=${codedWidth}x${height}:rate=${rate}:duration=4`
  const filters = `format=yuv420p,${bars},${weave},setsar=16/15`
  make('-f', 'lavfi', '-i', source, '-vf', filters, '-c:v', name, ...options, '-g', '12', path)
  return path
}

const probed = async (path: string): Promise<VideoFacts> => expectOk(await probeClip(binaries, path), path)

/** Mean difference of a row from the one below it but one less that from the one below: the comb of moving edges. */
const combOf = (picture: Uint8Array, width: number): number => {
  const at = (x: number, y: number): number => picture[(y * width + x) * 3] ?? 0
  let [comb, count] = [0, 0]
  for (let y = 80; y + 2 < height - 8; y += 1)
    for (let x = 8; x < width - 8; x += 1) {
      comb += Math.abs(at(x, y) - at(x, y + 1)) - Math.abs(at(x, y) - at(x, y + 2))
      count += 1
    }
  return comb / count
}

const worstComb = ({ frames }: Skimmed): number =>
  Math.max(...frames.map(({ pictures }) => combOf(pictures[0]!, shown.width)))

const twinOf = (truth: readonly TrueFrame[], time: number): TrueFrame => {
  const twin = truth.find((frame) => Math.abs(frame.time - time) < 1e-4)
  if (twin === undefined) throw new Error(`the film has no frame at ${time}`)
  return twin
}

describe.for(['mpeg2', 'h264'] as const)('an interlaced film: %s', (codec) => {
  test('is known for one, and its pictures have no comb and the right times', async (context) => {
    const path = draw(codec, true, context)
    const facts = await probed(path)
    expect(facts).toMatchObject({ interlaced: true, width: 375, height })
    const whole = await skimClip(binaries, path, { ...facts, interlaced: false }, [shown])
    const skimmed = await skimClip(binaries, path, facts, [shown])
    expect(skimmed.frames.length).toBeGreaterThanOrEqual(3)
    expect(worstComb(whole)).toBeGreaterThan(30)
    expect(worstComb(skimmed)).toBeLessThan(1)
    const truth = await fullDecode(binaries, path, facts, shown)
    for (const { time, pictures } of skimmed.frames) {
      // The field shown is the frame's own: every other row of the woven frame is one of its rows.
      const rows = (picture: Uint8Array): Uint8Array =>
        Uint8Array.from(
          Array.from({ length: 90 }, (_, i) => [
            ...picture.subarray((90 + 2 * i) * 384 * 3, (91 + 2 * i) * 384 * 3),
          ]).flat(),
        )
      expect(meanDifference(rows(pictures[0]!), rows(twinOf(truth, time).picture))).toBeLessThan(4)
    }
  })

  test('whole frames in it lose little', async (context) => {
    const path = draw(codec, false, context)
    const facts = await probed(path)
    expect(facts.interlaced).toBe(true)
    const truth = await fullDecode(binaries, path, facts, shown)
    const { frames } = await skimClip(binaries, path, facts, [shown])
    expect(frames.length).toBeGreaterThanOrEqual(3)
    for (const { time, pictures } of frames)
      expect(meanDifference(pictures[0]!, twinOf(truth, time).picture)).toBeLessThan(3)
  })
})
