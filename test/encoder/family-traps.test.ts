import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'
import { expectOk } from '../../src-preload/contract/result.ts'
import { dot } from '../../src-main/domain/embedding.ts'
import { openImageTower } from '../../src-main/foundation/image-tower.ts'
import { openModelFolder } from '../../src-main/foundation/model-folder.ts'
import { openOnnxSession, type OnnxSession } from '../../src-main/foundation/onnx-session.ts'
import { openTextTower } from '../../src-main/foundation/text-tower.ts'
import { openTokenizer } from '../../src-main/foundation/tokenizer.ts'
import { rawLengths } from './family-graphs.ts'
import { installPair, openPair } from './family-models.ts'
import { isMultilingual, pairOf, pairs, plantedPictures, wordsOf } from './family-planted.ts'

/** One run past the tower: the length of the vector as the graph gives it, and which output stands first. */
const runRaw = async (
  path: string,
  output: string,
  dimensions: number,
  inputs: (rows: number) => Parameters<OnnxSession['run']>[0],
): Promise<{ readonly first: string; readonly firstRank: number; readonly length: number }> => {
  const session = expectOk(await openOnnxSession(path, { threads: 1 }), path)
  const declared = session.inputs[0]?.shape[0]
  const rows = typeof declared === 'number' ? declared : 1
  const raw = expectOk(await session.run(inputs(rows), output, [rows, dimensions]), output)
  await session.dispose()
  const [first] = session.outputs
  const length = Math.hypot(...raw.subarray(0, dimensions))
  return { first: first?.name ?? '', firstRank: first?.shape.length ?? 0, length }
}

/** Changes a finished model.json, as a person or an error might. */
const edit = (directory: string, change: (manifest: ModelManifest) => object): void => {
  const file = join(directory, 'model.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as ModelManifest
  writeFileSync(file, JSON.stringify({ ...manifest, ...change(manifest) }))
}

describe.each(pairs)('what could go wrong with $id', (entry) => {
  const words = wordsOf(entry)
  const rgb = plantedPictures(entry).map((picture) => picture.rgb)

  test('has outputs of other lengths than 1, and first one that is not the right one', async () => {
    const folder = expectOk(await openModelFolder(await installPair(entry), { verify: false }), 'folder')
    const { image, text } = folder.manifest
    const pixels = await runRaw(folder.paths.image, image.output, entry.dimensions, (rows) => ({
      [image.input]: {
        data: new Float32Array(rows * 3 * image.width * image.height).fill(0.3),
        shape: [rows, 3, image.height, image.width],
      },
    }))
    expect(pixels).toMatchObject({ first: 'last_hidden_state', firstRank: 3 })
    expect(pixels.length).toBeCloseTo(rawLengths.image, 2)
    const tokenizer = expectOk(await openTokenizer(folder), 'tokenizer')
    const words_ = await runRaw(folder.paths.text, text.output, entry.dimensions, (rows) => {
      const { ids, mask } = tokenizer.rowsOf(Array.from({ length: rows }, () => words[0] ?? ''))
      const shape = [rows, text.contextLength]
      const ones = entry.family === 'siglip' ? mask.fill(1n) : mask
      const masked = text.attentionMask === null ? {} : { [text.attentionMask]: { data: ones, shape } }
      return { [text.input]: { data: ids, shape }, ...masked }
    })
    expect(words_.first).toBe(isMultilingual(entry) ? 'token_embeddings' : 'last_hidden_state')
    expect(words_.firstRank).toBe(3)
    expect(words_.length).toBeCloseTo(rawLengths.text, 1)
  })

  test('is refused with the wrong output', async () => {
    const directory = await installPair(entry)
    for (const part of ['image', 'text'] as const) {
      const { manifest } = expectOk(await openModelFolder(directory, { verify: false }), 'folder')
      const graph = expectOk(
        await openOnnxSession(join(directory, manifest[part].file), { threads: 1 }),
        part,
      )
      const others = graph.outputs.filter(({ name }) => name !== manifest[part].output)
      await graph.dispose()
      expect(others.length).toBeGreaterThan(0)
      for (const { name } of others) {
        edit(directory, (all) => ({ [part]: { ...all[part], output: name } }))
        const folder = expectOk(await openModelFolder(directory, { verify: false }), 'folder')
        const opened = await (part === 'image' ? openImageTower : openTextTower)(folder, { threads: 1 })
        expect(opened).toMatchObject({ ok: false, error: { code: 'model-failed' } })
      }
      edit(directory, (all) => ({ [part]: { ...all[part], output: manifest[part].output } }))
    }
  })

  test('would answer wrong with another padding', async () => {
    const directory = await installPair(entry)
    const [right] = expectOk(await (await openPair(directory)).texts.embed(words), 'right')
    edit(directory, ({ text }) => ({ text: { ...text, padId: 7 } }))
    const [wrong] = expectOk(await (await openPair(directory)).texts.embed(words), 'wrong')
    expect(dot(wrong!.vector, right!.vector)).toBeLessThan(0.9)
  })

  test('would see wrong with the mean and deviation of another family, or with blue for red', async () => {
    const directory = await installPair(entry)
    const right = await openPair(directory)
    const said = expectOk(await right.texts.embed(words), 'words').map((text) => text.vector)
    const ownCosines = async ({ images }: typeof right, pictures: readonly Uint8Array[]): Promise<number> =>
      expectOk(await images.embed(pictures), 'pictures').reduce(
        (sum, vector, i) => sum + dot(vector, said[i]!),
        0,
      ) / pictures.length
    const swapped = rgb.map((picture) => picture.map((_, i) => picture[i - (i % 3) + 2 - (i % 3)]!))
    expect(await ownCosines(right, swapped)).toBeLessThan(0.98)
    const other = pairOf(entry.image.mean[0] === 0.5 ? 'clip-vit-b32' : 'siglip2-b32-256').image
    edit(directory, (manifest) => ({ image: { ...manifest.image, mean: other.mean, std: other.std } }))
    expect(await ownCosines(await openPair(directory), rgb)).toBeLessThan(0.995)
  })
})
