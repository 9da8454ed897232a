import type { FilmTrack } from './film-tracks.ts'

/** The tracks of one part of a film, [from, to) in seconds. */
export type TrackPart = { readonly from: number; readonly to: number; readonly tracks: readonly FilmTrack[] }

/** Cells up to a time: whole ones of the border between two parts, and one more for what the film's end leaves over. */
const cellsUpTo = (time: number, rate: number): number => Math.ceil(time * rate - 1e-6)

/**
 * The parts' tracks one after the other: the whole film's. Each is cut or, with its last value, padded to its own
 * [from, to), so that a part one cell too long or short (sound ends before the picture) does not move those behind. A part
 * that lacks a track, or has it with another rate or size than the first that has it, leaves zeros. `parts` rising and
 * without gaps, the first at 0.
 */
export const joinTracks = (parts: readonly TrackPart[]): readonly FilmTrack[] => {
  const kinds = new Map<FilmTrack['kind'], FilmTrack>()
  for (const { tracks } of parts)
    for (const track of tracks) if (!kinds.has(track.kind)) kinds.set(track.kind, track)
  return [...kinds.values()].map(({ kind, rate, size }) => {
    const end = parts.reduce((latest, { to }) => Math.max(latest, cellsUpTo(to, rate)), 0)
    const values = new Uint8Array(end * size)
    for (const { from, to, tracks } of parts) {
      const own = tracks.find((track) => track.kind === kind && track.rate === rate && track.size === size)
      if (own !== undefined) place(own.values, size, values, cellsUpTo(from, rate), cellsUpTo(to, rate))
    }
    return { kind, rate, size, values }
  })
}

const place = (own: Uint8Array, size: number, into: Uint8Array, first: number, after: number): void => {
  const count = Math.min(after - first, Math.floor(own.length / size))
  if (count <= 0) return
  into.set(own.subarray(0, count * size), first * size)
  const last = own.subarray((count - 1) * size, count * size)
  for (let cell = first + count; cell < after; cell++) into.set(last, cell * size)
}
