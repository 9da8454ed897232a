import { halvesToSingles } from '../domain/half-floats.ts'
import type { ChunkStore } from './vector-chunks.ts'

/** One frame's vector and the second at which it is shown. */
export type FrameVector = { readonly videoId: string; readonly time: number; readonly vector: Float32Array }

/** `wanted` different places of `count`, each equally likely (Floyd's algorithm), in rising order. */
const places = (count: number, wanted: number, random: () => number): readonly number[] => {
  if (count <= wanted) return Array.from({ length: count }, (_, i) => i)
  const chosen = new Set<number>()
  for (let top = count - wanted; top < count; top += 1) {
    const place = Math.floor(random() * (top + 1))
    chosen.add(chosen.has(place) ? top : place)
  }
  return [...chosen].sort((a, b) => a - b)
}

/** Frames of a model's films, each equally likely; reads one chunk at a time, and leaves out zero vectors. */
export const sampleFrames = function* (
  chunks: ChunkStore,
  model: string,
  wanted: number,
  random: () => number,
): Generator<FrameVector> {
  const owners = [...chunks.owners(model)]
  const total = owners.reduce((sum, [, { count }]) => sum + count, 0)
  let [chunk, before] = [0, 0]
  for (const place of places(total, wanted, random)) {
    while (place >= before + (owners[chunk]?.[1].count ?? Infinity)) {
      before += owners[chunk]?.[1].count ?? 0
      chunk += 1
    }
    const row = chunks.byId(owners[chunk]?.[0] ?? -1)
    // It may have been replaced since.
    if (row === null) continue
    const at = place - before
    const vector = halvesToSingles(row.halves.subarray(at * row.dimensions, (at + 1) * row.dimensions))
    const time = row.times[at]
    if (time !== undefined && vector.some((part) => part !== 0)) yield { videoId: row.videoId, time, vector }
  }
}
