import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compiledKernel } from '../../resources/vector-kernel/compile.ts'
import { createKernel } from '../../src-main/catalog/vector-kernel.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

const random = seededRandom(9)
const whole = (below: number): number => Math.floor(random() * below)

/** A kernel with so much memory; places for data are handed out one after the other. */
const kernelWith = (bytes: number) => {
  const kernel = createKernel()
  kernel.reserve(bytes)
  let next = 0
  const place = (length: number): number => {
    const at = next
    next += Math.ceil(length / 16) * 16
    return at
  }
  return { kernel, memory: kernel.memory(), place }
}

describe('the kernel', () => {
  it('is what its text compiles to', async () => {
    const bytes = readFileSync(
      join(import.meta.dirname, '../../src-main/catalog/vector-kernel-bytes.ts'),
      'utf8',
    )
    expect(bytes).toBe(await compiledKernel())
  })

  it('makes of every float16 from -1 to 1 the nearest int16, and of larger ones the last', () => {
    const { kernel, memory, place } = kernelWith(400_000)
    const [from, to] = [place(131_072), place(131_072)]
    const halves = new Uint16Array(memory, from, 65_536)
    halves.forEach((_, bits) => {
      halves[bits] = bits
    })
    kernel.halves(from, 65_536, to)
    const numbers = new Int16Array(memory, to, 65_536)
    const exact = new Float32Array(new Float16Array(Uint16Array.from(halves).buffer))
    let compared = 0
    exact.forEach((number, bits) => {
      if (!Number.isFinite(number)) return
      const wanted = Math.max(-32_768, Math.min(32_767, number * 32_767))
      expect(Math.abs(numbers[bits]! - wanted), `${number}`).toBeLessThan(0.502)
      compared += 1
    })
    expect(compared).toBe(63_488)
  })

  it('multiplies int16 vectors exactly, the longest there can be too', () => {
    for (const [numbers, count] of [
      [16, 1],
      [512, 64],
      [1152, 7],
    ] as const) {
      const { kernel, memory, place } = kernelWith(1_000_000)
      const [vectors, query, out] = [place(numbers * 2 * count), place(numbers * 2), place(count * 4)]
      const all = new Int16Array(memory, vectors, numbers * count)
      const one = new Int16Array(memory, query, numbers)
      const largest = Math.floor(32_767 / Math.sqrt(numbers))
      all.forEach((_, i) => {
        all[i] = i < numbers ? largest : whole(2 * largest) - largest
      })
      one.fill(largest)
      kernel.exact(vectors, count, numbers * 2, query, out)
      const found = new Float32Array(memory, out, count)
      found.forEach((score, row) => {
        const sum = all
          .subarray(row * numbers, (row + 1) * numbers)
          .reduce((total, part, i) => total + part * one[i]!, 0)
        expect(score).toBe(Math.fround(Math.fround(sum) / (32_767 * 32_767)))
      })
      expect(found[0]).toBeGreaterThan(0.98)
    }
  })

  it('adds what signs are worth, with the largest values too', () => {
    for (const [pairs, blocks] of [
      [4, 1],
      [64, 5],
      [256, 2],
    ] as const) {
      const { kernel, memory, place } = kernelWith(400_000)
      const [at, table, out] = [place(blocks * pairs * 16), place(pairs * 32), place(blocks * 32)]
      const signs = new Uint8Array(memory, at, blocks * pairs * 16)
      const adds = new Uint8Array(memory, table, pairs * 32)
      signs.forEach((_, i) => {
        signs[i] = whole(256)
      })
      adds.forEach((_, i) => {
        adds[i] = pairs === 256 ? 63 : whole(64)
      })
      kernel.signs(at, blocks, pairs * 16, table, out)
      new Uint16Array(memory, out, blocks * 16).forEach((found, vector) => {
        let sum = 0
        for (let pair = 0; pair < pairs; pair += 1) {
          const byte = signs[((vector >> 4) * pairs + pair) * 16 + (vector & 15)]!
          sum += adds[pair * 32 + (byte & 15)]! + adds[pair * 32 + 16 + (byte >> 4)]!
        }
        expect(found).toBe(sum)
      })
    }
  })

  it('adds the codes of the vectors in a list, the largest ones too', () => {
    for (const [bytes, listed] of [
      [32, 3],
      [256, 50],
      [768, 16],
    ] as const) {
      const { kernel, memory, place } = kernelWith(800_000)
      const count = 200
      const [list, codes, weights, out] = [
        place(listed * 4),
        place(bytes * count),
        place(bytes * 2),
        place(listed * 4),
      ]
      const rows = new Uint32Array(memory, list, listed)
      const all = new Uint8Array(memory, codes, bytes * count)
      const factors = new Int8Array(memory, weights, bytes * 2)
      rows.forEach((_, i) => {
        rows[i] = i === 0 ? count - 1 : whole(count)
      })
      all.forEach((_, i) => {
        all[i] = bytes === 768 ? 255 : whole(256)
      })
      factors.forEach((_, i) => {
        factors[i] = bytes === 768 ? -127 : whole(255) - 127
      })
      kernel.nibbles(list, listed, codes, bytes, weights, out)
      new Int32Array(memory, out, listed).forEach((found, i) => {
        let sum = 0
        for (let number = 0; number < bytes * 2; number += 1) {
          const byte = all[rows[i]! * bytes + (number >> 5) * 16 + (number & 15)]!
          sum += factors[number]! * ((number & 16) === 0 ? byte & 15 : byte >> 4)
        }
        expect(found).toBe(sum)
      })
    }
  })

  it('finds which sums are worth enough, however many there are', () => {
    for (const count of [1, 3, 4, 5, 64, 67]) {
      const { kernel, memory, place } = kernelWith(65_536)
      const [sumsAt, factorsAt, out] = [place(count * 2 + 8), place(count * 4 + 16), place(count * 4)]
      const sums = new Uint16Array(memory, sumsAt, count + 4)
      const factors = new Float32Array(memory, factorsAt, count + 4)
      sums.forEach((_, i) => {
        sums[i] = whole(65_536)
        factors[i] = i === 2 ? NaN : random()
      })
      for (const least of [-Infinity, 0.4, 3]) {
        const wanted = Array.from({ length: count }, (_, i) => i).filter(
          (i) => factors[i]! * (-0.5 + 2e-5 * sums[i]!) >= least,
        )
        const found = kernel.above(sumsAt, factorsAt, count, 1_000, -0.5, 2e-5, least, out)
        expect([...new Uint32Array(memory, out, found)]).toEqual(wanted.map((i) => i + 1_000))
      }
    }
  })

  it('does nothing for nothing', () => {
    const { kernel, memory } = kernelWith(65_536)
    new Uint8Array(memory).fill(7)
    kernel.halves(0, 0, 1024)
    kernel.exact(0, 0, 32, 512, 1024)
    kernel.signs(0, 0, 64, 512, 1024)
    kernel.nibbles(0, 0, 0, 32, 512, 1024)
    expect(kernel.above(0, 64, 0, 0, 0, 1, 0, 1024)).toBe(0)
    expect(new Uint8Array(memory).every((byte) => byte === 7)).toBe(true)
  })
})
