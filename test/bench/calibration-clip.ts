import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { dot, normalise } from '../../src-main/domain/embedding.ts'
import type { Verdict } from '../../src-main/domain/confidence.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { judgeLibrary } from './library-evidence.ts'

const dimensions = 512
/** The name lists of the sets `context` and `coco-stuff` are not in the order of their vectors: "sky" is another vector there. */
const sets = ['ade', 'voc', 'cityscapes'] as const
const photographs = 'vitb16-image-unsplash2001.f32.bin'

/** Things that surely are among 2,001 photographs of Unsplash, and things that hardly are. Judged by eye and name: no labels. */
const there =
  'sky tree mountain sea flower building road car dog cat grass water boat bird person rock bridge'.split(' ')
const seldom = [
  'swivel chair',
  'pool table',
  'television receiver',
  'arcade machine',
  'crt screen',
  'conveyer belt',
  'dishwasher',
  'minibike',
]

const vectorsOf = (file: string): readonly Float32Array[] => {
  const bytes = readFileSync(file)
  const all = new Float32Array(new Uint8Array(bytes).buffer)
  return Array.from({ length: all.length / dimensions }, (_, i) => {
    const vector = all.slice(i * dimensions, (i + 1) * dimensions)
    normalise(vector)
    return vector
  })
}

/** So many of the photographs that are most like a mountain: a library of one topic must not answer everything. */
const alike = 100
const sizes = [2001, 300, 60] as const
const seed = 1000

export type ClipRow = {
  readonly measure: string
  readonly present: string
  readonly absent: string
}

const said = (names: readonly string[], verdicts: ReadonlyMap<string, Verdict>): string =>
  (['good', 'weak', 'none'] as const)
    .map((one) => `${one} ${names.filter((name) => verdicts.get(name) === one).length}`)
    .join(', ')

const drawn = (all: readonly Float32Array[], count: number): readonly Float32Array[] => {
  const random = seededRandom(seed)
  return all
    .map((vector) => ({ vector, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ vector }) => vector)
}

/**
 * The same judge on real CLIP vectors (ViT-B/16), which have no labels: how many of some names it finds, and of all. The
 * names themselves are the bank. A check of the spread on another model and on libraries of other sizes, no more; the
 * thresholds were looked at here too.
 */
export const clipRows = (shared: string): readonly ClipRow[] => {
  const folder = join(shared, 'benchmarks', 'clip-embeddings')
  if (!existsSync(join(folder, photographs))) return []
  const names = new Map(
    sets.flatMap((set) => {
      const list = v.parse(
        v.array(v.string()),
        JSON.parse(readFileSync(join(folder, `vitb16-text-${set}.json`), 'utf8')),
      )
      const vectors = vectorsOf(join(folder, `vitb16-text-${set}.f32.bin`))
      return list.map((name, i) => [name.trim(), vectors[i] ?? new Float32Array(dimensions)] as const)
    }),
  )
  const images = vectorsOf(join(folder, photographs))
  const mountain = names.get('mountain') ?? new Float32Array(dimensions)
  const libraries = [
    ...sizes.map((size) => ({ name: `${size} photographs`, frames: drawn(images, size) })),
    {
      name: `${alike} photographs of mountains`,
      frames: images.toSorted((a, b) => dot(mountain, b) - dot(mountain, a)).slice(0, alike),
    },
  ]
  return libraries.map(({ name, frames }) => {
    const judge = judgeLibrary({ frames, scenes: frames.map((_, i) => i), texts: [...names.values()] }, [])
    const verdicts = new Map([...names].map(([text, query]) => [text, judge.of(query).verdict]))
    return {
      measure: `CLIP, ${name}: ${names.size} names: ${said([...names.keys()], verdicts)}`,
      present: `of ${there.length} usual: ${said(there, verdicts)}`,
      absent: `of ${seldom.length} rare: ${said(seldom, verdicts)}`,
    }
  })
}
