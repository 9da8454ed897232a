import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'
import { expectOk } from '../../src-preload/contract/result.ts'
import { openModelFolder } from '../../src-main/foundation/model-folder.ts'
import { openTokenizer, type TextTokenizer } from '../../src-main/foundation/tokenizer.ts'
import { sharedFolder } from '../shared-folder.ts'
import { writeTinyModel } from './tiny-model.ts'

const open = async (directory: string): Promise<TextTokenizer> =>
  expectOk(
    await openTokenizer(expectOk(await openModelFolder(directory, { verify: false }), directory)),
    'tokenizer',
  )

describe('the tokenizer of a small WordPiece model', () => {
  test('lower-cases when the manifest says so, and only then', async () => {
    expect((await open(await writeTinyModel())).idsOf('A red CAT')).toEqual([1, 4, 9, 7, 2])
    const edit = (m: ModelManifest): unknown => ({ ...m, text: { ...m.text, lowercase: false } })
    expect((await open(await writeTinyModel({ edit }))).idsOf('A red CAT')).toEqual([1, 0, 9, 0, 2])
  })

  test('cuts to the context and keeps the end token', async () => {
    const tokenizer = await open(await writeTinyModel())
    expect(tokenizer.idsOf('cat dog cat dog cat dog')).toEqual([1, 7, 8, 7, 8, 7, 8, 2])
    expect(tokenizer.idsOf('cat dog cat dog cat dog cat red sky')).toEqual([1, 7, 8, 7, 8, 7, 8, 2])
  })

  test('pads each row with padId to exactly the context, with a mask beside it', async () => {
    const { rows, ids, mask } = (await open(await writeTinyModel())).rowsOf(['cat', 'red dog'])
    expect(rows).toBe(2)
    expect([...ids].map(Number)).toEqual([1, 7, 2, 3, 3, 3, 3, 3, 1, 9, 8, 2, 3, 3, 3, 3])
    expect([...mask].map(Number)).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0])
  })

  test('or, where that is asked for, no further than the longest text needs, in steps of 8', async () => {
    const tokenizer = await open(await writeTinyModel({ context: 30 }))
    expect(tokenizer.rowsOf(['cat', 'red dog'], true)).toMatchObject({ rows: 2, length: 8 })
    const { length, ids, mask } = tokenizer.rowsOf(['cat', 'cat dog cat dog cat dog cat'], true)
    expect(length).toBe(16)
    expect([...ids.subarray(0, 4)].map(Number)).toEqual([1, 7, 2, 3])
    expect(mask.reduce((sum, one) => sum + one, 0n)).toBe(3n + 9n)
    expect(tokenizer.rowsOf(['cat '.repeat(40)], true).length).toBe(30)
  })
})

const shared = sharedFolder()

describe.skipIf(shared === null)("CLIP's own tokenizer", () => {
  // Known ids: openai/clip and open_clip give the same for these
  test.each([
    ['a photo of a cat', [49406, 320, 1125, 539, 320, 2368, 49407]],
    ['A PHOTO of a   Cat', [49406, 320, 1125, 539, 320, 2368, 49407]],
    ['a diagram', [49406, 320, 22697, 49407]],
    ['hello world!', [49406, 3306, 1002, 256, 49407]],
    ['', [49406, 49407]],
  ])('%j', async (text, ids) => {
    expect((await open(join(shared!, 'models', 'concept'))).idsOf(text)).toEqual(ids)
  })

  test('a long text ends with the end token at place 77', async () => {
    const tokenizer = await open(join(shared!, 'models', 'concept'))
    const ids = tokenizer.idsOf('a photo of a cat '.repeat(40))
    expect(ids.length).toBe(77)
    expect(ids.at(-1)).toBe(49407)
    expect(tokenizer.rowsOf(['a cat']).ids.length).toBe(77)
  })
})
