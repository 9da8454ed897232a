import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as v from 'valibot'
import {
  modelRegistry,
  type RegistryPair,
  type RegistryShots,
} from '../../src-preload/contract/model-registry.ts'
import { dot } from '../../src-main/domain/embedding.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { cells } from './family-graphs.ts'
import type { Picture } from './plain-resize.ts'

const registryFile = resolve(import.meta.dirname, '../../resources/models/registry.json')
const registry = v.parse(modelRegistry, JSON.parse(readFileSync(registryFile, 'utf8')))
export const pairs = registry.models.filter((entry): entry is RegistryPair => entry.kind === 'pair')
export const shotEntries = registry.models.filter((entry): entry is RegistryShots => entry.kind === 'shots')
export const pairOf = (id: string): RegistryPair => {
  const found = pairs.find((entry) => entry.id === id)
  if (found === undefined) throw new Error(`no ${id} in the registry`)
  return found
}

/** One word a planted picture, in the languages of the towers. The last two belong to the wide picture. */
export const english = 'fox lake red house storm train bread night dance clock river smile wide middle'.split(
  ' ',
)
const german = 'Fuchs See Rot Haus Sturm Zug Brot Nacht Tanz Uhr Fluss Lächeln breit Mitte'.split(' ')
/** Words that say nothing; the templates' are among them. */
export const silent = ['a', 'photo', 'of']
export const filler = 'of'
export const isMultilingual = (entry: RegistryPair): boolean => entry.sharesImageWith !== undefined
export const wordsOf = (entry: RegistryPair): readonly string[] => (isMultilingual(entry) ? german : english)
export const [wide, middle] = [english.length - 2, english.length - 1]

type Grid = readonly (readonly number[])[]
const random = seededRandom(11)
const grids: Grid[] = english.map(() =>
  Array.from({ length: cells ** 2 }, () => [0, 1, 2].map(() => Math.floor(256 * random()))),
)
/** What a centre crop sees of the wide picture when it is twice as wide as high: its two middle columns, each doubled. */
grids[middle] = grids[wide]!.map((_, i) => grids[wide]![i - (i % cells) + 1 + Math.floor((i % cells) / 2)]!)

/** Planted picture `item`, a grid of colours, at `width` x `height`: a wide one is the same pulled apart. */
export const planted = (item: number, width: number, height: number): Picture => {
  const rgb = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const cell = Math.floor((y * cells) / height) * cells + Math.floor((x * cells) / width)
      rgb.set(grids[item]![cell]!, (y * width + x) * 3)
    }
  return { width, height, rgb }
}
export const plantedPictures = (entry: RegistryPair): readonly Picture[] =>
  english.map((_, item) => planted(item, entry.image.width, entry.image.height))

/** The place of the nearest of `vectors`. */
export const nearest = (query: Float32Array, vectors: readonly Float32Array[]): number =>
  vectors.reduce((best, vector, i) => (dot(query, vector) > dot(query, vectors[best]!) ? i : best), 0)
