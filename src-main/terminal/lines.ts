import type { Video } from '../../src-preload/contract/nouns.ts'
import type { Moment, ParseError, SearchAnswer } from '../../src-preload/contract/search-nouns.ts'

const pad = (value: number): string => String(value).padStart(2, '0')

/** Seconds as people read them: 1:02:03 or 2:03. */
export const clockTime = (seconds: number): string => {
  const whole = Math.floor(seconds)
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`
}

/** Seconds to a hundredth, for cuts: 1:02:03.45 or 2:03.45. */
export const exactTime = (seconds: number): string => {
  const hundredths = Math.round(seconds * 100)
  return `${clockTime(hundredths / 100)}.${pad(hundredths % 100)}`
}

/** Bytes as people read them. */
export const byteSize = (bytes: number): string => {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(1)} ${units[power] ?? ''}`
}

/** What happened and what to do about it, as two sentences. */
export const withAdvice = (message: string, advice: string): string => {
  const sentence = /[.!?…]$/.test(message) ? message : `${message}.`
  return advice === '' ? sentence : `${sentence} ${advice}`
}

/** A long text as its beginning. */
export const shortened = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 59)}…`)

/** `1 video`, `2 videos`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

const sureness = (confidence: number): string =>
  confidence >= 0.8 ? 'sure' : confidence >= 0.5 ? 'likely' : confidence >= 0.2 ? 'perhaps' : 'hardly'

const reasonLine = (moment: Moment): string => {
  if (moment.reasons.length === 0) return 'passes the filters'
  return moment.reasons
    .map(({ kind, text }) => {
      switch (kind) {
        case 'looks-like':
          return `looks like “${shortened(text)}”`
        case 'said':
          return `said: “${text}”`
        case 'named':
          return `named “${text}”`
        case 'similar':
          return `like ${text}`
        case 'in-order':
          return `in this order: ${shortened(text)}`
        case 'tagged':
          return `tagged “${text}”`
        case 'chapter':
          return `chapter “${text}”`
      }
    })
    .join(', ')
}

/** What is wrong with a query, and what was perhaps meant. */
export const errorLine = ({ message, suggestion }: ParseError): string =>
  `? ${message}${suggestion === null ? '' : ` (did you mean ${suggestion}?)`}`

/** Of an answer that fits nothing, so many are shown all the same. */
const nearestShown = 3

const noneLines = ({ verdict, parsed, moments }: SearchAnswer): readonly string[] => {
  if (verdict !== 'none') return []
  if (!parsed.terms.some(({ negative }) => !negative) && parsed.filters.length === 0) {
    return ['Say what to look for: words for what is seen, a name, or “words that were said”.']
  }
  return [
    'Nothing in your library matches well.',
    ...(moments.length > 0 ? ['The nearest, though hardly alike:'] : []),
  ]
}

/** A search answer for people, best first. */
export const searchLines = (answer: SearchAnswer): readonly string[] => [
  ...answer.parsed.errors.map(errorLine),
  ...answer.unknown.map(
    (text) =>
      `The current model knows no word of “${shortened(text)}”: only names and subtitles were searched.`,
  ),
  ...noneLines(answer),
  ...(answer.verdict === 'none' ? answer.moments.slice(0, nearestShown) : answer.moments).map(
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
