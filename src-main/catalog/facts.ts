import type { EmbeddedSubtitle, FileChapter, VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { wordsOf } from '../domain/fold-words.ts'
import type { Database } from './database.ts'
import type { Subtitles } from './subtitles.ts'
import type { WordBook } from './word-book.ts'

/** What stage `probed` left: facts, chapters and subtitles. Writers run inside the caller's transaction. */
export type FactStore = {
  readonly get: (videoId: string) => VideoFacts | null
  /** `subtitles` null: they were put before, in slices. */
  readonly put: (
    videoId: string,
    version: number,
    facts: VideoFacts,
    subtitles: readonly EmbeddedSubtitle[] | null,
  ) => void
}

/** The facts of videos and what is searched of them, in derived.db. */
export const createFactStore = (database: Database, subtitles: Subtitles, book: WordBook): FactStore => {
  const get = database.prepare<[string], { facts: string }>(
    'SELECT facts FROM derived.facts WHERE video_id = ?',
  )
  const put = database.prepare(
    `INSERT INTO derived.facts (video_id, version, duration, recorded_at, facts) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (video_id) DO UPDATE SET version = excluded.version, duration = excluded.duration,
       recorded_at = excluded.recorded_at, facts = excluded.facts`,
  )
  const chapters = database.prepare<[string], { id: number; title: string }>(
    'SELECT id, title FROM derived.chapter WHERE video_id = ?',
  )
  const dropChapter = database.prepare('DELETE FROM derived.chapter WHERE id = ?')
  const dropText = database.prepare('DELETE FROM derived.chapter_text WHERE rowid = ?')
  const addChapter = database.prepare(
    'INSERT INTO derived.chapter (video_id, start, end, title) VALUES (?, ?, ?, ?)',
  )
  const addText = database.prepare('INSERT INTO derived.chapter_text (rowid, words) VALUES (?, ?)')

  const putChapters = (videoId: string, titled: readonly FileChapter[]): void => {
    const old = chapters.all(videoId)
    book.remove(old.map(({ title }) => wordsOf(title)))
    for (const { id } of old) {
      dropChapter.run(id)
      dropText.run(id)
    }
    book.add(titled.map(({ title }) => wordsOf(title)))
    for (const { start, end, title } of titled) {
      const { lastInsertRowid } = addChapter.run(videoId, start, end, title)
      addText.run(lastInsertRowid, wordsOf(title).join(' '))
    }
  }
  return {
    get: (videoId) => {
      const row = get.get(videoId)
      return row === undefined ? null : (JSON.parse(row.facts) as VideoFacts)
    },
    put: (videoId, version, facts, own) => {
      put.run(videoId, version, facts.duration, facts.recordedAt, JSON.stringify(facts))
      putChapters(
        videoId,
        facts.chapters.filter(({ title }) => title.trim() !== ''),
      )
      if (own !== null) for (const _slice of subtitles.putEmbedded(videoId, own));
      subtitles.filmProbed(videoId)
    },
  }
}
