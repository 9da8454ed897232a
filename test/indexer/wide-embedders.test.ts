import { describe, expect, test } from 'vitest'
import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'
import { expectOk, ok } from '../../src-preload/contract/result.ts'
import type { WideMode } from '../../src-preload/contract/wide-pictures.ts'
import { createEmbedQueue } from '../../src-main/indexer/embed-queue.ts'
import type { LoadedEncoder } from '../../src-main/indexer/encoder-shelf.ts'
import { mostFramesWithEnds, openFilmEmbedder } from '../../src-main/indexer/film-embedder.ts'
import { openWindowEmbedder } from '../../src-main/indexer/window-embedder.ts'
import type { FineFrame } from '../../src-main/indexer/window-embedder.ts'
import { never } from './scratch.ts'

/** 2 x 2 pixels; a frame of 4 x 2 has a middle and two ends. */
const image = {
  width: 2,
  height: 2,
  resize: 'shortest-side-then-centre-crop',
  interpolation: 'bicubic',
} as const
const [wide, square] = [
  { width: 400, height: 200 },
  { width: 200, height: 200 },
]

/** A picture's vector is how red, green and blue it is. */
const loaded = (
  resize: ModelManifest['image']['resize'] = image.resize,
): { encoder: LoadedEncoder; seen: () => number } => {
  let seen = 0
  const queue = createEmbedQueue({
    encoder: {
      batch: 4,
      embed: (pictures) => {
        seen += pictures.length
        const vectors = pictures.map((rgb) => {
          expect(rgb).toHaveLength(2 * 2 * 3)
          const sums = [0, 1, 2].map((channel) =>
            rgb.filter((_, i) => i % 3 === channel).reduce((a, b) => a + b, 0),
          )
          const length = Math.hypot(...sums) || 1
          return Float32Array.from(sums, (sum) => sum / length)
        })
        return Promise.resolve(ok(vectors))
      },
    },
    roomPerLane: 16,
    linger: 0.01,
    after: (_, act) => {
      const timer = setTimeout(act, 1)
      return () => clearTimeout(timer)
    },
  })
  const manifest = { family: 'clip', image: { ...image, resize } } as unknown as ModelManifest
  return { encoder: { manifest, dimensions: 3, queue }, seen: () => seen }
}

/** A strip of 4 x 2: red at its left end, blue at its right, and green in the middle two columns. */
const strip = Uint8Array.from(
  Array.from({ length: 2 }, () => [
    [255, 0, 0],
    [0, 255, 0],
    [0, 255, 0],
    [0, 0, 255],
  ]).flat(2),
)
/** What the filter of a letterbox, or a square film, gives: a picture of the model's own size. */
const whole = Uint8Array.from(Array.from({ length: 4 }, () => [90, 90, 90]).flat())

const green = [0, 1, 0]
/** The middle, a half red left end and a half blue right end. */
const all = ((): readonly number[] => {
  const half = Math.SQRT1_2
  const sum = [half, 1 + 2 * half, half]
  return sum.map((part) => part / Math.hypot(...sum))
})()
const close = (vector: Float32Array | undefined, to: readonly number[]): void => {
  for (const [i, part] of to.entries()) expect(vector?.[i]).toBeCloseTo(part, 5)
}

