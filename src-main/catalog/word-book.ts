import { formKind, formPrefix } from '../domain/word-forms.ts'
import type { FormKind } from '../domain/word-forms.ts'
import type { Database } from './database.ts'

/** A word that stands in the library for one that is looked for, and in how many lines it does. */
export type KnownForm = { readonly word: string; readonly kind: FormKind; readonly lines: number }

/** In how many lines of the library each word stands: by this rare words are told from frequent ones, and forms are found. */
export type WordBook = {
  /** Adds the folded words of new lines; runs inside the caller's transaction, as `remove` does. */
  readonly add: (lines: readonly (readonly string[])[]) => void
  readonly remove: (lines: readonly (readonly string[])[]) => void
  /** All lines there are. */
  readonly lines: () => number
  readonly linesWith: (word: string) => number
  /** The word itself and its forms (`domain/word-forms.ts`) that are there, the most frequent first. */
  readonly formsOf: (word: string) => readonly KnownForm[]
}

/** More forms of one word than these are chance. */
const mostForms = 40
/** Words that begin alike: all of them but for the shortest prefixes in the largest libraries. */
const mostCandidates = 5_000
/** Behind every other sign in the order of bytes. */
const last = '\u{10ffff}'

const reversed = (word: string): string => Array.from(word).reverse().join('')

/** Table `word` in derived.db. */
export const createWordBook = (database: Database): WordBook => {
  const add = database.prepare(
    `INSERT INTO derived.word (word, backwards, lines) VALUES (?, ?, ?)
     ON CONFLICT (word) DO UPDATE SET lines = lines + excluded.lines`,
  )
  const take = database.prepare('UPDATE derived.word SET lines = lines - ? WHERE word = ?')
  const forget = database.prepare('DELETE FROM derived.word WHERE word = ? AND lines <= 0')
  const count = database.prepare<[string], { lines: number }>('SELECT lines FROM derived.word WHERE word = ?')
  const beginning = database.prepare<[string, string, number], { word: string; lines: number }>(
    'SELECT word, lines FROM derived.word WHERE word >= ? AND word < ? LIMIT ?',
  )
  const ending = database.prepare<[string, string, number], { word: string; lines: number }>(
    'SELECT word, lines FROM derived.word WHERE backwards >= ? AND backwards < ? LIMIT ?',
  )
  const countsOf = (lines: readonly (readonly string[])[]): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>([['', lines.length]])
    for (const words of lines)
      for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1)
    return counts
  }
  const linesWith = (word: string): number => count.get(word)?.lines ?? 0
  return {
    add: (lines) => {
      for (const [word, more] of countsOf(lines)) add.run(word, reversed(word), more)
    },
    remove: (lines) => {
      for (const [word, less] of countsOf(lines)) {
        take.run(less, word)
        if (word !== '') forget.run(word)
      }
    },
    lines: () => linesWith(''),
    linesWith,
    formsOf: (word) => {
      const [prefix, tail] = [formPrefix(word), reversed(word)]
      const found = new Map<string, KnownForm>()
      const near = [
        { word, lines: linesWith(word) },
        ...beginning.all(prefix, prefix + last, mostCandidates),
        ...ending.all(tail, tail + last, mostCandidates),
      ]
      for (const { word: there, lines } of near) {
        const kind = formKind(word, there)
        if (kind !== null && lines > 0) found.set(there, { word: there, kind, lines })
      }
      return [...found.values()]
        .sort((a, b) => Number(b.kind === 'same') - Number(a.kind === 'same') || b.lines - a.lines)
        .slice(0, mostForms)
    },
  }
}
