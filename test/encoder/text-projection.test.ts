import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { expectOk } from '../../src-preload/contract/result.ts'
import { readPorts } from '../../src-main/foundation/read-ports.ts'
import { openOnnxSession } from '../../src-main/foundation/onnx-session.ts'
import { appendTextProjection } from '../../src-main/foundation/text-projection.ts'
import { scratchFolder } from '../indexer/scratch.ts'
import { dimensions, matrix, table, width, writeMatrix, writeTower } from './word-tower.ts'

describe('a projection written behind a text tower', () => {
  test.each([12, 14, 18])('gives what mean and matrix give, up to its length (opset %i)', async (opset) => {
    const folder = scratchFolder()
    const tower = writeTower(folder, opset)
    const file = writeMatrix(folder, [dimensions, width])
    expectOk(await appendTextProjection(tower, file, ['attention_mask'], dimensions, readPorts), 'appended')
    const session = expectOk(await openOnnxSession(tower, { threads: 1 }), 'opens')
    expect(session.outputs.map(({ name }) => name)).toEqual(['token_embeddings', 'text_embeds'])
    const ids = [3, 7, 1, 0, 0]
    const shape = [1, ids.length]
    const inputs = {
      input_ids: { data: BigInt64Array.from(ids, BigInt), shape },
      attention_mask: { data: BigInt64Array.of(1n, 1n, 1n, 0n, 0n), shape },
    }
    const found = expectOk(await session.run(inputs, 'text_embeds', [1, dimensions]), 'runs')
    await session.dispose()
    const at = (values: Float32Array, i: number): number => values[i] ?? NaN
    const mean = Array.from({ length: width }, (_, i) =>
      [3, 7, 1].reduce((sum, id) => sum + at(table, id * width + i) / 3, 0),
    )
    const wanted = Array.from({ length: dimensions }, (_, row) =>
      mean.reduce((sum, value, i) => sum + value * at(matrix, row * width + i), 0),
    )
    const cosine =
      wanted.reduce((sum, value, i) => sum + value * at(found, i), 0) /
      (Math.hypot(...wanted) * Math.hypot(...found))
    expect(cosine).toBeCloseTo(1, 6)
  })

  test('is refused where the matrix does not fit, or is none', async () => {
    const folder = scratchFolder()
    const tower = writeTower(folder, 14)
    const before = readFileSync(tower)
    const append = async (file: string): Promise<boolean> =>
      (await appendTextProjection(tower, file, ['attention_mask'], dimensions, readPorts)).ok
    expect(await append(writeMatrix(folder, [width, dimensions]))).toBe(false)
    const nothing = join(folder, 'nothing')
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.alloc(100, 255),
      Buffer.from('\x02\0\0\0\0\0\0\0{}'),
      Buffer.from('\x02\0\0\0\0\0\0\0[['),
    ]) {
      writeFileSync(nothing, bytes)
      expect(await append(nothing)).toBe(false)
    }
    expect(readFileSync(tower).equals(before)).toBe(true)
  })
})
