import { basename, dirname, relative, sep } from 'node:path'
import { wordsOf } from '../domain/fold-words.ts'
import { scoreShortText } from './asked-words.ts'
import type { AskedWords, TextScore } from './asked-words.ts'
import type { Database } from './database.ts'
import { askInTurn, candidateTexts } from './text-hits.ts'
import type { TextHit, TextScope } from './text-hits.ts'
import type { WordBook } from './word-book.ts'

export type NameSearch = {
  /** Makes the names of these videos findable; called after a location came or went. */
  readonly refresh: (videoIds: readonly string[]) => void
  /** Names that are missing: after derived.db was made anew, or a crash between a location and its name. */
  readonly refreshMissing: () => void
  readonly find: (asked: AskedWords, scope: TextScope) => readonly TextHit[]
}

type Place = { readonly path: string; readonly root: string }

/** A name as its words, and as people wrote it. */
type NamePart = { readonly words: readonly string[]; readonly shown: string }

/** File names as words: `HolidayVideo_2023-06.final.mp4` is found by holiday, video, 2023 and final. */
const partOf = (shown: string): NamePart => ({
  shown,
  words: wordsOf(shown.replaceAll(/([\p{Ll}])([\p{Lu}])/gu, '$1 $2')),
})

/** The file's name, then its folders from the nearest up to the watched one: above that, everything has the same names. */
const partsOf = ({ path, root }: Place): readonly NamePart[] => {
  const folders = relative(dirname(root), dirname(path))
    .split(sep)
    .filter((name) => name !== '' && name !== '..')
  return [basename(path).replace(/(?<=.)\.[^.]+$/, ''), ...folders.toReversed()].map(partOf)
}

/** A folder holds many films: its name says less of each. */
const folderWeight = 0.8

const scoreParts = (
  asked: AskedWords,
  parts: readonly NamePart[],
): (TextScore & { readonly text: string }) | null => {
  const [file, ...folders] = parts
  if (file === undefined) return null
  const own = scoreShortText(asked, { words: file.words, language: null })
  if (own !== null) return { ...own, text: file.shown }
  for (const folder of folders) {
    const score = scoreShortText(asked, { words: folder.words, language: null })
    if (score !== null) return { share: score.share, score: score.score * folderWeight, text: folder.shown }
  }
  if (asked.phrase !== null) return null
  // `beach` in the folder and `dog` in the file.
  const all = scoreShortText(asked, { words: parts.flatMap(({ words }) => words), language: null })
  return all === null ? null : { share: all.share, score: all.score * folderWeight, text: file.shown }
}

/** The names of files and folders of videos, in derived.db. */
export const createNameSearch = (database: Database, book: WordBook): NameSearch => {
  const places = database.prepare<[string], Place>(
    `SELECT location.path, folder.path AS root FROM location JOIN folder ON folder.id = location.folder_id
     WHERE video_id = ? AND present = 1 ORDER BY location.path`,
  )
  const rowOf = database.prepare<[string], { id: number; words: string | null }>(
    `INSERT INTO derived.named (video_id) VALUES (?)
     ON CONFLICT (video_id) DO UPDATE SET video_id = excluded.video_id RETURNING id, words`,
  )
  const keep = database.prepare('UPDATE derived.named SET words = ? WHERE id = ?')
  const dropName = database.prepare('DELETE FROM derived.video_name WHERE rowid = ?')
  const addName = database.prepare('INSERT INTO derived.video_name (rowid, words) VALUES (?, ?)')
  const nameless = database.prepare<[], { video_id: string }>(
    `SELECT DISTINCT video_id FROM location
     WHERE present = 1 AND video_id IS NOT NULL AND video_id NOT IN
       (SELECT video_id FROM derived.named WHERE words IS NOT NULL)`,
  )
  const named = database.prepare<{ match: string; only: string | null; limit: number }, { video_id: string }>(
    `SELECT named.video_id FROM derived.video_name JOIN derived.named ON named.id = video_name.rowid
     WHERE video_name MATCH :match
       AND (:only IS NULL OR named.video_id IN (SELECT value FROM json_each(:only)))
     ORDER BY bm25(video_name), named.video_id LIMIT :limit`,
  )
  const refresh = database.transaction((videoIds: readonly string[]) => {
    for (const videoId of videoIds) {
      const row = rowOf.get(videoId)
      if (row === undefined) continue
      const all = places.all(videoId).flatMap((place) => partsOf(place).map(({ words }) => words))
      const words = all.length === 0 ? null : all.map((part) => part.join(' ')).join(' ')
      if (words === row.words) continue
      if (row.words !== null) {
        dropName.run(row.id)
        book.remove([row.words.split(' ')])
      }
      if (words !== null) {
        addName.run(row.id, words)
        book.add([words.split(' ')])
      }
      keep.run(words, row.id)
    }
  })
  const hitOf = (asked: AskedWords, videoId: string): readonly TextHit[] => {
    const scored = places
      .all(videoId)
      .flatMap((place) => scoreParts(asked, partsOf(place)) ?? [])
      .sort((a, b) => b.score - a.score)
    const [best] = scored
    return best === undefined ? [] : [{ videoId, start: null, end: null, ...best }]
  }
  return {
    refresh,
    refreshMissing: () => refresh(nameless.all().map(({ video_id }) => video_id)),
    find: (asked, { only, limit }) =>
      askInTurn(asked, limit, (match) =>
        named
          .all({
            match,
            only: only === null ? null : JSON.stringify(only),
            limit: Math.max(limit, candidateTexts),
          })
          .flatMap(({ video_id: videoId }) => hitOf(asked, videoId)),
      ),
  }
}
