import type { NearRows } from './near-rows.ts'
import type { SegmentPart } from './segment-part.ts'

/** What is asked of a graph for each vector that is wanted, and in any case: 256 cost no more than ten. */
const overFetch = { each: 4, least: 256 }

/**
 * The living vectors nearest a picture by the graphs of these segments; null where one has none yet. Pictures only: of
 * the ten photographs nearest another a graph finds all but one in a hundred at once, of those nearest a text hardly more
 * than half, because texts lie apart from all pictures (`bench vectors`).
 */
export const graphRows = (
  parts: readonly SegmentPart[],
  query: Float32Array,
  wanted: number,
): readonly NearRows[] | null => {
  const near: NearRows[] = []
  for (const part of parts) {
    const living = part.living()
    if (living === 0) continue
    const graph = part.graph()
    if (graph === null) return null
    const asked = Math.max(overFetch.least, overFetch.each * wanted)
    // Dead ones are among what it answers, as many as among all.
    const { rows, scores } = graph.near(query, Math.ceil((asked * part.segment.size) / living))
    const alive = [...rows.keys()].filter((at) => part.filmOf(part.chunkAt(rows[at] ?? 0)) >= 0)
    // In order, as whoever asks for rows is used to.
    alive.sort((a, b) => (rows[a] ?? 0) - (rows[b] ?? 0))
    near.push({
      part,
      rows: Uint32Array.from(alive, (at) => rows[at] ?? 0),
      scores: Float32Array.from(alive, (at) => scores[at] ?? 0),
    })
  }
  return near
}
