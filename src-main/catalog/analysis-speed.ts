/** How fast one film is analyzed, of late. */
export type AnalysisSpeed = {
  /** A part of `filmSeconds` was done in `seconds` of wall time. */
  readonly add: (filmSeconds: number, seconds: number) => void
  /** Seconds of film per second of wall time for each film in hand; null while nobody can say. */
  readonly perFilm: () => number | null
  readonly forget: () => void
}

const windowSeconds = 30
/** Parts of long films come minutes apart: so many count however old they are. */
const fewest = 4

/**
 * The rate of the parts of the last half minute. Several films are worked on at once, so the rate of all is this one
 * times their number: it follows at once when a pace or the end of the list changes that number. `clock` in seconds.
 */
export const createAnalysisSpeed = (clock: () => number): AnalysisSpeed => {
  let parts: readonly { readonly at: number; readonly film: number; readonly seconds: number }[] = []
  return {
    add: (film, seconds) => {
      const at = clock()
      const all = [...parts, { at, film, seconds }]
      parts = all.filter((part, i) => at - part.at <= windowSeconds || i >= all.length - fewest)
    },
    perFilm: () => {
      const film = parts.reduce((sum, part) => sum + part.film, 0)
      const seconds = parts.reduce((sum, part) => sum + part.seconds, 0)
      return film > 0 && seconds > 0 ? film / seconds : null
    },
    forget: () => {
      parts = []
    },
  }
}
