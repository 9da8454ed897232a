import { wordsOf } from '../domain/fold-words.ts'
import { bestWindow, phraseWindows } from '../domain/line-windows.ts'
import type { LineWindow } from '../domain/line-windows.ts'
import { leastShare } from '../domain/word-match.ts'
import type { TextWords } from '../domain/word-match.ts'
import type { AskedWords } from './asked-words.ts'
import type { Database } from './database.ts'
import { askInTurn, candidateTexts } from './text-hits.ts'
import type { TextHit, TextScope } from './text-hits.ts'

type PassageRow = {
  video_id: string
  language: string | null
  subtitle_id: number
  first_cue: number
  last_cue: number
  fit: 'unknown' | 'fits' | 'wrong' | null
}
type Line = { start: number; end: number; text: string }

/** The flag is a guess (of talk that says nothing of the pictures up to one in eight, `bench subtitle-fit`): such lines come behind all others. */
const wrongWeight = 0.25

/**
 * Looks for terms in the lines of subtitles: the lines that answer, together where the words are spread over a few. Lines
 * of a subtitle that seems to be another film's (`subtitle_fit`) come last.
 */
export const createSaidSearch = (
  database: Database,
): ((asked: AskedWords, scope: TextScope) => readonly TextHit[]) => {
  const passages = database.prepare<
    { match: string; only: string | null; space: string; limit: number },
    PassageRow
  >(
    `SELECT passage.video_id, subtitle.language, passage.subtitle_id, passage.first_cue, passage.last_cue, subtitle_fit.fit
     FROM derived.passage_text
     JOIN derived.passage ON passage.id = passage_text.rowid
     JOIN derived.subtitle ON subtitle.id = passage.subtitle_id
     LEFT JOIN derived.subtitle_fit
       ON subtitle_fit.subtitle_id = passage.subtitle_id AND subtitle_fit.model = :space
     WHERE passage_text MATCH :match
       AND (:only IS NULL OR passage.video_id IN (SELECT value FROM json_each(:only)))
       AND subtitle.state <> 'gone'
       AND EXISTS (SELECT 1 FROM location WHERE location.video_id = passage.video_id AND present = 1)
     ORDER BY bm25(passage_text), passage.video_id, passage.id LIMIT :limit`,
  )
  // Others may have been written meanwhile: not every cue between the first and the last is its own.
  const lines = database.prepare<[number, number, number], Line>(
    'SELECT start, end, text FROM derived.cue WHERE id BETWEEN ? AND ? AND +subtitle_id = ? ORDER BY id',
  )
  const windowsIn = (asked: AskedWords, texts: readonly TextWords[]): readonly LineWindow[] => {
    if (asked.phrase !== null) return phraseWindows(texts, asked.phrase)
    const best = bestWindow(texts, asked.wanted, asked.read)
    return best === null || best.share < leastShare ? [] : [best]
  }
  const hitsIn = (asked: AskedWords, row: PassageRow): readonly TextHit[] => {
    const own = lines.all(row.first_cue, row.last_cue, row.subtitle_id)
    const texts = own.map(({ text }) => ({ words: wordsOf(text), language: row.language }))
    return windowsIn(asked, texts).flatMap(({ from, to, share, score }) => {
      const said = own.slice(from, to)
      const [first] = said
      if (first === undefined) return []
      return {
        videoId: row.video_id,
        start: first.start,
        end: Math.max(...said.map(({ end }) => end)),
        text: said.map(({ text }) => text.replaceAll('\n', ' ')).join(' '),
        share,
        score: row.fit === 'wrong' ? score * wrongWeight : score,
      }
    })
  }
  return (asked, { only, space, limit }) =>
    askInTurn(asked, limit, (match) =>
      passages
        .all({
          match,
          only: only === null ? null : JSON.stringify(only),
          space,
          limit: Math.max(limit, candidateTexts),
        })
        .flatMap((row) => hitsIn(asked, row)),
    )
}
