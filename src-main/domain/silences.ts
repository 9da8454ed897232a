import type { FilmTrack } from './film-tracks.ts'
import { loudnessOf } from './sound-meter.ts'

/** [start, end) in seconds from the track's beginning. */
export type Silence = { readonly start: number; readonly end: number }

/** Seconds: shorter rests are the breath between two words, longer ones a place to cut. */
const shortest = 0.5
/** A cell tells of the 400 ms that end with it: it is quiet only when the 300 ms before it are quiet too. */
const lookBack = 0.3
/** EBU Tech 3342: what lies 20 LU below the programme is its background, not its foreground. */
const belowProgramme = 20
/** LUFS. Quieter than -60 is below any room's own noise; louder than -40 somebody may still whisper. */
const [lowest, highest] = [-60, -40]

/** The level under which a film is silent: 20 LU below its own loudness (the mean of all that is above -70 LUFS). */
export const silenceLevel = (loudness: FilmTrack): number => {
  let [sum, count] = [0, 0]
  for (const value of loudness.values) {
    if (value === 0) continue
    sum += 10 ** (loudnessOf(value) / 10)
    count += 1
  }
  if (count === 0) return lowest
  return Math.min(highest, Math.max(lowest, 10 * Math.log10(sum / count) - belowProgramme))
}

/** Where the track `loudness` stays below `level` LUFS for half a second or longer, in order. */
export const silences = (loudness: FilmTrack, level: number = silenceLevel(loudness)): readonly Silence[] => {
  const { rate, values } = loudness
  const found: Silence[] = []
  let since: number | null = null
  for (let cell = 0; cell <= values.length; cell++) {
    const value = values[cell]
    const isQuiet = value !== undefined && (value === 0 || loudnessOf(value) < level)
    if (isQuiet) {
      since ??= cell
    } else if (since !== null) {
      const silence = { start: Math.max(0, since / rate - lookBack), end: cell / rate }
      if (silence.end - silence.start > shortest - 1e-9) found.push(silence)
      since = null
    }
  }
  return found
}
