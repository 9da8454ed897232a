import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseQuery } from '../../src-main/domain/query.ts'
import { quoteValue } from '../../src-main/domain/query-quotes.ts'
import { someFacts, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

describe('values of filters', () => {
  let library: TemporaryStore
  beforeEach(() => {
    library = temporaryStore()
    const { store } = library
    const folder = store.folders.add({ path: '/media/Filme', bytes: null }, 0)
    const put = (videoId: string, names: readonly string[], codec: string): void => {
      for (const name of names) {
        const path = { path: `/media/Filme/${name}`, bytes: null }
        store.locations.identified(folder.id, 1, { path, size: 9, mtime: 5, videoId }, 0)
      }
      store.facts.put(videoId, 1, { ...someFacts(60), codec }, [])
      store.filterRows.refresh([videoId])
      store.texts.refreshNames([videoId])
    }
    put('va', ['Süd 2023/Beach/Dog swims.mp4', 'copies/Dog swims.mp4'], 'h264')
    put('vb', ['Süd 2023/Beach/Dog runs.mp4'], 'hevc')
    put('vc', ['Süd 2023/hotel.mov'], 'hevc')
    put('vd', ['Beach/IMG_0001.MOV', 'Beach/IMG_0001 copy.MOV'], 'av1')
    put('ve', ['gone/away.mp4'], 'vp9')
    put('vf', ['copies/hotel.mov.mov'], 'hevc')
    store.tags.add({ videoId: 'va', start: null, end: null }, ['Family', 'Süden'], 0)
    store.tags.add({ videoId: 'vb', start: 1, end: 2 }, ['family', 'two words'], 0)
    store.tags.add({ videoId: 'vb', start: 3, end: 4 }, ['family'], 0)
    store.tags.add({ videoId: 've', start: null, end: null }, ['family', 'lost'], 0)
    store.ratings.set('va', 5, 0)
    store.ratings.set('vb', 4, 0)
    store.ratings.set('vc', 4, 0)
    store.ratings.set('vd', 0, 0)
    store.ratings.set('ve', 3, 0)
    // A film whose file is gone has no say.
    library.database.exec(`UPDATE location SET present = 0 WHERE video_id = 've'`)
    store.filterRows.refresh(['ve'])
    store.texts.refreshNames(['ve'])
  })
  afterEach(() => library.dispose())

  const of = (name: string, prefix = '', limit = 20): readonly string[] =>
    library.store.filterValues.of(name, prefix, limit).map(({ value, count }) => `${value} ${count}`)

  it('are the folders from the watched one down, with the films that `in:` lets through', () => {
    expect(of('in')).toEqual(['Filme 5', 'Beach 3', 'Süd 2023 3', 'copies 2'])
    expect(of('in', 'be')).toEqual(['Beach 3'])
    expect(of('in', 'SUD')).toEqual(['Süd 2023 3'])
    expect(of('ordner', 'su\u0308d')).toEqual(['Süd 2023 3'])
    expect(of('in', '20')).toEqual(['Süd 2023 3'])
    expect(of('in', 'media')).toEqual([])
    expect(of('in', 'gone')).toEqual([])
    expect(of('in', '', 1)).toEqual(['Filme 5'])
  })

  it('are the folders in a folder behind a slash', () => {
    expect(of('in', 'Süd 2023/')).toEqual(['Süd 2023/Beach 2'])
    expect(of('in', 'süd/be')).toEqual(['Süd 2023/Beach 2'])
    expect(of('in', 'filme/')).toEqual(['Filme/Süd 2023 3', 'Filme/copies 2', 'Filme/Beach 1'])
    expect(of('in', 'beach/')).toEqual([])
    expect(of('in', '/co')).toEqual(['copies 2'])
  })

  it('are the tags of visible films, of stretches too, each film once', () => {
    expect(of('tag')).toEqual(['Family 2', 'Süden 1', 'two words 1'])
    expect(of('tag', 'FAM')).toEqual(['Family 2'])
    expect(of('tag', 'sud')).toEqual(['Süden 1'])
    expect(of('tag', 'words')).toEqual(['two words 1'])
    expect(of('tag', 'lost')).toEqual([])
    const stretch = { videoId: 'va', start: null, end: null }
    library.store.tags.remove(stretch, ['süden'])
    expect(of('tag', 'sud')).toEqual([])
  })

  it('are the codecs that there are', () => {
    expect(of('codec')).toEqual(['hevc 3', 'av1 1', 'h264 1'])
    expect(of('codec', 'H')).toEqual(['hevc 3', 'h264 1'])
  })

  it('are stars, none where nobody rated, and what a sign makes of them', () => {
    expect(of('rating')).toEqual(['5 1', '4 2', '0 2'])
    expect(of('rating', '>=')).toEqual(['>=5 1', '>=4 3', '>=3 3', '>=2 3', '>=1 3', '>=0 5'])
    expect(of('rating', '<4')).toEqual(['<4 2'])
    expect(of('bewertung', '4')).toEqual(['4 2'])
  })

  it('are names of files', () => {
    expect(of('name', 'dog')).toEqual(['Dog runs.mp4 1', 'Dog swims.mp4 1'])
    expect(of('name', 'dog sw')).toEqual(['Dog swims.mp4 1'])
    expect(of('name', 'img_00')).toEqual(['IMG_0001 copy.MOV 1', 'IMG_0001.MOV 1'])
    expect(of('name', 'swims')).toEqual(['Dog swims.mp4 1'])
    expect(of('name', 'away')).toEqual([])
    expect(of('name').length).toBe(6)
    expect(of('name', 'hot')).toEqual(['hotel.mov 2', 'hotel.mov.mov 1'])
    expect(of('name', '"; DROP TABLE')).toEqual([])
    expect(of('name', '*')).toEqual([])
  })

  it('are none of other filters, and never fail of what is typed', () => {
    expect(of('longer')).toEqual([])
    expect(of('nonsense', 'x')).toEqual([])
    for (const name of ['in', 'tag', 'codec', 'rating', 'name'])
      for (const prefix of ['"', '%', '->', '\0', '\ud83d', '🐶', 'x'.repeat(200)])
        expect([name, prefix, of(name, prefix)]).toEqual([name, prefix, []])
  })

  it('let through as many films as they say', () => {
    const { filterValues, filters } = library.store
    for (const name of ['in', 'tag', 'codec', 'rating', 'name'])
      for (const prefix of ['', '>=', 'filme/'])
        for (const { value, count } of filterValues.of(name, prefix, 50)) {
          const query = parseQuery(`${name}:${quoteValue(value)}`)
          expect([name, value, filters.passing(query.filters, new Date(0))?.size]).toEqual([
            name,
            value,
            count,
          ])
        }
  })
})
