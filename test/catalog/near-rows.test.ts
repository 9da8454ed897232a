import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFilmNumbers } from '../../src-main/catalog/film-chunks.ts'
import { isAll, nearRows, rowCount } from '../../src-main/catalog/near-rows.ts'
import { writeSegment } from '../../src-main/catalog/segment-file.ts'
import { createSegmentPart } from '../../src-main/catalog/segment-part.ts'
import type { SegmentPart } from '../../src-main/catalog/segment-part.ts'
import type { ChunkBytes } from '../../src-main/catalog/vector-chunks.ts'
import { loadSteps, runSteps } from '../../src-main/catalog/vector-segment.ts'
import type { VectorSegment } from '../../src-main/catalog/vector-segment.ts'
import { dot, normalise, packHalf } from '../../src-main/domain/embedding.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

const dimensions = 96
const random = seededRandom(21)
const around = (middle: Float32Array, by: number): Float32Array => {
  const vector = middle.map((part) => part + by * (random() - 0.5))
  normalise(vector)
  return vector
}

describe('a segment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kinora-segment-'))
  const file = join(folder, 'm.codes')
  const chunks = Array.from({ length: 90 }, (_, i) => ({ id: 3 * i + 5, count: 1 + ((i * 7) % 64) }))
  const topics = Array.from({ length: 12 }, () => around(new Float32Array(dimensions), 1))
  const vectors = new Map(
    chunks.map(({ id, count }) => [
      id,
      Array.from({ length: count }, () => around(topics[Math.floor(random() * 12)]!, 0.3)),
    ]),
  )
  const owners = new Map(
    chunks.map(({ id, count }, i) => [id, { videoId: `v${Math.floor(i / 3)}`, count }] as const),
  )
  const films = createFilmNumbers(owners.values())
  const total = chunks.reduce((sum, { count }) => sum + count, 0)
  const read = (id: number): ChunkBytes | null => {
    const own = vectors.get(id)
    if (own === undefined) return null
    const bytes = Buffer.concat(own.map((vector) => Buffer.from(packHalf(vector))))
    const times = new Float64Array(own.length)
    return { id, dimensions, count: own.length, times, starts: null, vectors: bytes }
  }
  let sha256 = ''
  let part: SegmentPart
  beforeAll(() => {
    sha256 = writeSegment(file, dimensions, chunks, read)
    const segment = runSteps(loadSteps(file, sha256, dimensions))
    if (segment === null) throw new Error('it was just written')
    part = createSegmentPart({ segment, graph: () => null, after: 0, upTo: 1_000 }, owners, films)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const placed = (row: number): { readonly id: number; readonly place: number } => {
    const chunk = part.chunkAt(row)
    return { id: part.segment.chunkIds[chunk]!, place: row - part.segment.starts[chunk]! }
  }
  const exact = (row: number, query: Float32Array): number => {
    const { id, place } = placed(row)
    return dot(vectors.get(id)![place]!, query)
  }

  it('knows where each vector is, and whose', () => {
    expect(part.segment.size).toBe(total)
    let row = 0
    for (const [i, { id, count }] of chunks.entries())
      for (let place = 0; place < count; place += 1, row += 1) {
        expect(placed(row)).toEqual({ id, place })
        expect(films.id(part.filmOf(part.chunkAt(row)))).toBe(`v${Math.floor(i / 3)}`)
      }
    expect(part.runs(null)).toEqual([{ from: 0, to: total }])
    expect(part.living()).toBe(total)
  })

  it('asks for the permitted films only, in as few runs as can be', () => {
    const permit = films.permit(new Set(['v1', 'v2', 'v9', 'no such film']))
    const ownersOf = part
      .runs(permit)
      .map(({ from, to }) => [from, to].map((row, i) => films.id(part.filmOf(part.chunkAt(row - i)))))
    expect(ownersOf).toEqual([
      ['v1', 'v2'],
      ['v9', 'v9'],
    ])
    expect(part.runs(films.permit(new Set()))).toEqual([])
  })

  it('finds about the cosines, and the best of them by signs first', () => {
    for (const only of [null, new Set(['v3', 'v4', 'v20', 'v29'])]) {
      const asked = [{ part, runs: part.runs(films.permit(only)) }]
      const query = around(topics[4]!, 0.4)
      // What it answers is right until the next call: copies.
      const all = nearRows(asked, query, 10).map((near) => ({
        ...near,
        rows: near.rows.slice(),
        scores: near.scores.slice(),
      }))
      expect(isAll(all, asked)).toBe(true)
      all[0]!.rows.forEach((row, i) => {
        expect(Math.abs(all[0]!.scores[i]! - exact(row, query))).toBeLessThan(0.06)
      })
      const best = [...all[0]!.rows].sort((a, b) => exact(b, query) - exact(a, query)).slice(0, 10)
      const keeping = { least: 0, each: 0, share: 0.3 }
      const [kept] = nearRows(asked, query, 10, keeping)
      expect(isAll([kept!], asked)).toBe(false)
      expect(rowCount([kept!]) / rowCount(all)).toBeCloseTo(0.3, 1)
      expect(best.filter((row) => kept!.rows.includes(row)).length).toBeGreaterThanOrEqual(9)
      // A row has the same cosine whichever way it came.
      kept!.rows.forEach((row, i) => {
        expect(kept!.scores[i]).toBe(all[0]!.scores[all[0]!.rows.indexOf(row)])
      })
      expect(isAll(nearRows(asked, query, Infinity), asked)).toBe(true)
    }
  })

  it('forgets chunks one by one', () => {
    const before = part.living()
    part.forget(chunks[10]!.id)
    part.forget(chunks[10]!.id)
    part.forget(4)
    expect(part.living()).toBe(before - chunks[10]!.count)
    expect(part.runs(null)).toHaveLength(2)
    expect(part.filmOf(10)).toBe(-1)
  })

  it('reads single vectors from the file, and none that is not as it was written', () => {
    const copy = join(folder, 'vectors.codes')
    const bytes = readFileSync(file)
    const segment = (): VectorSegment => {
      writeFileSync(copy, bytes)
      const loaded = runSteps(loadSteps(copy, sha256, dimensions))
      if (loaded === null) throw new Error('its codes are as they were')
      return loaded
    }
    const into = new Uint8Array(dimensions * 2)
    const sound = segment().open()
    for (const row of [0, 64, total - 1]) {
      expect(sound?.read(row, into)).toBe(true)
      const { id, place } = placed(row)
      expect(into).toEqual(packHalf(vectors.get(id)![place]!))
    }
    sound?.close()
    // The last vector's last number, and the sum of the one before.
    bytes[bytes.length - 5] = bytes[bytes.length - 5]! ^ 4
    bytes[bytes.length - 197] = bytes[bytes.length - 197]! ^ 4
    const loaded = segment()
    const damaged = loaded.open()
    expect([1, 2, 3].map((back) => damaged?.read(total - back, into))).toEqual([false, false, true])
    truncateSync(copy, bytes.length - 600)
    expect(damaged?.read(total - 3, into)).toBe(false)
    damaged?.close()
    rmSync(copy)
    expect(loaded.open()).toBeNull()
  })

  it('is not taken when a bit is wrong, when it is cut off, of another length or not there', () => {
    const copy = join(folder, 'copy.codes')
    const load = (length = dimensions) => runSteps(loadSteps(copy, sha256, length))
    expect(load()).toBeNull()
    const bytes = readFileSync(file)
    for (const at of [0, 5, 9, 70, part.segment.chunkIds.length * 8, 20_000]) {
      const damaged = Buffer.from(bytes)
      damaged[at] = damaged[at]! ^ 1
      writeFileSync(copy, damaged)
      expect(load()).toBeNull()
    }
    writeFileSync(copy, bytes)
    expect(load()).not.toBeNull()
    expect(load(128)).toBeNull()
    for (const length of [bytes.length - 1, 1_000, 10, 0]) {
      truncateSync(copy, length)
      expect(load()).toBeNull()
    }
  })
})
