import { expect, it } from 'vitest'
import { expectOk, ok } from '../../src-preload/contract/result.ts'
import { createQuiet } from '../../src-main/catalog/quiet.ts'
import { packHalf } from '../../src-main/domain/embedding.ts'
import type { EncoderLink } from '../../src-main/catalog/encoder-link.ts'
import { createKeptPictures } from '../../src-main/catalog/kept-pictures.ts'
import { createSearch } from '../../src-main/catalog/search.ts'
import { writeTinyModel } from '../encoder/tiny-model.ts'
import { putFilms, someFacts, temporaryStore } from './temporary-store.ts'

const dimensions = 32
const axis = (at: number): Float32Array =>
  Float32Array.from({ length: dimensions }, (_, i) => (i === at ? 1 : 0))

it('answers with the model it began with, though another one takes its place meanwhile', async () => {
  const library = temporaryStore()
  const { store, database } = library
  const folder = await writeTinyModel({ edit: (manifest) => ({ ...manifest, id: 'one' }) })
  expectOk(await store.models.add(folder, 0, false), 'add')
  const [film = ''] = putFilms(store, 1)
  store.facts.put(film, 1, someFacts(100), [])
  // Palette sees it at 5 s, the other one at 80 s; a vector of one would find the wrong frame in the other's.
  for (const [model, hit] of [
    ['palette', 5],
    ['one', 80],
  ] as const) {
    const times = [0, 5, 10, 40, 80, 90]
    const all = times.map((time) =>
      axis(time === hit ? (model === 'one' ? 1 : 0) : time === 40 ? (model === 'one' ? 0 : 1) : 9),
    )
    const vectors = Buffer.concat(all.map((vector) => Buffer.from(packHalf(vector))))
    database.transaction(() => store.vectors.put(film, model, 'skimmed', { dimensions, times, vectors }))()()
  }
  const asked: string[] = []
  let meanwhile = (): void => undefined
  const encoder: EncoderLink = {
    connected: () => undefined,
    ask: (question) =>
      question({
        call: {
          embed: {
            texts: ({
              model,
              texts,
            }: {
              readonly model: { readonly id: string }
              readonly texts: readonly string[]
            }) => {
              asked.push(model.id)
              meanwhile()
              const vector = new Uint8Array(axis(model.id === 'one' ? 1 : 0).buffer)
              return Promise.resolve(ok(texts.map(() => ({ vector, known: true, clauses: [] }))))
            },
          },
        },
      } as never),
  }
  const search = createSearch({
    store,
    encoder,
    pictures: createKeptPictures({ store, encoder, clock: () => 0 }),
    quiet: createQuiet(),
    touch: () => undefined,
  })
  const find = async (): Promise<readonly [string, number | undefined, number]> => {
    const answer = expectOk(await search.moments({ query: 'anything', limit: 1 }, new Date(0)), 'search')
    return [answer.model, answer.moments[0]?.peak, answer.coverage]
  }
  meanwhile = () => store.models.choose('one', null)
  expect(await find()).toEqual(['palette', 5, 1])
  meanwhile = () => store.models.choose('palette', null)
  expect(await find()).toEqual(['one', 80, 1])
  meanwhile = () => {
    // Its vectors may even go: then there are none, never those of the other one.
    store.vectors.forgetModel('palette')
    store.models.choose('one', null)
  }
  expect(await find()).toEqual(['palette', undefined, 0])
  expect(asked).toEqual(['palette', 'one', 'palette'])
  library.dispose()
})
