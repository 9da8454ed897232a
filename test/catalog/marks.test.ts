import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TextHit } from '../../src-main/catalog/text-hits.ts'
import type { LibraryChange } from '../../src-preload/contract/nouns.ts'
import { createFound } from '../../src-main/catalog/found.ts'
import { createPersonCalls } from '../../src-main/catalog/person-calls.ts'
import type { ScanTask } from '../../src-preload/contract/indexer-api.ts'
import { parseQuery } from '../../src-main/domain/query.ts'
import { putFilms, someFacts, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

let library: TemporaryStore
beforeEach(() => {
  library = temporaryStore()
  for (const id of putFilms(library.store, 3)) {
    library.store.facts.put(id, 1, someFacts(60), [])
    library.store.filterRows.refresh([id])
  }
})
afterEach(() => library.dispose())

const film = (videoId: string): { videoId: string; start: null; end: null } => ({
  videoId,
  start: null,
  end: null,
})
const tagsOf = (videoId: string): readonly string[] =>
  library.store.tags
    .ofVideo(videoId)
    .map(({ tag, start, end }) => (start === null ? tag : `${tag} ${start}-${end ?? ''}`))
const scope = { only: null, space: 'palette', limit: 5 }
const tagged = (words: string, exact = false, limit = 5): readonly TextHit[] => {
  const { texts } = library.store
  return texts.tagged(texts.ask(words, exact), { ...scope, limit })
}
const passing = (query: string): readonly string[] =>
  [...(library.store.filters.passing(parseQuery(query).filters, new Date(0)) ?? [])].toSorted()
/** Takes the file of a film away, or brings it back, as scans see it. */
const scanned = (): { gone: () => void; back: () => void } => {
  const { store } = library
  const root = { path: '/films', bytes: null }
  const folderId = store.folders.find(root)?.id ?? 0
  const task: ScanTask = { kind: 'scan', id: 1, folderId, root, path: root, deep: true, minimumBytes: 0 }
  const found = createFound(
    store,
    () => 1,
    () => undefined,
  )
  const wanted = { stages: [], models: [] }
  const end = { complete: true, online: true, unreadable: [] }
  const seen = (letters: string): void => {
    const scan = store.locations.nextScan()
    const files = Array.from(letters, (letter) => ({
      path: { path: `/films/${letter}.mp4`, bytes: null },
      size: 100 + letter.charCodeAt(0) - 97,
      mtime: 5,
    }))
    found.files(task, scan, files)
    found.end(task, scan, end, wanted)
  }
  return { gone: () => seen('bc'), back: () => seen('abc') }
}

describe('tags', () => {
  it('are one in all spellings, shown as they were first written', () => {
    const { tags } = library.store
    tags.add(film('va'), ['  Summer   Trip '], 1)
    tags.add(film('vb'), ['summer trip', 'Café'], 2)
    tags.add(film('vc'), ['SUMMER TRIP', 'cafe\u0301'], 3)
    expect(tags.list()).toEqual([
      { tag: 'Café', videos: 2 },
      { tag: 'Summer Trip', videos: 3 },
    ])
    expect(tagsOf('vc')).toEqual(['Café', 'Summer Trip'])
    expect(passing('tag:"sUMMER trip"')).toEqual(['va', 'vb', 'vc'])
    // Accents make another word: Maß is not Mass.
    tags.add(film('va'), ['cafe'], 4)
    expect(tags.list()).toHaveLength(3)
  })

  it('stand on a film or on stretches of it, each once', () => {
    const { tags } = library.store
    const stretch = { videoId: 'va', start: 1.5, end: 4 }
    for (let i = 0; i < 2; i += 1) {
      tags.add(film('va'), ['goal'], 1)
      tags.add(stretch, ['goal', 'goal'], 1)
      tags.add({ ...stretch, end: 5 }, ['goal'], 1)
    }
    expect(tagsOf('va')).toEqual(['goal', 'goal 1.5-4', 'goal 1.5-5'])
    expect(tags.list()).toEqual([{ tag: 'goal', videos: 1 }])
    expect(library.store.videos.get('va', 'palette')?.video.tags).toEqual(['goal'])
    tags.remove(stretch, ['GOAL'])
    expect(tagsOf('va')).toEqual(['goal', 'goal 1.5-5'])
    tags.remove({ ...stretch, start: 2 }, ['goal'])
    expect(tagsOf('va')).toEqual(['goal', 'goal 1.5-5'])
    tags.remove(film('va'), ['goal', 'never there'])
    expect(tagsOf('va')).toEqual([])
    expect(passing('tag:goal')).toEqual([])
  })

  it('vanish with their last film, from lists, completion and search', () => {
    const { tags, filterValues } = library.store
    tags.add(film('va'), ['beach'], 1)
    tags.add(film('vb'), ['beach'], 1)
    tags.remove(film('va'), ['beach'])
    expect(filterValues.of('tag', 'b', 5)).toEqual([{ value: 'beach', count: 1 }])
    tags.remove(film('vb'), ['beach'])
    expect(filterValues.of('tag', '', 5)).toEqual([])
    expect(tags.list()).toEqual([])
    expect(tagged('beach')).toEqual([])
    // And come back in the spelling of the one who brings them back.
    tags.add(film('va'), ['BEACH'], 2)
    expect(tags.list()).toEqual([{ tag: 'BEACH', videos: 1 }])
    expect(tagged('beach')).toMatchObject([{ ...film('va'), text: 'BEACH' }])
  })

  it('are found by their words, without accents, with what stretch they stand on', () => {
    const { tags } = library.store
    tags.add({ videoId: 'va', start: 3, end: 4 }, ['Süd trip'], 1)
    tags.add(film('vb'), ['trip to the süd'], 1)
    const films = (words: string): readonly string[] => tagged(words).map(({ videoId }) => videoId)
    expect(films('trip sud').toSorted()).toEqual(['va', 'vb'])
    expect(tagged('süd trip', true)).toMatchObject([{ videoId: 'va', start: 3, end: 4, text: 'Süd trip' }])
    expect(films('nothing')).toEqual([])
    expect(films('"*(')).toEqual([])
    expect(tagged('trip', false, 1)).toHaveLength(1)
  })

  it('stay when a drive is away, and are out of sight while their file is gone', () => {
    const { store } = library
    store.tags.add(film('va'), ['beach'], 1)
    store.ratings.set('va', 5, 1)
    store.folders.setOnline(store.folders.all()[0]?.id ?? 0, false)
    expect(store.tags.list()).toEqual([{ tag: 'beach', videos: 1 }])
    expect(passing('tag:beach is:offline rating:5')).toEqual(['va'])
    store.folders.setOnline(store.folders.all()[0]?.id ?? 0, true)
    const file = scanned()
    file.back()
    file.gone()
    expect(store.tags.list()).toEqual([])
    expect(passing('tag:beach')).toEqual([])
    expect(store.filterValues.of('tag', '', 5)).toEqual([])
    file.back()
    expect(store.tags.list()).toEqual([{ tag: 'beach', videos: 1 }])
    expect(passing('tag:beach rating:5')).toEqual(['va'])
    expect(store.texts.named(store.texts.ask('a', false), scope)).toHaveLength(1)
  })

  it('are out of sight while their file cannot be read', () => {
    const { store } = library
    store.tags.add(film('va'), ['beach'], 1)
    const root = { path: '/films', bytes: null }
    const folderId = store.folders.find(root)?.id ?? 0
    const task: ScanTask = { kind: 'scan', id: 1, folderId, root, path: root, deep: true, minimumBytes: 0 }
    const found = createFound(
      store,
      () => 1,
      () => undefined,
    )
    const file = { path: { path: '/films/a.mp4', bytes: null }, size: 100, mtime: 6 }
    const error = { code: 'unreadable-file', message: 'no', advice: '' } as const
    const wanted = { stages: [], models: [] }
    found.identified(task, 2, [{ ...file, content: { ok: false, error } }], wanted)
    expect(passing('tag:beach')).toEqual([])
    found.identified(task, 3, [{ ...file, content: { ok: true, videoId: 'va' } }], wanted)
    expect(passing('tag:beach')).toEqual(['va'])
    // Another film now lies there.
    store.facts.put('vnew', 1, someFacts(9), [])
    found.identified(task, 4, [{ ...file, content: { ok: true, videoId: 'vnew' } }], wanted)
    expect(passing('tag:beach')).toEqual([])
    expect(passing('name:a.mp4')).toEqual(['vnew'])
  })

  it('outlive derived.db', () => {
    library.store.tags.add(film('va'), ['beach'], 1)
    library.store.ratings.set('va', 3, 1)
    for (const table of ['facts', 'filter_row', 'filter_place', 'filter_folder', 'filter_name'])
      library.database.exec(`DELETE FROM derived.${table}`)
    library = library.reopen()
    library.store.filterRows.refreshMissing()
    expect(passing('tag:beach')).toEqual([])
    library.store.facts.put('va', 1, someFacts(60), [])
    library.store.filterRows.refreshMissing()
    expect(passing('tag:beach rating:3')).toEqual(['va'])
  })
})

describe('ratings', () => {
  it('are set, changed and taken back', () => {
    const { ratings, videos } = library.store
    const stars = (): number | null | undefined => videos.get('va', 'palette')?.video.rating
    expect(stars()).toBeNull()
    ratings.set('va', 4, 1)
    ratings.set('va', 0, 2)
    expect(stars()).toBe(0)
    ratings.set('va', 5, 3)
    expect(passing('rating:>=4')).toEqual(['va'])
    ratings.set('va', null, 4)
    ratings.set('va', null, 4)
    expect(stars()).toBeNull()
    expect(() => ratings.set('va', 6, 5)).toThrow(/CHECK/)
  })
})

describe('collections', () => {
  it('are saved under one name in all spellings, listed by name', () => {
    const { collections } = library.store
    collections.save({ name: ' Best  of ', query: ' tag:best ' }, 1)
    collections.save({ name: 'beach', query: 'beach' }, 1)
    collections.save({ name: 'BEST OF', query: 'rating:5' }, 2)
    expect(collections.list()).toEqual([
      { name: 'beach', query: 'beach' },
      { name: 'BEST OF', query: 'rating:5' },
    ])
  })

  it('are renamed, not onto another, and deleted', () => {
    const { collections } = library.store
    collections.save({ name: 'one', query: '1' }, 1)
    collections.save({ name: 'two', query: '2' }, 1)
    expect(collections.rename('ONE', 'One!')).toMatchObject({ ok: true })
    expect(collections.rename('one!', 'ONE!')).toMatchObject({ ok: true })
    expect(collections.rename('one!', 'Two')).toMatchObject({ ok: false, error: { code: 'already-exists' } })
    expect(collections.rename('nothing', 'x')).toMatchObject({ ok: false, error: { code: 'not-found' } })
    expect(collections.delete('Two')).toMatchObject({ ok: true })
    expect(collections.delete('Two')).toMatchObject({ ok: false, error: { code: 'not-found' } })
    expect(collections.list()).toEqual([{ name: 'ONE!', query: '1' }])
  })
})

describe('past queries', () => {
  it('are kept, the last 500, each once, the newest first', () => {
    const { pastQueries } = library.store
    for (let i = 0; i < 505; i += 1) pastQueries.add(`query ${i}`, i)
    expect(pastQueries.list(1000)).toHaveLength(500)
    expect(pastQueries.list(1)).toEqual([{ query: 'query 504', at: '1970-01-01T00:08:24.000Z' }])
    expect(pastQueries.list(1000).at(-1)?.query).toBe('query 5')
    pastQueries.add('  query   7 ', 600)
    pastQueries.add('   ', 601)
    expect(pastQueries.list(2).map(({ query }) => query)).toEqual(['query 7', 'query 504'])
    expect(pastQueries.list(1000)).toHaveLength(500)
  })

  it('are forgotten, one or all', () => {
    const { pastQueries } = library.store
    pastQueries.add('dog', 1)
    pastQueries.add('cat', 2)
    pastQueries.add('bird', 3)
    pastQueries.forget('cat')
    pastQueries.forget('never asked')
    expect(pastQueries.list(9).map(({ query }) => query)).toEqual(['bird', 'dog'])
    pastQueries.forget(null)
    expect(pastQueries.list(9)).toEqual([])
  })
})

describe('what a person asks for', () => {
  const told: LibraryChange[] = []
  const calls = (): ReturnType<typeof createPersonCalls> => {
    told.length = 0
    return createPersonCalls(
      library.store,
      () => 7,
      (change) => told.push(change),
    )
  }
  const context = {} as Parameters<ReturnType<typeof createPersonCalls>['tags']['add']>[1]

  it('tags films by id and by path, whole or in part, within their length, and says so', async () => {
    const { tags } = calls()
    expect(await tags.add({ id: '/films/a.mp4', tags: ['x'] }, context)).toEqual({
      ok: true,
      value: [{ tag: 'x', start: null, end: null }],
    })
    expect(await tags.add({ id: 'va', start: 50, end: 99, tags: ['x'] }, context)).toMatchObject({
      value: [{ start: null }, { tag: 'x', start: 50, end: 60 }],
    })
    expect(await tags.remove({ id: 'va', start: 50, tags: ['X'] }, context)).toMatchObject({
      value: [{ start: null }],
    })
    expect(told).toEqual(Array.from({ length: 3 }, () => ({ kind: 'marks', videoId: 'va' })))
  })

  it('refuses stretches that there are not, and films', async () => {
    const { tags, rate } = calls()
    for (const stretch of [
      { start: 5, end: 5 },
      { start: 5, end: 4 },
      { start: 60 },
      { start: 70, end: 80 },
      { end: 4 },
    ])
      expect(await tags.add({ id: 'va', ...stretch, tags: ['x'] }, context)).toMatchObject({
        error: { code: 'bad-arguments' },
      })
    expect(await tags.add({ id: '/films/none.mp4', tags: ['x'] }, context)).toMatchObject({
      error: { code: 'not-found' },
    })
    expect(await rate({ id: 'vnone', rating: 1 }, context)).toMatchObject({ error: { code: 'not-found' } })
    expect(told).toEqual([])
    expect(library.store.tags.list()).toEqual([])
  })

  it('rates films and answers them', async () => {
    const { rate } = calls()
    expect(await rate({ id: '/films/b.mp4', rating: 4 }, context)).toMatchObject({
      value: { id: 'vb', rating: 4 },
    })
    expect(await rate({ id: 'vb', rating: null }, context)).toMatchObject({ value: { rating: null } })
  })
})
