import type { ChunkOwner } from './vector-chunks.ts'

/** Which films a search looks at, by their number; null: all. */
export type Permit = Uint8Array | null

/** Films have numbers, so that a filter costs a look into an array for each chunk. */
export type FilmNumbers = {
  /** The film's number, a new one where it has none. */
  readonly of: (videoId: string) => number
  readonly id: (film: number) => string
  /** How many there are. */
  readonly count: () => number
  /** Marks the films that are in `only`; null where that is all of them. */
  readonly permit: (only: ReadonlySet<string> | null) => Permit
}

/** Numbers for the films of these chunks, and of any that come later. */
export const createFilmNumbers = (owners: Iterable<ChunkOwner>): FilmNumbers => {
  const ids: string[] = []
  const numbers = new Map<string, number>()
  const of = (videoId: string): number => {
    const known = numbers.get(videoId)
    if (known !== undefined) return known
    numbers.set(videoId, ids.length)
    return ids.push(videoId) - 1
  }
  for (const { videoId } of owners) of(videoId)
  return {
    of,
    id: (film) => ids[film] ?? '',
    count: () => ids.length,
    permit: (only) => {
      if (only === null) return null
      const permit = new Uint8Array(ids.length)
      let permitted = 0
      for (const videoId of only) {
        const film = numbers.get(videoId)
        if (film === undefined) continue
        permit[film] = 1
        permitted += 1
      }
      return permitted === ids.length ? null : permit
    },
  }
}
