import { describe, expect, test } from 'vitest'
import { expectOk } from '../../src-preload/contract/result.ts'
import { dot } from '../../src-main/domain/embedding.ts'
import { openTextEncoder, type TextEncoder_ } from '../../src-main/encoder/text-encoder.ts'
import { createVectorCache, embedCached } from '../../src-main/encoder/vector-cache.ts'
import { openModelFolder } from '../../src-main/foundation/model-folder.ts'
import { writeTinyModel, type TinyModel } from './tiny-model.ts'

const open = async (wish: TinyModel = {}): Promise<TextEncoder_> => {
  const folder = expectOk(await openModelFolder(await writeTinyModel(wish), { verify: true }), 'folder')
  return expectOk(await openTextEncoder(folder, { threads: 1 }), 'encoder')
}

describe('the text encoder', () => {
  test('gives a unit vector a text, the same in a batch as alone', async () => {
    const encoder = await open()
    const texts = ['cat', 'dog', 'red sky', 'red cat', 'sky', 'a photo of a dog']
    const together = expectOk(await encoder.embed(texts), 'together')
    for (const [i, text] of texts.entries()) {
      const alone = expectOk(await encoder.embed([text]), 'alone')[0]!
      expect(dot(alone.vector, alone.vector)).toBeCloseTo(1, 5)
      expect(dot(alone.vector, together[i]!.vector)).toBeCloseTo(1, 5)
    }
    expect(dot(together[0]!.vector, together[1]!.vector)).toBeLessThan(0.5)
    await encoder.dispose()
  })

  test('knows what it does not know: an unknown word and an empty text are zero', async () => {
    const encoder = await open()
    for (const found of expectOk(await encoder.embed(['zebra', 'a photo of', '', '  ']), 'embed')) {
      expect(found.known).toBe(false)
      expect(found.vector.every((part) => part === 0)).toBe(true)
      expect(found.vector.length).toBe(encoder.dimensions)
    }
    expect(expectOk(await encoder.embed([]), 'none')).toEqual([])
    await encoder.dispose()
  })

  test('puts the text into each template, as it is, and takes the mean', async () => {
    const plain = await open()
    const [red, sky] = expectOk(await plain.embed(['red cat', 'sky cat']), 'plain')
    const templated = await open({ promptTemplates: ['red {}', 'sky {}'] })
    const found = expectOk(await templated.embed(['cat', '', '$& dog']), 'templated')
    const toRed = dot(found[0]!.vector, red!.vector)
    expect(toRed).toBeCloseTo(dot(found[0]!.vector, sky!.vector), 5)
    expect(toRed).toBeGreaterThan(0.7)
    expect(found[1]!.known).toBe(false)
    expect(dot(found[0]!.vector, found[2]!.vector)).toBeLessThan(0.9)
    await plain.dispose()
    await templated.dispose()
  })

  test('reads what stands behind the end of its context: clause by clause', async () => {
    const encoder = await open()
    const long = `${'red cat, '.repeat(40)}dog`
    const [short, whole, dog] = expectOk(await encoder.embed(['red cat', long, 'dog']), 'embed')
    expect(short?.clauses).toEqual([])
    const clauses = whole?.clauses ?? []
    expect(clauses.length).toBeGreaterThan(1)
    // Of so many clauses the last one may be left out, but not of these two.
    const [, two] = expectOk(await encoder.embed(['cat', `${'red '.repeat(100)}. dog`]), 'embed')
    expect(Math.max(...(two?.clauses ?? []).map((clause) => dot(clause, dog!.vector)))).toBeCloseTo(1, 4)
    for (const clause of clauses) expect(dot(clause, clause)).toBeCloseTo(1, 4)
    await encoder.dispose()
  })

  test('stops when told, and fails after it was disposed', async () => {
    const encoder = await open()
    expect(await encoder.embed(['cat'], AbortSignal.abort())).toMatchObject({ error: { code: 'cancelled' } })
    await encoder.dispose()
    expect(await encoder.embed(['cat'])).toMatchObject({ error: { code: 'model-failed' } })
  })
})

describe('the cache', () => {
  test('asks the encoder for each unknown text once, per model', async () => {
    const encoder = await open()
    const asked: string[][] = []
    const embed: TextEncoder_['embed'] = (texts, signal) => {
      asked.push([...texts])
      return encoder.embed(texts, signal)
    }
    const cache = createVectorCache(10)
    await embedCached(cache, 'one', ['cat', 'dog', 'cat'], embed)
    const again = expectOk(await embedCached(cache, 'one', ['dog', 'sky', 'cat'], embed), 'again')
    await embedCached(cache, 'two', ['cat'], embed)
    await embedCached(cache, 'one', ['cat'], embed)
    expect(asked).toEqual([['cat', 'dog'], ['sky'], ['cat']])
    expect(again.map(({ vector }) => vector)).toEqual(
      expectOk(await encoder.embed(['dog', 'sky', 'cat']), 'embed').map(({ vector }) => vector),
    )
    await encoder.dispose()
  })

  test('is bounded and forgets what was not asked for longest', () => {
    const cache = createVectorCache(2)
    const vector = { vector: new Float32Array(1), known: false, clauses: [] }
    cache.set('m', 'a', vector)
    cache.set('m', 'b', vector)
    cache.get('m', 'a')
    cache.set('m', 'c', vector)
    expect(cache.size()).toBe(2)
    expect(['a', 'b', 'c'].map((text) => cache.get('m', text) !== undefined)).toEqual([true, false, true])
  })

  test('an answer may be larger than the cache', async () => {
    const encoder = await open()
    const found = await embedCached(createVectorCache(1), 'm', ['cat', 'dog', 'sky'], encoder.embed)
    expect(expectOk(found, 'embed').every(({ known }) => known)).toBe(true)
    await encoder.dispose()
  })
})
