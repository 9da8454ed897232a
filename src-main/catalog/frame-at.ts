import { halvesToSingles } from '../domain/half-floats.ts'
import type { ChunkRow } from './vector-chunks.ts'

/** A stored frame: when it is shown (seconds) and its unit vector. */
export type FrameAt = { readonly time: number; readonly vector: Float32Array }

/** The frame of these chunks of one film that is shown nearest to `seconds`; one that says nothing (all zeros) is none. */
export const frameAt = (chunks: readonly ChunkRow[], seconds: number): FrameAt | null => {
  let nearest: FrameAt | null = null
  for (const { times, halves, dimensions } of chunks)
    for (const [place, time] of times.entries()) {
      if (nearest !== null && Math.abs(time - seconds) >= Math.abs(nearest.time - seconds)) continue
      const own = halves.subarray(place * dimensions, (place + 1) * dimensions)
      if (own.some((bits) => (bits & 0x7fff) !== 0)) nearest = { time, vector: halvesToSingles(own) }
    }
  return nearest
}
