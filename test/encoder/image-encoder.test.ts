import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { expectOk } from '../../src-preload/contract/result.ts'
import { dot } from '../../src-main/domain/embedding.ts'
import { encoderFilter } from '../../src-main/domain/encoder-filter.ts'
import { openTextEncoder } from '../../src-main/encoder/text-encoder.ts'
import { openModelFolder, type ModelFolder } from '../../src-main/foundation/model-folder.ts'
import { openImageEncoder } from '../../src-main/indexer/image-encoder.ts'
import { sharedFolder } from '../shared-folder.ts'
import { decoded, filtered } from './pictures.ts'
import { writeTinyModel } from './tiny-model.ts'

const folderOf = async (directory: string): Promise<ModelFolder> =>
  expectOk(await openModelFolder(directory, { verify: true }), directory)
const pictures = (count: number, bytes: number): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, n) =>
    Uint8Array.from({ length: bytes }, (__, i) => (i * (n + 3) * 31) % 251),
  )

describe('the image encoder', () => {
  test('gives unit vectors that do not depend on the batch, and differ', async () => {
    const folder = await folderOf(await writeTinyModel({ size: 64 }))
    const three = expectOk(await openImageEncoder(folder, { threads: 1, batch: 3 }), 'three')
    const one = expectOk(await openImageEncoder(folder, { threads: 2, batch: 1 }), 'one')
    const all = pictures(7, three.pictureBytes)
    const a = expectOk(await three.embed(all), 'three')
    const b = expectOk(await one.embed(all), 'one')
    for (const [i, vector] of a.entries()) {
      expect(dot(vector, vector)).toBeCloseTo(1, 5)
      expect(dot(vector, b[i]!)).toBeCloseTo(1, 5)
      for (const other of a.slice(i + 1)) expect(dot(vector, other)).toBeLessThan(0.999)
    }
    await three.dispose()
    await one.dispose()
  })

  test('two calls at a time do not mix their pictures', async () => {
    const folder = await folderOf(await writeTinyModel({ size: 64 }))
    const encoder = expectOk(await openImageEncoder(folder, { threads: 1, batch: 2 }), 'encoder')
    const all = pictures(6, encoder.pictureBytes)
    const right = expectOk(await encoder.embed(all), 'right')
    const both = await Promise.all([encoder.embed(all.slice(0, 3)), encoder.embed(all.slice(3))])
    expect(both.flatMap((answer) => expectOk(answer, 'half'))).toEqual(right)
    await encoder.dispose()
  })

  test('fills up a fixed batch and drops what it filled in', async () => {
    const free = expectOk(
      await openImageEncoder(await folderOf(await writeTinyModel({ size: 64 })), { threads: 1, batch: 8 }),
      'free',
    )
    const fixed = expectOk(
      await openImageEncoder(await folderOf(await writeTinyModel({ size: 64, fixedBatch: 2 })), {
        threads: 1,
        batch: 8,
      }),
      'fixed',
    )
    expect(fixed.batch).toBe(2)
    const all = pictures(5, free.pictureBytes)
    const a = expectOk(await free.embed(all), 'free')
    const b = expectOk(await fixed.embed(all), 'fixed')
    expect(b.length).toBe(5)
    for (const [i, vector] of a.entries()) expect(dot(vector, b[i]!)).toBeCloseTo(1, 5)
    await free.dispose()
    await fixed.dispose()
  })

  test('refuses a picture of another size, stops when told, fails after it was disposed', async () => {
    const folder = await folderOf(await writeTinyModel({ size: 64 }))
    const encoder = expectOk(await openImageEncoder(folder, { threads: 1, batch: 2 }), 'encoder')
    const good = pictures(1, encoder.pictureBytes)
    expect(await encoder.embed([new Uint8Array(9)])).toMatchObject({ error: { code: 'bad-arguments' } })
    expect(await encoder.embed(good, AbortSignal.abort())).toMatchObject({ error: { code: 'cancelled' } })
    expect(await encoder.embed([])).toEqual({ ok: true, value: [] })
    await encoder.dispose()
    expect(await encoder.embed(good)).toMatchObject({ error: { code: 'model-failed' } })
  })
})

const shared = sharedFolder()

describe.skipIf(shared === null)('the concept model on photographs', () => {
  const photos = (folder: string): readonly string[] =>
    readdirSync(join(shared!, 'photos', folder)).map((name) => `${folder}/${name}`)

  test('finds most named photographs first by their names, and most captioned ones near the top', async () => {
    const folder = await folderOf(join(shared!, 'models', 'concept'))
    const images = expectOk(await openImageEncoder(folder, { threads: 2, batch: 8 }), 'images')
    const texts = expectOk(await openTextEncoder(folder, { threads: 2 }), 'texts')
    const files = [...photos('named'), ...photos('coco')]
    const rgb = files.map((name) => {
      const source = { file: join(shared!, 'photos', name) }
      return filtered(source, encoderFilter(folder.manifest.image, decoded(source)))
    })
    const vectors = expectOk(await images.embed(rgb), 'photos')
    const rankOf = async (text: string, file: string): Promise<number> => {
      const query = expectOk(await texts.embed([text]), text)[0]!.vector
      const own = dot(query, vectors[files.indexOf(file)]!)
      return vectors.filter((vector) => dot(query, vector) > own).length + 1
    }

    const named = await Promise.all(
      photos('named').map((file) => rankOf(file.replace(/^named\/|\.\w+$/g, '').replaceAll('_', ' '), file)),
    )
    expect(named.filter((rank) => rank === 1).length).toBeGreaterThan(named.length / 2)

    const captions = JSON.parse(readFileSync(join(shared!, 'photos', 'captions.json'), 'utf8')) as {
      file: string
      captions: string[]
    }[]
    const ranks = await Promise.all(captions.map(({ file, captions: [first] }) => rankOf(first ?? '', file)))
    expect(ranks.filter((rank) => rank <= 5).length).toBeGreaterThan(ranks.length / 2)
    await images.dispose()
    await texts.dispose()
  })
})
