import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EmbeddedText } from '../../src-preload/contract/encoder-api.ts'
import { expectOk, fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { SearchAnswer } from '../../src-preload/contract/search-nouns.ts'
import { createQuiet } from '../../src-main/catalog/quiet.ts'
import type { EncoderLink } from '../../src-main/catalog/encoder-link.ts'
import { createKeptPictures } from '../../src-main/catalog/kept-pictures.ts'
import { createSearch } from '../../src-main/catalog/search.ts'
import type { Search, SearchRequest } from '../../src-main/catalog/search.ts'
import { normalise, packHalf } from '../../src-main/domain/embedding.ts'
import { temporaryStore, someFacts } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

/** A world of things, each a direction of its own: what a frame shows is what it is like. */
const things = ['dog', 'cat', 'sea', 'car', 'snow', 'empty'] as const
type Thing = (typeof things)[number]
const dimensions = 32
const space = 'palette'

const showing = (...shown: readonly Thing[]): Float32Array => {
  const vector = new Float32Array(dimensions)
  for (const thing of shown) vector[things.indexOf(thing)] = 1
  normalise(vector)
  return vector
}
const bytesOf = (vector: Float32Array): Uint8Array => new Uint8Array(Float32Array.from(vector).buffer)

let library: TemporaryStore
let search: Search
/** What the encoder makes of a still; null: it cannot. */
let still: Float32Array | null
let stills: number
/** Models that were to be ready. */
let readied: string[]

const encoder: EncoderLink = {
  connected: () => undefined,
  ask: (question) =>
    question({
      call: {
        embed: {
          ready: ({ model }: { readonly model: { readonly id: string } }): Promise<Result<null>> => {
            readied.push(model.id)
            return Promise.resolve(ok(null))
          },
          texts: ({ texts }: { readonly texts: readonly string[] }): Promise<Result<EmbeddedText[]>> =>
            Promise.resolve(
              ok(
                texts.map((text): EmbeddedText => {
                  const known = things.filter((thing) => text.split(/\W+/).includes(thing))
                  const vector = bytesOf(showing(...known))
                  return { vector, known: known.length > 0, clauses: [] }
                }),
              ),
            ),
          still: (): Promise<Result<readonly Uint8Array[]>> => {
            stills += 1
            return Promise.resolve(still === null ? fail('no-frames', 'none') : ok([bytesOf(still)]))
          },
        },
      },
    } as never),
}

beforeEach(() => {
  library = temporaryStore()
  still = null
  stills = 0
  readied = []
  const { store } = library
  search = createSearch({
    store,
    encoder,
    pictures: createKeptPictures({ store, encoder, clock: () => 0 }),
    quiet: createQuiet(),
    touch: () => undefined,
  })
})
afterEach(() => library.dispose())

/** A film named NAME.mp4 that shows these one after the other, ten seconds each, a frame a second. */
const film = (name: string, shown: readonly (readonly Thing[])[], folder = 'films'): string => {
  const { store, database } = library
  const root = { path: `/${folder}`, bytes: null }
  const { id } = store.folders.find(root) ?? store.folders.add(root, 0)
  const videoId = `v-${name}`
  const path = { path: `/${folder}/${name}.mp4`, bytes: null }
  store.locations.identified(id, 1, { path, size: 100, mtime: 5, videoId }, 0)
  store.facts.put(videoId, 1, someFacts(shown.length * 10), [])
  store.texts.refreshNames([videoId])
  store.filterRows.refresh([videoId])
  const times = shown.flatMap((_, i) => Array.from({ length: 10 }, (__, at) => i * 10 + at))
  const frames = times.map((time) => showing(...(shown[Math.floor(time / 10)] ?? [])))
  const vectors = Buffer.concat(frames.map((frame) => Buffer.from(packHalf(frame))))
  database.transaction(() => store.vectors.put(videoId, space, 'skimmed', { dimensions, times, vectors }))()()
  return videoId
}
const ask = async (query: string, more: Partial<SearchRequest> = {}): Promise<SearchAnswer> =>
  expectOk(await search.moments({ query, limit: 20, ...more }, new Date(0)), query)
const found = ({ moments }: SearchAnswer): readonly string[] =>
  moments.map(({ videoId, start, end }) => `${videoId} ${Math.round(start)}-${Math.round(end)}`)

describe('what is looked for', () => {
  it('is found where it is shown, with the reason, and nowhere else', async () => {
    film('a', [['empty'], ['dog'], ['empty']])
    film('b', [['cat'], ['empty']])
    const answer = await ask('dog')
    expect(answer.moments[0]).toMatchObject({
      videoId: 'v-a',
      reasons: [{ kind: 'looks-like', text: 'dog' }],
    })
    expect(answer.moments[0]?.peak).toBeGreaterThanOrEqual(10)
    expect(answer.moments[0]?.peak).toBeLessThan(20)
    expect(answer.verdict).toBe('good')
    // The other film is an answer only as one that hardly fits.
    expect(answer.moments.find(({ videoId }) => videoId === 'v-b')?.confidence ?? 0).toBeLessThan(0.2)
  })

  it('is less where something is that is not wanted', async () => {
    film('both', [['empty'], ['dog', 'cat'], ['empty']])
    film('alone', [['empty'], ['dog', 'sea'], ['empty']])
    expect((await ask('dog')).moments.slice(0, 2)).toHaveLength(2)
    const answer = await ask('dog -cat')
    expect(answer.moments[0]?.videoId).toBe('v-alone')
    expect(answer.moments.find(({ videoId }) => videoId === 'v-both')?.confidence ?? 0).toBeLessThan(
      answer.moments[0]?.confidence ?? 0,
    )
  })

  it('comes in its order: one after the other, not the other way round', async () => {
    film('right', [['empty'], ['dog'], ['cat'], ['empty']])
    film('wrong', [['empty'], ['cat'], ['dog'], ['empty']])
    const answer = await ask('dog then cat')
    const [first] = answer.moments
    expect(first).toMatchObject({ videoId: 'v-right', reasons: [{ kind: 'in-order', text: 'dog → cat' }] })
    expect(first?.start).toBeLessThan(20)
    expect(first?.end).toBeGreaterThan(20)
    expect(answer.moments.find(({ videoId }) => videoId === 'v-wrong')?.confidence ?? 0).toBeLessThan(0.2)
  })

  it('may be a word that no model knows, where it is written', async () => {
    film('kruemelmonster', [['empty'], ['sea']])
    film('b', [['dog']])
    const answer = await ask('kruemelmonster')
    expect(answer).toMatchObject({
      verdict: 'good',
      grounds: ['written', 'unknown-words'],
      unknown: ['kruemelmonster'],
    })
    expect(answer.moments.map(({ videoId }) => videoId)).toEqual(['v-kruemelmonster'])
    expect(answer.moments[0]?.reasons).toEqual([{ kind: 'named', text: 'kruemelmonster' }])
    expect(await ask('"sea monster"')).toMatchObject({ verdict: 'none', grounds: [], moments: [] })
    expect(await ask('xylophone')).toMatchObject({ verdict: 'none', grounds: ['unknown-words'], moments: [] })
  })
})

describe('what it is like', () => {
  it('is a frame that is stored: its own shot is no answer, the others are', async () => {
    film('a', [['empty'], ['dog', 'sea'], ['empty'], ['dog', 'sea']])
    film('b', [['snow'], ['dog', 'sea']])
    film('c', [['car']])
    const answer = await ask('like:v-a@15')
    expect(stills).toBe(0)
    expect(answer.moments[0]).toMatchObject({ reasons: [{ kind: 'similar', text: 'a 0:15' }] })
    const sure = answer.moments.filter(({ confidence }) => confidence >= 0.5)
    expect(new Set(sure.map(({ videoId }) => videoId))).toEqual(new Set(['v-a', 'v-b']))
    expect(sure.some(({ videoId, peak }) => videoId === 'v-a' && Math.abs(peak - 15) < 2)).toBe(false)
  })

  it('goes with words, with filters and by a path', async () => {
    film('a', [['dog', 'sea']])
    film('b', [['empty'], ['dog', 'sea']], 'beach')
    film('c', [['empty'], ['dog', 'snow']], 'winter')
    const beach = await ask('like:/films/a.mp4@5 in:beach')
    expect(new Set(beach.moments.map(({ videoId }) => videoId))).toEqual(new Set(['v-b']))
    const snow = await ask('like:v-a@5 snow')
    expect(snow.moments[0]).toMatchObject({
      videoId: 'v-c',
      reasons: [
        { kind: 'looks-like', text: 'snow' },
        { kind: 'similar', text: 'a 0:05' },
      ],
    })
  })

  it('is an error chip where it points at nothing, and the rest is looked for', async () => {
    film('a', [['empty'], ['dog']])
    const answer = await ask('dog like:nowhere.mp4@3')
    expect(answer.parsed.errors).toMatchObject([{ start: 4, end: 22 }])
    expect(answer.moments[0]?.videoId).toBe('v-a')
  })
})

describe('filters', () => {
  it('never give fewer films than pass, also those least like the question', async () => {
    for (let i = 0; i < 230; i += 1) film(`near${i}`, [['dog']], 'near')
    for (let i = 0; i < 215; i += 1) film(`far${i}`, [['empty']], 'far')
    for (const [query, passing] of [
      ['dog in:far', 215],
      ['dog in:near', 230],
      ['dog in:far name:far7', 11],
    ] as const) {
      const { moments } = await ask(query, { limit: 500 })
      const own = query.includes('in:far') ? 'v-far' : 'v-near'
      expect(moments.every(({ videoId }) => videoId.startsWith(own))).toBe(true)
      expect(new Set(moments.map(({ videoId }) => videoId)).size).toBe(passing)
    }
  })

  it('alone ask for films as a whole', async () => {
    film('a', [['dog']])
    film('b', [['dog'], ['dog']])
    const answer = await ask('longer:15s')
    expect(found(answer)).toEqual(['v-b 0-20'])
    expect(answer).toMatchObject({ verdict: 'good', grounds: ['filters-only'] })
    expect(await ask('longer:15m')).toMatchObject({ verdict: 'none', moments: [] })
  })

  it('keep a film that nobody knows from being one of them', async () => {
    film('a', [['dog']])
    expect(await search.moments({ query: 'dog', limit: 5, in: 'v-nowhere' }, new Date(0))).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
    expect(found(await ask('dog longer:1h', { in: 'v-a' }))).toEqual([])
  })
})

describe('the answer', () => {
  it('has ties in a fixed order, whoever came first', async () => {
    for (const name of ['c', 'a', 'b']) film(name, [['empty'], ['dog'], ['empty']])
    const first = found(await ask('dog'))
    expect(first.slice(0, 3).map((line) => line.slice(0, 3))).toEqual(['v-a', 'v-b', 'v-c'])
    expect(found(await ask('dog'))).toEqual(first)
  })

  it('shows three moments of a film at most, all of them in a film that is asked by name', async () => {
    const often = Array.from({ length: 8 }, (_, i) => [i % 2 === 0 ? 'empty' : 'dog'] as const)
    film('a', often)
    expect((await ask('dog')).moments.filter(({ videoId }) => videoId === 'v-a').length).toBeLessThanOrEqual(
      3,
    )
    expect((await ask('dog', { in: 'v-a' })).moments.length).toBeGreaterThan(3)
  })

  it('has its model loaded as soon as somebody is about to ask, where there is one', () => {
    search.prepare()
    expect(readied).toEqual(['palette'])
    library.store.models.choose('gone', null)
    search.prepare()
    expect(readied).toEqual(['palette'])
  })

  it('is not made for somebody who has gone', async () => {
    film('a', [['dog']])
    const gone = new AbortController()
    gone.abort()
    expect(await search.moments({ query: 'dog', limit: 5 }, new Date(0), gone.signal)).toMatchObject({
      ok: false,
      error: { code: 'cancelled' },
    })
  })

  it('has a curve over one film: high where it is shown', async () => {
    const id = film('a', [['empty'], ['dog'], ['empty']])
    const { step, values } = expectOk(await search.curve('dog', id), 'curve')
    const at = (second: number): number => values[Math.floor(second / step)] ?? -1
    expect(at(15)).toBeGreaterThan(0.8)
    expect(at(4)).toBeLessThan(0.2)
    expect(at(26)).toBeLessThan(0.2)
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true)
    expect(await search.curve('dog', 'v-nowhere')).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })
})
