import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Collection } from '../../src-preload/contract/search-nouns.ts'
import { nameKey } from '../domain/name-key.ts'
import type { Database } from './database.ts'

export type Collections = {
  /** By name. */
  readonly list: () => readonly Collection[]
  /** Makes one, or gives the one of that name another query. `now`: seconds since 1970. */
  readonly save: (collection: Collection, now: number) => void
  /** Errors: not-found, already-exists. */
  readonly rename: (name: string, to: string) => Result<null>
  /** Errors: not-found. */
  readonly delete: (name: string) => Result<null>
}

const shown = (name: string): string => name.normalize('NFC').trim().replace(/\s+/g, ' ')

/** Queries that a person kept under a name, in library.db. They hold no answers, so they are always of today. */
export const createCollections = (database: Database): Collections => {
  const list = database.prepare<[], Collection>('SELECT name, query FROM collection ORDER BY name_key')
  const save = database.prepare(
    `INSERT INTO collection (name, name_key, query, saved_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (name_key) DO UPDATE SET name = excluded.name, query = excluded.query, saved_at = excluded.saved_at`,
  )
  const isThere = database.prepare<[string], { id: number }>('SELECT id FROM collection WHERE name_key = ?')
  const rename = database.prepare('UPDATE collection SET name = ?, name_key = ? WHERE name_key = ?')
  const drop = database.prepare('DELETE FROM collection WHERE name_key = ?')
  const unknown = (name: string): Result<never> => fail('not-found', `There is no collection “${name}”.`)
  return {
    list: () => list.all(),
    save: ({ name, query }, now) => void save.run(shown(name), nameKey(name), query.trim(), now),
    rename: (name, to) => {
      if (isThere.get(nameKey(name)) === undefined) return unknown(name)
      const isAnother = nameKey(name) !== nameKey(to)
      if (isAnother && isThere.get(nameKey(to)) !== undefined)
        return fail('already-exists', `There is a collection “${to}” already.`)
      rename.run(shown(to), nameKey(to), nameKey(name))
      return ok(null)
    },
    delete: (name) => (drop.run(nameKey(name)).changes === 0 ? unknown(name) : ok(null)),
  }
}
