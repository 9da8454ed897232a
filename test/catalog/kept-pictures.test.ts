import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectOk, fail } from '../../src-preload/contract/result.ts'
import type { EncoderLink } from '../../src-main/catalog/encoder-link.ts'
import { createKeptPictures } from '../../src-main/catalog/kept-pictures.ts'
import type { KeptPictures } from '../../src-main/catalog/kept-pictures.ts'
import { preparePicture } from '../../src-main/encoder/prepare-picture.ts'
import { binaries, make } from '../indexer/films.ts'
import { temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

const day = 86_400
let library: TemporaryStore
let pictures: KeptPictures
let now: number
/** The encoder's own work, in this process. */
const encoder: EncoderLink = {
  connected: () => undefined,
  ask: (question) =>
    question({
      call: {
        pictures: {
          prepare: ({ path, folder }: { readonly path: string; readonly folder: string }) =>
            preparePicture(binaries, path, folder, new AbortController().signal),
        },
      },
    } as never),
}
beforeEach(() => {
  library = temporaryStore()
  now = 1_000 * day
  pictures = createKeptPictures({ store: library.store, encoder, clock: () => now })
})
afterEach(() => library.dispose())

const drawn = (name: string, source: string): string => {
  const path = join(library.paths.directory, name)
  make('-f', 'lavfi', '-i', source, '-frames:v', '1', path)
  return path
}
const kept = (): readonly string[] => readdirSync(library.paths.keptPictures).sort()

describe('pictures that a person searches with', () => {
  it('are kept small and upright, once each, whichever way they come', async () => {
    const path = drawn(`a "large" 'one' 🎂.png`, 'testsrc2=size=2400x1200')
    const one = expectOk(await pictures.keep({ from: 'file', path }), 'kept')
    expect(one).toMatchObject({ width: 1024, height: 512, name: `a "large" 'one' 🎂.png` })
    expect(one.id).toMatch(/^p[0-9a-f]{20}$/)
    const bytes = new Uint8Array(readFileSync(path))
    const again = expectOk(await pictures.keep({ from: 'bytes', bytes, name: 'dropped.png' }), 'again')
    expect(again.id).toBe(one.id)
    expect(kept()).toEqual([`${one.id}.jpg`])
    expect(pictures.get(one.id)).toMatchObject({ id: one.id, width: 1024 })
    expect(expectOk(pictures.place(one.id), 'place').path).toBe(
      join(library.paths.keptPictures, `${one.id}.jpg`),
    )
    const small = expectOk(
      await pictures.keep({ from: 'file', path: drawn('small.png', 'testsrc2=size=60x40') }),
      'small',
    )
    expect(small).toMatchObject({ width: 60, height: 40 })
  })

  it('are pictures: anything else is said to be none, and leaves nothing', async () => {
    const text = join(library.paths.directory, 'text.jpg')
    writeFileSync(text, 'no picture at all')
    const empty = join(library.paths.directory, 'empty.png')
    writeFileSync(empty, '')
    const whole = readFileSync(drawn('whole.png', 'testsrc2=size=600x400'))
    const head = new Uint8Array(whole.subarray(0, 20))
    for (const given of [
      { from: 'file', path: text },
      { from: 'file', path: empty },
      { from: 'bytes', bytes: head, name: 'cut.png' },
      { from: 'bytes', bytes: new Uint8Array(0), name: 'nothing.png' },
    ] as const)
      expect(await pictures.keep(given)).toMatchObject({ ok: false, error: { code: 'not-a-picture' } })
    expect(
      await pictures.keep({ from: 'file', path: join(library.paths.directory, 'nowhere.png') }),
    ).toMatchObject({ ok: false, error: { code: 'missing-file' } })
    expect(kept()).toEqual([])
    expect(pictures.place('p00000000000000000000')).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
  })

  it('go after a month, but for those that a collection or a past query asks with', async () => {
    const ids: string[] = []
    for (const source of ['red', 'lime', 'blue', 'white']) {
      const path = drawn(`${source}.png`, `color=${source}:size=64x64`)
      ids.push(expectOk(await pictures.keep({ from: 'file', path }), source).id)
    }
    const [collected = '', asked = '', renewed = '', old = ''] = ids
    library.store.collections.save({ name: 'Reds', query: `like:${collected}` }, now)
    library.store.pastQueries.add(`like:${asked} dog`, now)
    writeFileSync(join(library.paths.keptPictures, 'stranger.jpg'), 'left by a crash')
    now += 20 * day
    expectOk(await pictures.keep({ from: 'file', path: join(library.paths.directory, 'blue.png') }), 'again')
    now += 15 * day
    pictures.sweep()
    expect(kept()).toEqual([collected, asked, renewed].map((id) => `${id}.jpg`).sort())
    expect(pictures.get(old)).toBeNull()
  })

  it('say what went wrong where they cannot be written', async () => {
    const full = createKeptPictures({
      store: library.store,
      encoder: { connected: () => undefined, ask: () => Promise.resolve(fail('disk-full', 'no room')) },
      clock: () => now,
    })
    const path = drawn('one.png', 'testsrc2=size=60x40')
    expect(await full.keep({ from: 'file', path })).toMatchObject({ ok: false, error: { code: 'disk-full' } })
    expect(kept()).toEqual([])
  })
})
