import type { Cue } from '../../src-preload/contract/video-facts.ts'
import { wordsOf } from '../domain/fold-words.ts'
import { passagesOf } from '../domain/passages.ts'
import type { Passage } from '../domain/passages.ts'
import type { Database } from './database.ts'
import type { WordBook } from './word-book.ts'

/** What a subtitle says: its lines, the passages by which they are searched, and their words in the book. */
export type SubtitleLines = {
  /** Replaces the lines of a subtitle, a transaction a slice: a film in thirty languages has 45,000 lines. */
  readonly put: (subtitle: SubtitleOf, lines: readonly Cue[]) => Generator<void>
  /** Takes the lines away, a transaction a slice. */
  readonly drop: (subtitleId: number) => Generator<void>
  /** In order of time. */
  readonly of: (subtitleId: number) => readonly Cue[]
}

/** A subtitle as its lines need to know it. */
export type SubtitleOf = {
  readonly id: number
  readonly videoId: string
  readonly source: 'embedded' | 'sidecar'
  readonly language: string | null
}

/** Lines a slice; 113,620 lines took 45 microseconds each (bench words), so some 20 ms. */
const linesASlice = 500

/** Passages in groups of about `linesASlice` lines. */
const slicesOf = function* (passages: readonly Passage[]): Generator<readonly Passage[]> {
  let slice: Passage[] = []
  for (const passage of passages) {
    slice.push(passage)
    if (passage.to - (slice[0]?.from ?? 0) < linesASlice) continue
    yield slice
    slice = []
  }
  if (slice.length > 0) yield slice
}

/** Tables `cue`, `passage` and `subtitle_fit` of derived.db. */
export const createSubtitleLines = (database: Database, book: WordBook): SubtitleLines => {
  const of = database.prepare<[number], Cue>(
    'SELECT start, end, text FROM derived.cue WHERE subtitle_id = ? ORDER BY id',
  )
  const some = database.prepare<[number, number], { id: number; text: string }>(
    'SELECT id, text FROM derived.cue WHERE subtitle_id = ? ORDER BY id LIMIT ?',
  )
  const dropCues = database.prepare('DELETE FROM derived.cue WHERE subtitle_id = ? AND id <= ?')
  const passages = database.prepare<[number, number], { id: number }>(
    'DELETE FROM derived.passage WHERE subtitle_id = ? AND first_cue <= ? RETURNING id',
  )
  const dropText = database.prepare('DELETE FROM derived.passage_text WHERE rowid = ?')
  const dropFit = database.prepare('DELETE FROM derived.subtitle_fit WHERE subtitle_id = ?')
  const addCue = database.prepare(
    `INSERT INTO derived.cue (video_id, start, end, text, language, source, subtitle_id)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const addPassage = database.prepare(
    'INSERT INTO derived.passage (subtitle_id, video_id, first_cue, last_cue) VALUES (?, ?, ?, ?)',
  )
  const addText = database.prepare('INSERT INTO derived.passage_text (rowid, words) VALUES (?, ?)')

  const dropSlice = database.transaction(
    (subtitleId: number, cues: readonly { id: number; text: string }[]) => {
      const last = cues.at(-1)?.id ?? 0
      book.remove(cues.map(({ text }) => wordsOf(text)))
      for (const { id } of passages.all(subtitleId, last)) dropText.run(id)
      dropCues.run(subtitleId, last)
      dropFit.run(subtitleId)
    },
  )
  const drop = function* (subtitleId: number): Generator<void> {
    for (;;) {
      const cues = some.all(subtitleId, linesASlice)
      if (cues.length === 0) return
      dropSlice(subtitleId, cues)
      yield
    }
  }
  return {
    of: (subtitleId) => of.all(subtitleId),
    drop,
    put: function* ({ id, videoId, source, language }, lines) {
      yield* drop(id)
      const ids: (number | bigint)[] = []
      const words: (readonly string[])[] = []
      const putSlice = database.transaction((slice: readonly Passage[]) => {
        for (const { start, end, text } of lines.slice(ids.length, slice.at(-1)?.to ?? 0)) {
          ids.push(addCue.run(videoId, start, end, text, language, source, id).lastInsertRowid)
          words.push(wordsOf(text))
        }
        book.add(words.slice(slice[0]?.from ?? 0))
        for (const { lead, from, to } of slice) {
          const { lastInsertRowid } = addPassage.run(id, videoId, ids[lead], ids[Math.max(from, to - 1)])
          addText.run(lastInsertRowid, words.slice(lead, to).flat().join(' '))
        }
      })
      for (const slice of slicesOf(passagesOf(lines))) {
        putSlice(slice)
        yield
      }
    },
  }
}
