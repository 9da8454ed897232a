import { createAskWords } from './asked-words.ts'
import type { AskedWords } from './asked-words.ts'
import type { Database } from './database.ts'
import { createNameSearch } from './name-search.ts'
import { createSaidSearch } from './said-search.ts'
import type { TextHit, TextScope } from './text-hits.ts'
import { createTitleSearch } from './title-search.ts'
import type { WordBook } from './word-book.ts'

/** Search by words. Every source answers the best first, each stretch of a film once. */
export type TextSearch = {
  /** Makes the names of these videos findable; called after a location came or went. */
  readonly refreshNames: (videoIds: readonly string[]) => void
  /** Names that are missing: after derived.db was made anew, or a crash between a location and its name. */
  readonly refreshMissing: () => void
  /** A term of a query, read; `exact`: what stands in quotation marks. */
  readonly ask: (text: string, exact: boolean) => AskedWords
  /** Lines of subtitles. */
  readonly said: (asked: AskedWords, scope: TextScope) => readonly TextHit[]
  /** Names of files and folders: about whole films. */
  readonly named: (asked: AskedWords, scope: TextScope) => readonly TextHit[]
  readonly tagged: (asked: AskedWords, scope: TextScope) => readonly TextHit[]
  /** Titles of chapters. */
  readonly chapters: (asked: AskedWords, scope: TextScope) => readonly TextHit[]
}

/** Puts the sources of words together. */
export const createTextSearch = (database: Database, book: WordBook): TextSearch => {
  const names = createNameSearch(database, book)
  const titles = createTitleSearch(database)
  return {
    refreshNames: names.refresh,
    refreshMissing: names.refreshMissing,
    ask: createAskWords(book),
    said: createSaidSearch(database),
    named: names.find,
    tagged: titles.tags,
    chapters: titles.chapters,
  }
}
