import type { FilmSource } from './visual-search.ts'
import type { Store } from './store.ts'

/** Mean of a curve's values from `from` to `to` (seconds), `rate` values a second. */
const meanBetween = (values: Uint8Array, rate: number, from: number, to: number): number => {
  const first = Math.max(0, Math.floor(from * rate))
  const last = Math.min(values.length, Math.max(first + 1, Math.ceil(to * rate)))
  let sum = 0
  for (let i = first; i < last; i += 1) sum += values[i] ?? 0
  return last > first ? sum / (last - first) : 0
}

/** A sample stands for so many seconds at most when it is asked how much moves in it. */
const longestLook = 4

/** What a search asks of films beside their vectors, read once each. */
export const createFilmSource = (store: Pick<Store, 'videos' | 'shots'>): FilmSource => {
  const durations = new Map<string, number | null>()
  const learn = (videoIds: readonly string[]): void => {
    const found = store.videos.durations(videoIds)
    for (const videoId of videoIds) durations.set(videoId, found.get(videoId) ?? null)
  }
  return {
    learn,
    duration: (videoId) => {
      if (!durations.has(videoId)) learn([videoId])
      return durations.get(videoId) ?? null
    },
    cuts: store.shots.cuts,
    motion: (videoId, times) => {
      const track = store.shots.tracks(videoId).find(({ kind }) => kind === 'motion')
      if (track === undefined) return null
      return Float32Array.from(times, (time, i) =>
        meanBetween(track.values, track.rate, time, Math.min(times[i + 1] ?? Infinity, time + longestLook)),
      )
    },
  }
}
