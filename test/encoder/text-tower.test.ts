import { expect, test } from 'vitest'
import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'
import { expectOk } from '../../src-preload/contract/result.ts'
import { dot } from '../../src-main/domain/embedding.ts'
import { openModelFolder } from '../../src-main/foundation/model-folder.ts'
import { openTextTower, type TextTower } from '../../src-main/foundation/text-tower.ts'
import { writeTinyModel, type TinyText } from './tiny-model.ts'

// SigLIP's family is never asked: it was trained on its padding.
const edit = (manifest: ModelManifest): ModelManifest => ({ ...manifest, family: 'clip' })
const open = async (text: TinyText): Promise<TextTower> => {
  const folder = expectOk(
    await openModelFolder(await writeTinyModel({ context: 40, text, edit }), { verify: true }),
    'folder',
  )
  return expectOk(await openTextTower(folder, { threads: 1 }), 'tower')
}
const prompts = ['cat', 'red dog', 'a photo of a cat and a dog and a red sky']

test.each<[string, TinyText, boolean]>([
  ['of a fixed length', {}, true],
  ['of any length', { isFree: true }, false],
  ['of any length that reads its padding', { isFree: true, readsPadding: true }, true],
])('a graph %s: prompts keep their vectors, padded or not', async (_what, text, isPadded) => {
  const { readsPadding = false } = text
  const [tower, fixed] = [await open(text), await open({ readsPadding })]
  expect(tower.isPadded()).toBe(isPadded)
  expect(fixed.isPadded()).toBe(true)
  const found = expectOk(await tower.embedBatch(prompts), 'found')
  const right = expectOk(await fixed.embedBatch(prompts), 'right')
  for (const [i, vector] of found.entries()) expect(dot(vector, right[i]!)).toBeCloseTo(1, 5)
  await tower.dispose()
  await fixed.dispose()
})
