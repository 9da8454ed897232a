import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectOk } from '../../src-preload/contract/result.ts'
import { canaryPictureCount, drawCanaryPicture } from '../../src-main/domain/canary-pictures.ts'
import { canaryTexts } from '../../src-main/domain/canary-texts.ts'
import { dot } from '../../src-main/domain/embedding.ts'
import { openImageTower } from '../../src-main/foundation/image-tower.ts'
import { openModelFolder } from '../../src-main/foundation/model-folder.ts'
import { sharedFolder } from '../shared-folder.ts'

const all = (width: number, height: number): readonly Uint8Array[] =>
  Array.from({ length: canaryPictureCount }, (_, i) => drawCanaryPicture(i, width, height))

describe('the pictures that encoders are compared with', () => {
  it('are the same each time, of the size asked for, and differ widely', () => {
    const pictures = all(48, 40)
    expect(pictures.every((picture) => picture.length === 48 * 40 * 3)).toBe(true)
    expect(all(48, 40)).toEqual(pictures)
    for (const [i, a] of pictures.entries())
      for (const b of pictures.slice(i + 1)) {
        const difference = a.reduce((sum, value, at) => sum + Math.abs(value - b[at]!), 0) / a.length
        expect(difference).toBeGreaterThan(8)
      }
  })

  const shared = sharedFolder()
  const models = [
    resolve(import.meta.dirname, '..', '..', 'resources', 'models', 'palette'),
    ...(shared === null ? [] : [join(shared, 'models', 'concept')]),
  ]
  it.each(models)('say something to %s, and something different each', async (directory) => {
    const folder = expectOk(await openModelFolder(directory, { verify: false }), directory)
    const tower = expectOk(await openImageTower(folder, { threads: 1 }), directory)
    const vectors: Float32Array[] = []
    for (const picture of all(folder.manifest.image.width, folder.manifest.image.height))
      vectors.push(...expectOk(await tower.embedBatch([picture]), 'a picture'))
    await tower.dispose()
    const cosines = vectors.flatMap((a, i) => vectors.slice(i + 1).map((b) => dot(a, b)))
    expect(vectors.every((vector) => vector.some((part) => part !== 0))).toBe(true)
    expect(Math.max(...cosines)).toBeLessThan(0.99)
    expect(cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length).toBeLessThan(0.5)
  })
})

it('there are 64 different texts', () => {
  expect(new Set(canaryTexts).size).toBe(64)
})
