import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { matchesFilters } from '../../src-main/domain/filter-match.ts'
import { parseQuery } from '../../src-main/domain/query.ts'
import { createVideoLists } from '../../src-main/catalog/video-lists.ts'
import type { Store } from '../../src-main/catalog/store.ts'
import { filterQuery, madeFilm, putMadeFilms, roots, seenByFilters } from './filter-library.ts'
import type { MadeFilm } from './filter-library.ts'
import { putFilms, someFacts, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

const now = new Date(2024, 4, 15, 12, 30)

const passing = (store: Store, query: string): readonly string[] | null => {
  const ids = store.filters.passing(parseQuery(query).filters, now)
  return ids === null ? null : [...ids].toSorted()
}

/** What the definition says of a made-up library. */
const expected = (
  films: readonly MadeFilm[],
  paths: ReadonlyMap<string, readonly string[]>,
  isOnline: (path: string) => boolean,
  query: string,
): readonly string[] =>
  films
    .flatMap((film, i) => {
      const seen = seenByFilters(film, paths.get(`v${i}`) ?? [], isOnline)
      return seen !== null && matchesFilters(parseQuery(query).filters, seen, now) ? [`v${i}`] : []
    })
    .toSorted()

describe('filters in SQL', () => {
  it('let through what their definition lets through, of any library, also after it has changed', () => {
    fc.assert(
      fc.property(
        fc.array(madeFilm, { minLength: 1, maxLength: 16 }),
        fc.array(filterQuery, { minLength: 16, maxLength: 16 }),
        fc.nat(roots.length - 1),
        fc.nat(roots.length - 1),
        (films, queries, away, removed) => {
          const library = temporaryStore()
          try {
            const { store } = library
            const paths = putMadeFilms(store, films)
            const check = (
              left: ReadonlyMap<string, readonly string[]>,
              isOnline: (path: string) => boolean,
            ): void => {
              for (const query of queries) {
                if (parseQuery(query).filters.length === 0) continue
                const answer = [query, passing(store, query)]
                expect(answer).toEqual([query, expected(films, left, isOnline, query)])
              }
            }
            check(paths, () => true)
            const folderOf = (i: number): number =>
              store.folders.all().find(({ root }) => root.path === roots[i])?.id ?? 0
            // A drive goes away: nothing is lost.
            store.folders.setOnline(folderOf(away), false)
            const isOnline = (path: string): boolean => !path.startsWith(`${roots[away] ?? ''}/`)
            check(paths, isOnline)
            // A folder is watched no more: its films go, and those that lie elsewhere too stay.
            store.folders.remove(folderOf(removed))
            store.filterRows.refreshMissing()
            const left = new Map(
              [...paths].map(
                ([id, own]) =>
                  [id, own.filter((path) => !path.startsWith(`${roots[removed] ?? ''}/`))] as const,
              ),
            )
            check(left, isOnline)
            expect(library.database.prepare('SELECT count(*) AS n FROM derived.filter_row').get()).toEqual({
              n: [...left.values()].filter((own) => own.length > 0).length,
            })
          } finally {
            library.dispose()
          }
        },
      ),
      { numRuns: 40, seed: 6 },
    )
  })
})

describe('what filters know', () => {
  let library: TemporaryStore
  beforeEach(() => {
    library = temporaryStore()
  })
  afterEach(() => library.dispose())

  const put = (videoId: string, path: string, mtime = 5, duration = 60): void => {
    const { store } = library
    const root = { path: '/films', bytes: null }
    const folder = store.folders.find(root) ?? store.folders.add(root, 0)
    store.locations.identified(folder.id, 1, { path: { path, bytes: null }, size: 9, mtime, videoId }, 0)
    store.facts.put(videoId, 1, someFacts(duration), [])
    store.filterRows.refresh([videoId])
  }

  it('is nothing where there are no filters, also with words and errors', () => {
    put('va', '/films/a.mp4')
    expect(passing(library.store, '')).toBeNull()
    expect(passing(library.store, 'dog foo:bar rating:9')).toBeNull()
    expect(passing(library.store, 'dog longer:1s')).toEqual(['va'])
  })

  it('is made again from the start where it is missing or out of date', () => {
    put('va', '/films/a.mp4')
    put('vb', '/films/b.mp4')
    put('vc', '/films/old/c.mp4')
    const { database } = library
    for (const table of ['filter_row', 'filter_place', 'filter_folder', 'filter_name'])
      database.exec(`DELETE FROM derived.${table}`)
    library = library.reopen()
    expect(passing(library.store, 'name:a.mp4')).toEqual([])
    library.store.filterRows.refreshMissing()
    expect(passing(library.store, 'name:a.mp4')).toEqual(['va'])
    expect(passing(library.store, 'in:old')).toEqual(['vc'])
    // As a kill leaves it between library.db and derived.db: gone, moved, dated anew, replaced.
    library.database.exec(`
      UPDATE location SET present = 0 WHERE video_id = 'va';
      UPDATE location SET mtime = 1700000000 WHERE video_id = 'vb';
      UPDATE location SET path = '/films/new/c.mp4' WHERE video_id = 'vc';
    `)
    library.store.filterRows.refreshMissing()
    expect(passing(library.store, 'longer:1s')).toEqual(['vb', 'vc'])
    expect(passing(library.store, 'on:2023')).toEqual(['vb'])
    expect(passing(library.store, 'in:old')).toEqual([])
    expect(passing(library.store, 'in:new')).toEqual(['vc'])
    expect(library.database.prepare('SELECT path FROM derived.filter_folder ORDER BY path').all()).toEqual([
      { path: '/films/' },
      { path: '/films/new/' },
    ])
  })

  it('reads a date without a zone anew where the machine is in another one', () => {
    const { store, database } = library
    put('va', '/films/a.mp4')
    put('vb', '/films/b.mp4')
    store.facts.put('va', 2, { ...someFacts(3), recordedAt: '2023-06-14T00:30:00' }, [])
    store.filterRows.refresh(['va'])
    database.exec(`UPDATE derived.filter_row SET zone = 'Mars/Olympus', created = 0 WHERE video_id = 'va'`)
    store.filterRows.refreshMissing()
    expect(passing(store, 'on:2023-06-14')).toEqual(['va'])
    expect(database.prepare('SELECT video_id FROM derived.filter_row WHERE zone IS NOT NULL').all()).toEqual([
      { video_id: 'va' },
    ])
  })

  it('is dated by the oldest copy, whether its drive is there or not', () => {
    const { store } = library
    put('va', '/films/a.mp4', 1_700_000_000)
    put('va', '/films/b/a.mp4', 1_600_000_000)
    expect(passing(store, 'on:2020')).toEqual(['va'])
    expect(store.videos.get('va', 'palette')?.video.created).toBe('2020-09-13T12:26:40.000Z')
    expect(store.videos.keys()[0]?.created).toBe('2020-09-13T12:26:40.000Z')
    expect(passing(store, 'name:a in:b')).toEqual(['va'])
  })

  it('holds a query with thousands of filters', () => {
    put('va', '/films/a.mp4')
    const many = Array.from({ length: 2500 }, (_, i) => `tag:t${i}`).join(' ')
    expect(passing(library.store, many)).toEqual([])
    expect(passing(library.store, many.replaceAll('tag:', '-tag:'))).toEqual(['va'])
    expect(passing(library.store, many.replaceAll('tag:t', 'in:f'))).toEqual([])
    expect(passing(library.store, `${many.replaceAll('tag:', 'codec:')} codec:h264`)).toEqual(['va'])
    expect(passing(library.store, many.replaceAll('tag:t', '-name:x'))).toEqual(['va'])
    expect(passing(library.store, 'longer:1s '.repeat(2000))).toEqual(['va'])
    expect(passing(library.store, `name:${'x'.repeat(19_000)}`)).toEqual([])
    expect(passing(library.store, `-name:${'%'.repeat(19_000)}`)).toEqual(['va'])
    expect(passing(library.store, 'name:"a\0b"')).toEqual([])
  })

  it('answers anew when something has changed', () => {
    const { store } = library
    put('va', '/films/a.mp4')
    expect(passing(store, 'tag:family')).toEqual([])
    store.tags.add({ videoId: 'va', start: 1, end: 2 }, ['Family'], 0)
    expect(passing(store, 'tag:family')).toEqual(['va'])
    store.ratings.set('va', 4, 0)
    expect(passing(store, 'rating:4')).toEqual(['va'])
    expect(passing(store, 'rating:0')).toEqual([])
    store.ratings.set('va', null, 0)
    expect(passing(store, 'rating:0')).toEqual(['va'])
  })

  it('filters lists', () => {
    const { store } = library
    const ids = putFilms(store, 4)
    for (const [i, id] of ids.entries()) {
      store.facts.put(id, 1, someFacts(i * 60 + 30), [])
      store.filterRows.refresh([id])
    }
    const page = createVideoLists(store, () => 0).page(
      { filter: 'longer:1m', sort: 'duration', offset: 1, limit: 5 },
      now,
    )
    expect(page.total).toBe(3)
    expect(page.videos.map(({ id }) => id)).toEqual(['vc', 'vb'])
  })
})

describe('every filter has its index', () => {
  let library: TemporaryStore
  beforeEach(() => {
    library = temporaryStore()
  })
  afterEach(() => library.dispose())

  /** How SQLite looks for what passes a query: its plan for the very statement that was run. */
  const planOf = (query: string): string => {
    const { database, store } = library
    let sql = ''
    const prepare = database.prepare.bind(database)
    database.prepare = (text: string) => {
      sql = text
      return prepare(text)
    }
    passing(store, query)
    database.prepare = prepare
    const count = sql.split('?').length - 1
    return database
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...Array.from({ length: count }, () => '[1]'))
      .map(({ detail }) => detail)
      .join('; ')
  }

  it.each([
    ['longer:2m', 'filter_row_by_duration (duration>?)'],
    ['shorter:2m', 'filter_row_by_duration (duration<?)'],
    ['after:2023', 'filter_row_by_created (created>?)'],
    ['before:2023', 'filter_row_by_created (created<?)'],
    ['on:2023', 'filter_row_by_created (created>? AND created<?)'],
    ['on:2021 on:2023', 'filter_row_by_created (created>? AND created<?)'],
    ['res:1080', 'filter_row_by_short_side (short_side=?)'],
    ['res:>=1080', 'filter_row_by_short_side (short_side>?)'],
    ['size:>1GB', 'filter_row_by_size (size>?)'],
    ['codec:hevc', 'filter_row_by_codec (codec=?)'],
    ['codec:hevc codec:av1', 'filter_row_by_codec (codec=?)'],
    ['is:portrait', 'filter_row_by_shape (shape=?)'],
    ['is:hdr', 'filter_row_by_hdr (hdr=?)'],
    ['has:audio', 'filter_row_by_audio (has_audio=?)'],
    ['has:subtitles', 'filter_row_by_subtitles (has_subtitles=?)'],
    ['has:chapters', 'filter_row_by_chapters (has_chapters=?)'],
    ['rating:>=4', 'rating_by_stars (stars>?)'],
    ['tag:family', 'tagged_by_tag (tag_id=?)'],
    ['in:films', 'filter_place_by_folder (folder_id=?)'],
    ['name:dog', 'VIRTUAL TABLE INDEX'],
    ['is:offline', 'location_by_folder (folder_id=?)'],
  ])('%s: %s', (query, index) => {
    const { store } = library
    putFilms(store, 1)
    store.facts.put('va', 1, someFacts(3), [])
    store.filterRows.refresh(['va'])
    const plan = planOf(query)
    expect(plan).toContain(index)
    expect(plan).not.toContain('SCAN film')
  })
})
