import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import { backgroundOf, calibratedThresholds } from '../../src-main/domain/calibration.ts'
import { dot, normalise } from '../../src-main/domain/embedding.ts'
import { genericQueries } from '../../src-main/domain/generic-queries.ts'
import { hubCorrected } from '../../src-main/domain/hubness.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { createTextBackgroundMeter } from '../../src-main/domain/text-background.ts'
import { captionFile } from './caption-index.ts'
import { captionWords } from './caption-words.ts'
import { filmPhotos } from './filmed-photos.ts'
import type { Half } from './query-half.ts'
import { clipSeconds, readQueries, type Query } from './qvhighlights.ts'
import { zipEntries } from './zip-entries.ts'

/** What is said at a time. */
export type SaidLine = { readonly start: number; readonly text: string }

/** A film that somebody has embedded, and what is rightly said in it. */
export type SeenFilm = {
  /** Seconds of its frames, rising. */
  readonly times: Float64Array
  readonly duration: number
  readonly said: readonly SaidLine[]
  /** Corrected cosines of a text with each frame; null: the model knows no word of it. */
  readonly score: (text: string) => Float32Array | null
  /** From where on search would be sure. */
  readonly sure: number
}

/** Films of one kind, always others by `random`. */
export type FilmWorld = { readonly name: string; readonly draw: (random: () => number) => SeenFilm }

const captionRow = v.object({ description: v.string() })

/** 512 as CLIP has: words that have nothing in common still have a cosine of 0.04 or so. */
const dimensions = 512
const sampled = 400
/** So many frames a library has, for what comes up by chance in a film: its frames are asked alone. */
const clipsAFilm = 40

type Clip = { readonly id: string; readonly captions: readonly string[] }

const readClips = (folder: string): readonly Clip[] =>
  [...zipEntries(readFileSync(join(folder, captionFile)))].map(([name, content]) => ({
    id: basename(name, '.jsonl'),
    captions: content
      .split('\n')
      .filter((row) => row.trim() !== '')
      .map((row) => v.parse(captionRow, JSON.parse(row)).description),
  }))

/**
 * Words as directions drawn at random and weighted by their rarity; a text is their sum. So one kind of vector stands for a
 * frame (its caption) and for a text, as with a real encoder, and the app's own functions judge them.
 */
const wordEncoder = (clips: readonly Clip[]): ((text: string) => Float32Array | null) => {
  const frames = new Map<string, number>()
  let all = 0
  for (const { captions } of clips)
    for (const caption of captions) {
      all += 1
      for (const word of new Set(captionWords(caption))) frames.set(word, (frames.get(word) ?? 0) + 1)
    }
  const directions = new Map<string, Float32Array>()
  const directionOf = (word: string): Float32Array | null => {
    const count = frames.get(word)
    if (count === undefined) return null
    const known = directions.get(word)
    if (known !== undefined) return known
    let seed = 7
    for (const letter of word) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) | 0
    const random = seededRandom(seed)
    const drawn = Float32Array.from({ length: dimensions }, () => random() + random() + random() - 1.5)
    normalise(drawn)
    const rarity = Math.log(1 + all / count)
    const direction = drawn.map((one) => one * rarity)
    directions.set(word, direction)
    return direction
  }
  return (text) => {
    const sum = new Float32Array(dimensions)
    let isKnown = false
    for (const word of new Set(captionWords(text))) {
      const direction = directionOf(word)
      if (direction === null) continue
      isKnown = true
      for (let i = 0; i < dimensions; i += 1) sum[i] = (sum[i] ?? 0) + (direction[i] ?? 0)
    }
    if (!isKnown) return null
    normalise(sum)
    return sum
  }
}

