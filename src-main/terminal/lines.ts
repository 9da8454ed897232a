import type { Moment, SearchAnswer, Video } from '../../src-preload/contract/nouns.ts'

const pad = (value: number): string => String(value).padStart(2, '0')

/** Seconds as people read them: 1:02:03 or 2:03. */
export const clockTime = (seconds: number): string => {
  const whole = Math.floor(seconds)
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`
}

/** Bytes as people read them. */
export const byteSize = (bytes: number): string => {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(1)} ${units[power] ?? ''}`
}

/** `1 video`, `2 videos`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

const sureness = (confidence: number): string =>
  confidence >= 0.8 ? 'sure' : confidence >= 0.5 ? 'likely' : confidence >= 0.2 ? 'perhaps' : 'hardly'

const reasonLine = (moment: Moment): string =>
  moment.reasons
    .map(({ kind, text }) => {
      switch (kind) {
        case 'looks-like':
          return `looks like “${text}”`
        case 'said':
          return `said: “${text}”`
        case 'named':
          return `named “${text}”`
      }
    })
    .join(', ')

/** A search answer for people, best first. */
export const searchLines = (answer: SearchAnswer): readonly string[] => [
  ...answer.parsed.errors.map(
    ({ message, suggestion }) => `? ${message}${suggestion === null ? '' : ` (did you mean ${suggestion}?)`}`,
  ),
  ...answer.unknown.map(
    (text) => `The current model knows no word of “${text}”: only names and subtitles were searched.`,
  ),
  ...(answer.verdict === 'none' ? ['Nothing in your library matches well.'] : []),
  ...answer.moments.map(
    (moment) =>
      `${clockTime(moment.start)}-${clockTime(moment.end)}  best at ${clockTime(moment.peak)}  ${sureness(moment.confidence)}  ${moment.path}\n    ${reasonLine(moment)}`,
  ),
  ...(answer.coverage < 1 ? [`Looked at ${Math.floor(answer.coverage * 100)} % of the library so far.`] : []),
]

/** One video on one line. */
export const videoLine = (video: Video): string =>
  [
    clockTime(video.duration).padStart(8),
    `${video.width}x${video.height}`.padStart(9),
    video.codec.padEnd(6),
    video.state.padEnd(8),
    video.online ? '' : '(offline) ',
    video.path,
  ].join(' ')
