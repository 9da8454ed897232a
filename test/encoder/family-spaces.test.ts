import { describe, expect, onTestFinished, test } from 'vitest'
import { expectOk } from '../../src-preload/contract/result.ts'
import type { CallContext } from '../../src-preload/contract/schema.ts'
import { findVisual } from '../../src-main/catalog/visual-search.ts'
import { familyThresholds } from '../../src-main/domain/confidence.ts'
import { dot, normalise, packHalf } from '../../src-main/domain/embedding.ts'
import { createEncoder } from '../../src-main/encoder/encoder.ts'
import { findFfmpeg } from '../../src-main/foundation/ffmpeg-binaries.ts'
import { temporaryStore } from '../catalog/temporary-store.ts'
import { never } from '../indexer/scratch.ts'
import { noise } from './family-graphs.ts'
import { installPair, openPair } from './family-models.ts'
import { nearest, pairOf, plantedPictures, wordsOf } from './family-planted.ts'

const floatsOf = (bytes: Uint8Array): Float32Array => new Float32Array(new Uint8Array(bytes).buffer)
/** A frame that is like none of the planted ones. */
const nothingOf = (dimensions: number, seed: number): Float32Array => {
  const vector = noise(dimensions, 300 + seed)
  normalise(vector)
  return vector
}

describe('the registry’s pairs together', () => {
  test('PE’s graphs take exactly two, and the manifest says it', async () => {
    const { folder } = await openPair(await installPair(pairOf('pe-core-b16-224')))
    expect(folder.manifest.image).toMatchObject({ fixedBatch: 2, input: 'images', output: 'features' })
    expect(folder.manifest.text).toMatchObject({ contextLength: 32, input: 'tokens', output: 'features' })
  })

  test('the multilingual texts find the pictures that CLIP has looked at', async () => {
    const entry = pairOf('clip-vit-b32-multilingual')
    const clip = pairOf(entry.sharesImageWith ?? '')
    const [theirs, own] = [await openPair(await installPair(clip)), await openPair(await installPair(entry))]
    const seen = expectOk(await theirs.images.embed(plantedPictures(clip).map(({ rgb }) => rgb)), 'pictures')
    const said = expectOk(await own.texts.embed(wordsOf(entry)), 'German')
    const english = expectOk(await theirs.texts.embed(wordsOf(clip)), 'English')
    for (const [item, { vector }] of said.entries()) {
      expect(nearest(vector, seen)).toBe(item)
      expect(dot(vector, english[item]!.vector)).toBeGreaterThan(0.999)
    }
    expect(own.folder.manifest.sharesImageWith).toBe(theirs.folder.manifest.id)
    expect(own.folder.manifest.image.sha256).toBe(theirs.folder.manifest.image.sha256)
  })
})

describe('through the engines', () => {
  const context: CallContext = { signal: never, caller: 1 }

  test('the encoder’s calls take more pictures than a fixed batch has', async () => {
    const entry = pairOf('pe-core-b16-224')
    const model = { id: entry.id, directory: await installPair(entry) }
    const encoder = createEncoder({
      threads: 1,
      after: () => () => undefined,
      ffmpeg: () => findFfmpeg({ environment: process.env }),
    })
    expect(expectOk(await encoder.models.check({ model }, context), 'check').provider).toBe('cpu')
    const pictures = plantedPictures(entry).map(({ rgb }) => rgb)
    const seen = expectOk(await encoder.embed.pictures({ model, pictures }, context), 'pictures').map(
      floatsOf,
    )
    const said = expectOk(await encoder.embed.texts({ model, texts: [...wordsOf(entry)] }, context), 'texts')
    for (const [item, { vector }] of said.entries()) expect(nearest(floatsOf(vector), seen)).toBe(item)
  })

  test('a search in a library finds each film by its word', async () => {
    const entry = pairOf('siglip2-b32-256')
    const { images, texts } = await openPair(await installPair(entry))
    const seen = expectOk(await images.embed(plantedPictures(entry).map(({ rgb }) => rgb)), 'pictures')
    const library = temporaryStore()
    onTestFinished(library.dispose)
    for (const [item, vector] of seen.entries()) {
      // A film of five frames, the third of which shows it.
      const frames = [0, 1, 2, 3, 4].map((frame) =>
        frame === 2 ? vector : nothingOf(entry.dimensions, frame),
      )
      const pack = { dimensions: entry.dimensions, times: [0, 60, 120, 180, 240] }
      library.database.transaction(() =>
        library.store.vectors.put(`v${item}`, entry.id, 'skimmed', {
          ...pack,
          vectors: Buffer.concat(frames.map(packHalf)),
        }),
      )()()
    }
    const said = expectOk(await texts.embed(wordsOf(entry)), 'words')
    for (const [item, { vector }] of said.entries()) {
      const wanted = [{ kind: 'text', weight: 1, pool: 'best', vectors: [vector] }] as const
      const thresholds = familyThresholds[entry.family]
      const [best] = findVisual(
        library.store.vectors,
        {
          space: entry.id,
          plan: {
            steps: [{ words: '', likes: [], wanted, moves: false }],
            ...{ unwanted: [], leftOut: [], unknown: [], errors: [] },
          },
          scale: { thresholds: { text: thresholds, image: thresholds }, typicalHub: 0 },
          ...{ bank: null, only: null },
          films: { learn: () => undefined, duration: () => 300, cuts: () => [], motion: () => null },
        },
        { perVideo: 3, limit: 20 },
      )
      expect(best?.videoId, wordsOf(entry)[item]).toBe(`v${item}`)
      expect(best!.start).toBeLessThanOrEqual(120)
      expect(best!.end).toBeGreaterThan(120)
      expect(best!.score).toBeGreaterThan(0.99)
    }
  })
})