const pick = <T>(list: readonly T[], random: () => number): T => {
  const one = list[Math.floor(random() * list.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}

const shuffled = <T>(list: readonly T[], random: () => number): readonly T[] =>
  list
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)

/** `even` and `odd` films have no clip in common. */
const halfOf = <T>(list: readonly T[], half: Half): readonly T[] =>
  list.filter((_, i) => i % 2 === (half === 'even' ? 0 : 1))

/**
 * Films joined of QVHighlights' clips, a caption a frame (methods.md 4.1). Said is, in the one world, what people wrote of
 * the clips; in the other (clips that are cut into each other, so that everything comes back all the time) captions of frames that the
 * film leaves out, joined to passages of 12 s.
 */
export const captionWorlds = (folder: string, half: Half): readonly FilmWorld[] => {
  const clips = readClips(folder)
  const encode = wordEncoder(clips)
  const own = halfOf(clips, half)
  const queries = new Map<string, Query[]>()
  for (const query of readQueries(folder))
    queries.set(query.video, [...(queries.get(query.video) ?? []), query])
  const cache = new Map<string, Float32Array>()
  const seen = (caption: string): Float32Array => {
    const vector = cache.get(caption) ?? encode(caption) ?? new Float32Array(dimensions)
    cache.set(caption, vector)
    return vector
  }
  const random = seededRandom(2026)
  const library = Array.from({ length: sampled }, () => seen(pick(pick(own, random).captions, random)))
  const rows = genericQueries.flatMap((text) => {
    const vector = encode(text)
    return vector === null ? [] : [Float32Array.from(library, (frame) => dot(vector, frame))]
  })
  const background = backgroundOf(Float32Array.from(rows.flatMap((row) => [...row])))
  if (background === null) throw new Error('no generic text has a known word')
  const variance = rows.reduce((sum, row) => sum + (backgroundOf(row)?.sd ?? 0) ** 2 / rows.length, 0)
  const sureIn = (frames: number): number =>
    calibratedThresholds({
      ...{
        frames: sampled,
        films: sampled,
        medianNearest: NaN,
        library: frames,
        typical: null,
        pictures: null,
      },
      background: { ...background, within: Math.sqrt(variance) },
    })?.good ?? NaN
  const film = (frames: readonly string[], said: readonly SaidLine[], secondsAFrame: number): SeenFilm => {
    const vectors = frames.map(seen)
    return {
      times: Float64Array.from(frames, (_, i) => i * secondsAFrame),
      duration: frames.length * secondsAFrame,
      said: said.toSorted((a, b) => a.start - b.start),
      sure: sureIn(frames.length),
      score: (text) => {
        const vector = encode(text)
        return vector === null ? null : Float32Array.from(vectors, (frame) => dot(vector, frame))
      },
    }
  }
  const asked = own.filter(({ id }) => queries.has(id))
  return [
    {
      name: `${clipsAFilm} clips one after the other, what people wrote of them (words)`,
      draw: (draw) => {
        const some = shuffled(asked, draw).slice(0, clipsAFilm)
        const said: SaidLine[] = []
        let offset = 0
        for (const { id, captions } of some) {
          for (const { text, truth } of queries.get(id) ?? [])
            said.push({ start: offset + pick(truth, draw).start, text })
          offset += captions.length * clipSeconds
        }
        return film(
          some.flatMap(({ captions }) => captions),
          said,
          clipSeconds,
        )
      },
    },
    ...[2, 6].map((several) => ({
      name: `${several} clips cut into each other, captions between the frames (words)`,
      draw: (draw: () => number) => {
        const some = shuffled(own, draw).slice(0, several)
        const pieces: string[] = []
        for (let at = 0; at < 75; at += 6)
          for (const one of some) pieces.push(...one.captions.slice(at, at + 6))
        const frames = pieces.filter((_, i) => i % 2 === 0)
        const between = pieces.filter((_, i) => i % 2 === 1)
        const said = Array.from({ length: Math.floor(between.length / 3) }, (_, i) => ({
          start: i * 12,
          text: between.slice(i * 3, i * 3 + 3).join('. '),
        }))
        return film(frames, said, 2 * clipSeconds)
      },
    })),
  ]
}

/**
 * The captioned photographs as the concept model sees them when they are filmed, in any order; two captions a photograph, others for
 * each half. */
export const photoWorld = async (
  shared: string,
  half: Half,
): Promise<{
  readonly world: FilmWorld
  readonly know: (texts: readonly string[]) => Promise<void>
  readonly close: () => Promise<void>
}> => {
  const { photos, embed, close } = await filmPhotos(shared)
  const texts = new Map<string, Float32Array>()
  const know = async (more: readonly string[]): Promise<void> => {
    const fresh = [...new Set(more)].filter((text) => !texts.has(text))
    const vectors = await embed(fresh)
    fresh.forEach((text, i) => texts.set(text, vectors[i] ?? new Float32Array()))
  }
  await know([...genericQueries, ...photos.flatMap(({ captions }) => captions)])
  const isKnown = (vector: Float32Array | undefined): vector is Float32Array =>
    vector?.some((one) => one !== 0) === true
  const frames = photos.flatMap(({ vectors }) => vectors)
  const meter = createTextBackgroundMeter(frames)
  for (const text of genericQueries) {
    const vector = texts.get(text)
    if (isKnown(vector)) meter.add(vector)
  }
  const found = meter.finish()
  if (found === null) throw new Error('the concept model knows nothing')
  const { background, typical, hubs } = found
  const hubOf = new Map(frames.map((frame, i) => [frame, hubs[i] ?? typical]))
  const sure =
    calibratedThresholds({
      ...{ frames: frames.length, films: 1, medianNearest: NaN, library: frames.length, pictures: null },
      ...{ background, typical },
    })?.good ?? NaN
  const world: FilmWorld = {
    name: `${photos.length} photographs filmed, two captions each (concept model)`,
    draw: (random) => {
      const order = shuffled(photos, random)
      const own = half === 'even' ? 0 : 2
      const shown = order.flatMap(({ vectors }) => vectors)
      const seconds = order[0]?.vectors.length ?? 0
      return {
        times: Float64Array.from(shown, (_, i) => i),
        duration: shown.length,
        sure,
        said: order.flatMap(({ captions }, i) =>
          captions
            .slice(own, own + 2)
            .map((text, second) => ({ start: i * seconds + (second * seconds) / 2, text })),
        ),
        score: (text) => {
          const vector = texts.get(text)
          if (!isKnown(vector)) return null
          return Float32Array.from(shown, (frame) =>
            hubCorrected(dot(vector, frame), hubOf.get(frame) ?? typical, typical),
          )
        },
      }
    },
  }
  return { world, know, close }
}

/** Sentences of newspapers and novels (Choi's documents): people speak English, about something else. */
export const readProse = (folder: string): readonly string[] =>
  spawnSync('tar', ['-xOzf', join(folder, 'choi.tar.gz')], { maxBuffer: 1 << 28 })
    .stdout.toString('utf8')
    .split('\n')
    .filter((line) => line.length > 20 && !line.startsWith('====='))
