import { wordsOf } from '../domain/fold-words.ts'
import type { TextWords } from '../domain/word-match.ts'
import { formKind, formQuality } from '../domain/word-forms.ts'
import { isFunctionWord } from '../domain/function-words.ts'
import { scoreShortText } from './asked-words.ts'
import type { AskedWords, TextScore } from './asked-words.ts'
import type { Database } from './database.ts'
import { askInTurn, candidateTexts, distinctHits } from './text-hits.ts'
import type { TextHit, TextScope } from './text-hits.ts'

export type TitleSearch = {
  readonly chapters: (asked: AskedWords, scope: TextScope) => readonly TextHit[]
  /** Also tags of which every word stands in the description: `family` answers "family at the beach". */
  readonly tags: (asked: AskedWords, scope: TextScope) => readonly TextHit[]
}

const asText = (title: string): TextWords => ({ words: wordsOf(title), language: null })

/** A tag is what a person called it: a whole one within a longer description says less than one that is all of it. */
const partOfQuery = 0.5

const isInside = (tag: TextWords, { wanted }: AskedWords): boolean => {
  const words = tag.words.filter((word) => !isFunctionWord(word))
  return (
    words.length > 0 &&
    words.every((word) =>
      wanted.words.some(({ signs }) => {
        const kind = formKind(signs[0] ?? '', word)
        return kind !== null && formQuality(kind, signs[0] ?? '', null) > partOfQuery
      }),
    )
  )
}

const scoreTag = (asked: AskedWords, tag: TextWords): TextScore | null =>
  scoreShortText(asked, tag) ??
  (asked.phrase === null && isInside(tag, asked) ? { share: partOfQuery, score: partOfQuery / 2 } : null)

/** Looks for terms in the titles of chapters and in the tags that people gave. */
export const createTitleSearch = (database: Database): TitleSearch => {
  const chapters = database.prepare<
    { match: string; only: string | null; limit: number },
    { videoId: string; start: number; end: number; text: string }
  >(
    `SELECT chapter.video_id AS videoId, chapter.start, chapter.end, chapter.title AS text
     FROM derived.chapter_text JOIN derived.chapter ON chapter.id = chapter_text.rowid
     WHERE chapter_text MATCH :match
       AND (:only IS NULL OR chapter.video_id IN (SELECT value FROM json_each(:only)))
       AND EXISTS (SELECT 1 FROM location WHERE location.video_id = chapter.video_id AND present = 1)
     ORDER BY bm25(chapter_text), chapter.video_id, chapter.start LIMIT :limit`,
  )
  const tags = database.prepare<[], { id: number; name: string }>('SELECT id, name FROM tag')
  const tagged = database.prepare<
    { tag: number; only: string | null; limit: number },
    { videoId: string; start: number | null; end: number | null }
  >(
    `SELECT tagged.video_id AS videoId, tagged.start, tagged.end FROM tagged
     WHERE tagged.tag_id = :tag
       AND (:only IS NULL OR tagged.video_id IN (SELECT value FROM json_each(:only)))
       AND EXISTS (SELECT 1 FROM location WHERE location.video_id = tagged.video_id AND present = 1)
     ORDER BY tagged.video_id, tagged.start LIMIT :limit`,
  )
  const listed = (only: readonly string[] | null): string | null =>
    only === null ? null : JSON.stringify(only)
  return {
    chapters: (asked, { only, limit }) =>
      askInTurn(asked, limit, (match) =>
        chapters
          .all({ match, only: listed(only), limit: Math.max(limit, candidateTexts) })
          .flatMap((chapter) => {
            const score = scoreShortText(asked, asText(chapter.text))
            return score === null ? [] : [{ ...chapter, ...score }]
          }),
      ),
    tags: (asked, { only, limit }) => {
      if (asked.phrase === null ? asked.wanted.words.length === 0 : asked.phrase.length === 0) return []
      const hits = tags.all().flatMap(({ id, name }) => {
        const score = scoreTag(asked, asText(name))
        if (score === null) return []
        return tagged
          .all({ tag: id, only: listed(only), limit })
          .map((place) => ({ ...place, text: name, ...score }))
      })
      return distinctHits(hits, limit)
    },
  }
}