describe('a film that is skimmed', () => {
  const skim = async (
    mode: WideMode,
    frames: number,
    shown = wide,
    resize: ModelManifest['image']['resize'] = image.resize,
  ) => {
    const { encoder, seen } = loaded(resize)
    const embedder = openFilmEmbedder(encoder, shown, mode, never)
    const { width, height } = embedder.output
    const picture = width === 4 && height === 2 ? strip : whole
    for (let i = 0; i < 3; i += 1) expectOk(await embedder.add(picture), 'a frame')
    embedder.restart()
    for (let i = 0; i < frames; i += 1) expectOk(await embedder.add(picture), 'a frame')
    const vectors = expectOk(await embedder.finish(), 'the vectors')
    expect(vectors).toHaveLength(frames)
    embedder.close()
    const { filter } = embedder.output
    return { vectors, told: embedder.pictures(), sight: embedder.seen(), filter, seen }
  }

  test('in views: three pictures for every frame, however many there are', async () => {
    for (const frames of [1, 5, mostFramesWithEnds + 20]) {
      const { vectors, told, sight } = await skim('views', frames)
      expect({ told, sight }).toEqual({ told: frames * 3, sight: 'ends' })
      for (const vector of vectors) close(vector, all)
    }
  })

  test('cropped: a film of few frames is seen at its ends too, one of many in its middle', async () => {
    const few = await skim('crop', mostFramesWithEnds)
    expect([few.told, few.sight]).toEqual([mostFramesWithEnds * 3, 'ends'])
    close(few.vectors[7], all)
    const many = await skim('crop', mostFramesWithEnds + 1)
    expect([many.told, many.sight]).toEqual([mostFramesWithEnds + 1, 'centre'])
    close(many.vectors[7], green)
  })

  test('in a letterbox: one picture, of the whole', async () => {
    const { told, sight, filter } = await skim('letterbox', 7)
    expect([told, sight]).toEqual([7, 'whole'])
    expect(filter).toMatch(/scale=2:1:.*pad=2:2:0:0:black/)
  })

  test('that is square, or seen by a model that squeezes, is seen as ever', async () => {
    for (const mode of ['crop', 'letterbox', 'views'] as const) {
      expect(await skim(mode, 4, square)).toMatchObject({ told: 4, sight: 'centre' })
      expect(await skim(mode, 4, wide, 'stretch')).toMatchObject({ told: 4, sight: 'centre' })
    }
  })
})

describe('a film that is analyzed', () => {
  const signature = { hash: new Uint8Array(8), colours: new Uint8Array(192) }
  /** A minute of three shots. */
  const analyze = async (mode: WideMode, keepEnds: boolean) => {
    const { encoder, seen } = loaded()
    const embedder = openWindowEmbedder(encoder, wide, mode, keepEnds, never)
    const times = Array.from({ length: 12 }, (_, i) => 5 * i + 0.5)
    const candidates = times.map((time) => ({ time, signature }))
    const picture = embedder.output.width === 4 ? strip : whole
    const embed = async (from: number): Promise<readonly FineFrame[]> =>
      expectOk(
        await embedder.embed(
          { from, to: from + 60, candidates, cuts: [20, 40] },
          times.map(() => picture),
        ),
        'a window',
      )
    const frames = await embed(0)
    const before = embedder.spent().pictures
    const refined = expectOk(await embedder.refine(frames), 'refined')
    const sight = embedder.seen()
    embedder.close()
    return { frames, refined, before, sight, seen }
  }

  test('in views: each chosen frame in three pictures, at once', async () => {
    for (const keepEnds of [true, false]) {
      const { frames, refined, sight, seen, before } = await analyze('views', keepEnds)
      expect(frames.length).toBeGreaterThan(0)
      for (const { vector } of frames) close(vector, all)
      expect(refined).toEqual(frames)
      expect(sight).toBe('ends')
      expect(before).toBe(seen())
      expect(seen()).toBeGreaterThanOrEqual(3 * frames.length)
    }
  })

  test('cropped: its ends at the end, where it is short', async () => {
    const short = await analyze('crop', true)
    for (const { vector } of short.frames) close(vector, green)
    for (const { vector } of short.refined) close(vector, all)
    expect(short.sight).toBe('ends')
    const long = await analyze('crop', false)
    expect(long.refined).toEqual(long.frames)
    expect(long.sight).toBe('centre')
  })

  test('in a letterbox: whole frames, one picture each', async () => {
    const { frames, refined, sight } = await analyze('letterbox', true)
    expect(refined).toEqual(frames)
    expect(sight).toBe('whole')
    for (const { vector } of frames)
      close(
        vector,
        [1, 1, 1].map((part) => part / Math.sqrt(3)),
      )
  })
})
