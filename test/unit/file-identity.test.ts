import { expect, test } from 'vitest'
import { sampledBlocks, videoIdOf } from '../../src-main/domain/file-identity.ts'

const MiB = 1024 * 1024

test('a small file is read whole, an empty one not at all', () => {
  expect(sampledBlocks(0)).toEqual([])
  expect(sampledBlocks(1)).toEqual([{ offset: 0, length: 1 }])
  expect(sampledBlocks(MiB)).toEqual([{ offset: 0, length: MiB }])
})

test.each([MiB + 1, 2 * MiB + 77, 40e9, 2 ** 45 + 3])(
  'a file of %d bytes is sampled at both ends and between',
  (size) => {
    const blocks = sampledBlocks(size)
    expect(blocks).toHaveLength(16)
    expect(blocks[0]).toEqual({ offset: 0, length: 65536 })
    expect(blocks.at(-1)).toEqual({ offset: size - 65536, length: 65536 })
    const gaps = blocks.slice(1).map(({ offset }, n) => offset - (blocks[n]!.offset + blocks[n]!.length))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1)
  },
)

test('a video id is short and begins with a letter', () => {
  expect(videoIdOf('0123456789abcdef'.repeat(4))).toBe('v0123456789abcdef0123')
})
