import type { SubtitleLine, SubtitleList, SubtitleTrack } from '../../src-preload/contract/nouns.ts'
import { filmSeconds } from './pictures.ts'

const said = [
  'We are almost there.',
  'Mind the step, it is slippery down by the water.',
  'Look at the waves!',
  'A dog!',
  'Is it yours? No, it has been following us along the whole beach since this morning, and it does not look as if it wanted to go home.',
  'Come here, come on.',
  'He wants to play.',
  'Throw the stick, further, much further.',
  'Did you see that?',
  'Happy birthday to you',
  'Emma, blow out the candles.',
  'One, two, three…',
] as const

const sagt = [
  'Wir sind fast da.',
  'Pass auf, die Stufe ist glatt.',
  'Schau, die Wellen!',
  'Ein Hund!',
  'Ist das eurer? Nein, er läuft uns schon den ganzen Strand lang nach.',
  'Komm her, komm.',
  'Er will spielen.',
  'Wirf den Stock, weiter.',
  'Hast du das gesehen?',
  'Zum Geburtstag viel Glück',
  'Emma, puste die Kerzen aus.',
  'Eins, zwei, drei…',
] as const

/** Lines of a track, one every `step` seconds from `from` on, each spoken for most of that time. */
const linesOf = (
  track: number,
  words: readonly string[],
  count: number,
  step: number,
  from = 0.5,
): readonly SubtitleLine[] =>
  Array.from({ length: count }, (_, i) => ({
    track,
    start: from + i * step,
    end: from + i * step + step * 0.9,
    text: words[i % words.length] ?? '',
  }))

const tracksOf = (lines: readonly SubtitleLine[]): readonly SubtitleTrack[] => {
  const count = (id: number): number => lines.filter(({ track }) => track === id).length
  return [
    { id: 1, source: 'embedded', name: 'subrip', language: 'deu', lines: count(1), fit: 'fits' },
    { id: 2, source: 'sidecar', name: 'Beach day.en.srt', language: 'en', lines: count(2), fit: 'fits' },
    { id: 3, source: 'sidecar', name: 'Beach day.srt', language: null, lines: count(3), fit: 'wrong' },
  ]
}

const listOf = (lines: readonly SubtitleLine[]): SubtitleList => ({
  tracks: tracksOf(lines).filter((track) => track.lines > 0),
  lines: lines.toSorted((a, b) => a.start - b.start),
})

/** Three tracks of the double's film: German within, English beside it, and another film's; two lines are spoken at once. */
export const spokenLines = (): SubtitleList =>
  listOf([
    ...linesOf(1, sagt, 12, filmSeconds / 12),
    ...linesOf(2, said, 12, filmSeconds / 12),
    { track: 2, start: 7.2, end: 9.6, text: '(waves breaking)' },
    ...linesOf(3, ['They have found us.', 'Then we leave tonight.'], 6, filmSeconds / 6),
  ])

/** Only what belongs to another film. */
export const wrongLines = (): SubtitleList =>
  listOf(linesOf(3, ['They have found us.', 'Then we leave tonight.'], 10, filmSeconds / 10))

/** A film where somebody talks for eleven hours: 20,000 lines. */
export const manyLines = (): SubtitleList => listOf(linesOf(2, said, 20_000, 2))

export const noLines: SubtitleList = { tracks: [], lines: [] }
