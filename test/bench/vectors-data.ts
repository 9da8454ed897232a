import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { normalise } from '../../src-main/domain/embedding.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { sharedFolder } from '../shared-folder.ts'

/** CLIP ViT-B/16: 2,001 photographs and the class names of five data sets, in one space. */
export const dimensions = 512
const folder = 'benchmarks/clip-embeddings'
const names = ['ade', 'coco-stuff', 'context', 'voc', 'cityscapes']

const rowsOf = (file: string): readonly Float32Array[] => {
  const bytes = readFileSync(file)
  const all = new Float32Array(new Uint8Array(bytes).buffer)
  return Array.from({ length: all.length / dimensions }, (_, i) => {
    const row = all.slice(i * dimensions, (i + 1) * dimensions)
    normalise(row)
    return row
  })
}

export type ClipVectors = {
  readonly photos: readonly Float32Array[]
  readonly texts: readonly Float32Array[]
}

/** The real vectors, each name once; null where the shared folder is missing. */
export const clipVectors = (): ClipVectors | null => {
  const shared = sharedFolder()
  if (shared === null) return null
  const file = (name: string): string => join(shared, folder, name)
  const texts = new Map<string, Float32Array>()
  for (const set of names) {
    const words = JSON.parse(readFileSync(file(`vitb16-text-${set}.json`), 'utf8')) as readonly string[]
    rowsOf(file(`vitb16-text-${set}.f32.bin`)).forEach((row, i) => {
      const word = (words[i] ?? '').trim()
      if (!texts.has(word)) texts.set(word, row)
    })
  }
  return { photos: rowsOf(file('vitb16-image-unsplash2001.f32.bin')), texts: [...texts.values()] }
}

/** A film: so many shots of so many frames each, as an adaptive sampling keeps them. */
const shotsOfFilm = 40
const framesOfShot = 5
export const framesOfFilm = shotsOfFilm * framesOfShot
/**
 * A shot shows a photograph that is moved up to halfway towards another one (so that there are as many different shots
 * as a library has, and all lie where real pictures do), its frames differ along the difference of two other
 * photographs. Both get noise in all directions too, which no photograph explains: the hard part for any index.
 * Lengths are of the vector's own 1. Frames of a shot then have a cosine of 0.97, shots of a film 0.65.
 */
const towards = 0.5
const shotNoise = 0.3
const frameMove = 0.12
const frameNoise = 0.15

/** Films, one after the other, the same in every run: `framesOfFilm` x `dimensions` numbers, overwritten by the next. */
export const scriptedFilms = function* (
  photos: readonly Float32Array[],
  films: number,
): Generator<Float32Array> {
  const random = seededRandom(1_000_003)
  const pick = (): Float32Array => photos[Math.floor(random() * photos.length)]!
  // Normal numbers are slow to make: a table of a million of them, read on from anywhere.
  const normal = Float32Array.from(
    { length: (1 << 20) + dimensions },
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  )
  /** into = base + by * (to - from) + noise of this length, made a unit vector. */
  const mix = (
    into: Float32Array,
    base: Float32Array,
    by: number,
    to: Float32Array,
    from: Float32Array,
    noise: number,
  ): void => {
    const scale = noise / Math.sqrt(dimensions)
    const at = Math.floor(random() * (1 << 20))
    for (let i = 0; i < dimensions; i += 1)
      into[i] = base[i]! + by * (to[i]! - from[i]!) + scale * normal[at + i]!
    normalise(into)
  }
  const frames = new Float32Array(framesOfFilm * dimensions)
  const shown = new Float32Array(dimensions)
  for (let film = 0; film < films; film += 1) {
    for (let shot = 0; shot < shotsOfFilm; shot += 1) {
      const photo = pick()
      mix(shown, photo, random() * towards, pick(), photo, shotNoise)
      for (let frame = 0; frame < framesOfShot; frame += 1) {
        const at = (shot * framesOfShot + frame) * dimensions
        mix(frames.subarray(at, at + dimensions), shown, frameMove, pick(), pick(), frameNoise)
      }
    }
    yield frames
  }
}

export type BenchQuery = { readonly kind: 'text' | 'picture'; readonly vector: Float32Array }

/** Texts as people type them, and pictures near those of the films: what "find similar" asks. */
export const benchQueries = ({ photos, texts }: ClipVectors, each: number): readonly BenchQuery[] => {
  const random = seededRandom(77)
  const some = (all: readonly Float32Array[]): Float32Array =>
    all[Math.floor(random() * all.length)] ?? new Float32Array(dimensions)
  const words = texts.map((vector) => ({ vector, at: random() })).sort((a, b) => a.at - b.at)
  return [
    ...words.slice(0, each).map(({ vector }) => ({ kind: 'text' as const, vector })),
    ...Array.from({ length: each }, () => {
      const [one, other] = [some(photos), some(photos)]
      const vector = some(photos).map((part, i) => part + 0.1 * ((one[i] ?? 0) - (other[i] ?? 0)))
      normalise(vector)
      return { kind: 'picture' as const, vector }
    }),
  ]
}

/** Exact cosines of a film's frames with a query, four sums at a time. */
export const exactScores = (frames: Float32Array, query: Float32Array): Float32Array => {
  const scores = new Float32Array(frames.length / dimensions)
  for (let row = 0; row < scores.length; row += 1) {
    let [a, b, c, d] = [0, 0, 0, 0]
    const start = row * dimensions
    for (let i = 0; i < dimensions; i += 4) {
      a += frames[start + i]! * query[i]!
      b += frames[start + i + 1]! * query[i + 1]!
      c += frames[start + i + 2]! * query[i + 2]!
      d += frames[start + i + 3]! * query[i + 3]!
    }
    scores[row] = a + b + c + d
  }
  return scores
}
