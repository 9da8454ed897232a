import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'
import { expectOk, type Result } from '../../src-preload/contract/result.ts'
import { openImageTower } from '../../src-main/foundation/image-tower.ts'
import { openModelFolder } from '../../src-main/foundation/model-folder.ts'
import { openTextTower } from '../../src-main/foundation/text-tower.ts'
import { writeTinyModel } from './tiny-model.ts'

const failure = (result: Result<unknown>): string => {
  if (result.ok) throw new Error('expected a failure')
  expect(result.error.message).not.toContain('\n')
  return `${result.error.code}: ${result.error.message}`
}
const opened = async (directory: string, verify = true): Promise<string> =>
  failure(await openModelFolder(directory, { verify }))

describe('a model folder', () => {
  test('that is whole opens, with the paths of its files', async () => {
    const directory = await writeTinyModel()
    const folder = expectOk(await openModelFolder(directory, { verify: true }), 'whole')
    expect(folder.manifest.id).toBe('tiny-test')
    expect(folder.paths.text).toBe(join(directory, 'text.onnx'))
  })

  test('that is not there, or has no model.json, is missing', async () => {
    expect(await opened('/nowhere/at/all')).toContain('model-missing: No model.json in /nowhere/at/all')
    const directory = await writeTinyModel()
    await rm(join(directory, 'model.json'))
    expect(await opened(directory)).toContain('model-missing')
  })

  test('lacks a file', async () => {
    const directory = await writeTinyModel()
    await rm(join(directory, 'text.onnx'))
    expect(await opened(directory, false)).toContain('model-missing: No text.onnx')
  })

  test('has a file of another size', async () => {
    const directory = await writeTinyModel()
    await appendFile(join(directory, 'image.onnx'), 'x')
    expect(await opened(directory, false)).toMatch(
      /bad-model: image\.onnx has \d+ bytes, model\.json says \d+/,
    )
  })

  test('has a flipped bit: only verifying sees it', async () => {
    const directory = await writeTinyModel()
    const file = join(directory, 'image.onnx')
    const bytes = await readFile(file)
    bytes[500] = bytes[500]! ^ 1
    await writeFile(file, bytes)
    expect((await openModelFolder(directory, { verify: false })).ok).toBe(true)
    expect(await opened(directory)).toContain('bad-model: image.onnx differs')
  })

  test('verifying can be cancelled', async () => {
    const signal = AbortSignal.abort()
    expect(failure(await openModelFolder(await writeTinyModel(), { verify: true, signal }))).toContain(
      'cancelled',
    )
  })

  test('has a model.json that is not JSON', async () => {
    const directory = await writeTinyModel()
    await writeFile(join(directory, 'model.json'), '{"id": ')
    expect(await opened(directory)).toContain('bad-model: model.json is not JSON')
  })

  test.each<[string, (manifest: ModelManifest) => unknown, string]>([
    ['a wrong type', (m) => ({ ...m, image: { ...m.image, width: '224' } }), 'key image.width: '],
    ['a missing key', ({ licence: _, ...m }) => m, 'key licence: '],
    ['a path for a file', (m) => ({ ...m, text: { ...m.text, file: '../text.onnx' } }), 'key text.file: '],
    ['a newer version', (m) => ({ ...m, manifestVersion: 2 }), 'key manifestVersion: '],
    ['a template without {}', (m) => ({ ...m, promptTemplates: ['a photo'] }), 'key promptTemplates.0: '],
    ['a list', () => [1], 'bad-model: '],
  ])('names the key that is wrong: %s', async (_, edit, message) => {
    expect(await opened(await writeTinyModel({ edit }))).toContain(message)
  })

  test('names a folder as a file', async () => {
    const edit = (m: ModelManifest): unknown => ({ ...m, tokenizer: { ...m.tokenizer, file: '..' } })
    expect(await opened(await writeTinyModel({ edit }))).toContain('bad-model: .. is not a file')
  })
})

describe('a model.json that does not fit its graphs', () => {
  const image =
    (edit: (m: ModelManifest) => Partial<ModelManifest['image']>) =>
    (m: ModelManifest): unknown => ({
      ...m,
      image: { ...m.image, ...edit(m) },
    })
  test.each<[string, (manifest: ModelManifest) => unknown, string]>([
    [
      'output',
      image(() => ({ output: 'nope' })),
      'has no output "nope"; it has: last_hidden_state, image_embeds',
    ],
    ['input', image(() => ({ input: 'nope' })), 'has no input "nope"; it has: pixels'],
    ['rank', image(() => ({ output: 'last_hidden_state' })), 'output "last_hidden_state" is [N, 24, 28, 28]'],
    ['size', image(() => ({ width: 256 })), 'input "pixels" is [N, 3, 224, 224], not [any, 3, 224, 256]'],
  ])('image: wrong %s', async (_, edit, message) => {
    const folder = expectOk(
      await openModelFolder(await writeTinyModel({ edit }), { verify: false }),
      'folder',
    )
    expect(failure(await openImageTower(folder, { threads: 1 }))).toContain(`model-failed: image.onnx`)
    expect(failure(await openImageTower(folder, { threads: 1 }))).toContain(message)
  })

  test('wrong dimensions: a graph that cannot say so fails when it runs', async () => {
    const edit = (m: ModelManifest): unknown => ({ ...m, dimensions: 512 })
    const folder = expectOk(
      await openModelFolder(await writeTinyModel({ edit }), { verify: false }),
      'folder',
    )
    expect(failure(await openImageTower(folder, { threads: 1 }))).toContain('not [any, 512]')
    expect(failure(await openTextTower(folder, { threads: 1 }))).toContain('not [any, 512]')
  })

  test('a fixed batch that model.json does not name', async () => {
    const edit = image(() => ({ fixedBatch: null }))
    const directory = await writeTinyModel({ fixedBatch: 2, edit })
    const folder = expectOk(await openModelFolder(directory, { verify: false }), 'folder')
    expect(failure(await openImageTower(folder, { threads: 1 }))).toContain('set image.fixedBatch to that')
  })

  test('an attention mask that model.json does not name', async () => {
    const edit = (m: ModelManifest): unknown => ({ ...m, text: { ...m.text, attentionMask: null } })
    const folder = expectOk(
      await openModelFolder(await writeTinyModel({ edit }), { verify: false }),
      'folder',
    )
    expect(failure(await openTextTower(folder, { threads: 1 }))).toContain('wants an input "mask"')
  })

  test('a graph that is no graph, and a tokenizer that is none', async () => {
    const directory = await writeTinyModel()
    const folder = expectOk(await openModelFolder(directory, { verify: true }), 'folder')
    await writeFile(join(directory, 'image.onnx'), 'garbage')
    await writeFile(join(directory, 'tokenizer.json'), '{}')
    expect(failure(await openImageTower(folder, { threads: 1 }))).toContain('model-failed: Load model')
    expect(failure(await openTextTower(folder, { threads: 1 }))).toContain(
      'bad-model: tokenizer.json is no tokenizer',
    )
  })
})
