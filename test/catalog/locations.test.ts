import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import { pathRefOf } from '../../src-main/foundation/path-ref.ts'
import { putFilms, someFacts, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

const ref = (path: string): PathRef => ({ path, bytes: null })

describe('locations', () => {
  let library: TemporaryStore
  beforeEach(() => {
    library = temporaryStore()
  })
  afterEach(() => library.dispose())

  const folderId = (): number => library.store.folders.all()[0]?.id ?? 0

  it('asks for the content of new and changed files only', () => {
    putFilms(library.store, 2)
    const { locations } = library.store
    const files = [
      { path: ref('/films/a.mp4'), size: 100, mtime: 5 },
      { path: ref('/films/b.mp4'), size: 101, mtime: 6 },
      { path: ref('/films/new.mp4'), size: 1, mtime: 1 },
    ]
    expect(locations.seen(folderId(), 2, files)).toEqual([1, 2])
  })

  it('marks what a scan did not see as gone, not below what could not be read, and brings it back', () => {
    const { locations } = library.store
    putFilms(library.store, 1)
    for (const path of ['/films/sub/c.mp4', '/films/locked/d.mp4']) {
      locations.identified(folderId(), 1, { path: ref(path), size: 9, mtime: 1, videoId: `v${path}` }, 0)
    }
    locations.seen(folderId(), 2, [{ path: ref('/films/a.mp4'), size: 100, mtime: 5 }])
    const part = { folderId: folderId(), path: ref('/films'), deep: true }
    expect(locations.sweep(part, 2, [ref('/films/locked')])).toEqual(['/films/sub/c.mp4'])
    expect(locations.reach('v/films/sub/c.mp4')).toBeNull()
    locations.seen(folderId(), 3, [{ path: ref('/films/sub/c.mp4'), size: 9, mtime: 1 }])
    expect(locations.reach('v/films/sub/c.mp4')).toEqual(ref('/films/sub/c.mp4'))
  })

  it('sweeps only the folder itself when the scan was not deep', () => {
    const { locations } = library.store
    putFilms(library.store, 1)
    locations.identified(
      folderId(),
      1,
      { path: ref('/films/sub/c.mp4'), size: 9, mtime: 1, videoId: 'vc' },
      0,
    )
    expect(locations.sweep({ folderId: folderId(), path: ref('/films'), deep: false }, 2, [])).toEqual([
      '/films/a.mp4',
    ])
  })

  it('takes an edited file for another video that knows its predecessor', () => {
    const { locations } = library.store
    putFilms(library.store, 1)
    locations.identified(
      folderId(),
      2,
      { path: ref('/films/a.mp4'), size: 7, mtime: 9, videoId: 'vedited' },
      0,
    )
    expect(locations.videoAt('/films/a.mp4')).toBe('vedited')
    const row = library.database.prepare("SELECT predecessor FROM video WHERE id = 'vedited'").get()
    expect(row).toEqual({ predecessor: 'va' })
    expect(locations.reach('va')).toBeNull()
  })

  it('keeps names that are not UTF-8 apart and opens them by their bytes', () => {
    const { locations } = library.store
    putFilms(library.store, 0)
    const odd = pathRefOf(Buffer.from([...Buffer.from('/films/'), 0xff, 0xfe, ...Buffer.from('.mp4')]))
    const other = pathRefOf(Buffer.from([...Buffer.from('/films/'), 0xff, 0xfd, ...Buffer.from('.mp4')]))
    expect(odd.path).toBe(other.path)
    locations.identified(folderId(), 1, { path: odd, size: 1, mtime: 1, videoId: 'vodd' }, 0)
    locations.identified(folderId(), 1, { path: other, size: 1, mtime: 1, videoId: 'vother' }, 0)
    expect(Buffer.from(locations.reach('vodd')?.bytes ?? []).includes(0xfe)).toBe(true)
    library.store.facts.put('vodd', 1, someFacts(3), [])
    const [video] = library.store.videos.visible('palette')
    expect(Buffer.from(video?.video.pathBytes ?? '', 'base64').includes(0xfe)).toBe(true)
  })

  it('notices a folder that is suddenly empty', () => {
    const { locations } = library.store
    putFilms(library.store, 2)
    expect(locations.looksUnmounted(folderId(), 5)).toBe(true)
    locations.seen(folderId(), 5, [{ path: ref('/films/a.mp4'), size: 100, mtime: 5 }])
    expect(locations.looksUnmounted(folderId(), 5)).toBe(false)
  })
})

describe('folders and problems', () => {
  let library: TemporaryStore
  beforeEach(() => {
    library = temporaryStore()
  })
  afterEach(() => library.dispose())

  it('does not let watched folders lie in each other', () => {
    const { folders } = library.store
    folders.add(ref('/films'), 0)
    expect(folders.overlapping(ref('/films/2023'))?.root.path).toBe('/films')
    expect(folders.overlapping(ref('/'))?.root.path).toBe('/films')
    expect(folders.overlapping(ref('/films2'))).toBeNull()
  })

  it('lists a problem while its file is there, and counts tries', () => {
    const { store } = library
    putFilms(store, 1)
    const error = { code: 'damaged', message: 'broken', advice: '' } as const
    store.problems.put({ videoId: 'va' }, 'skimmed', error)
    store.problems.put({ videoId: 'va' }, 'skimmed', error)
    expect(store.problems.list()).toMatchObject([{ path: '/films/a.mp4', code: 'damaged', tries: 2 }])
    store.locations.sweep(
      { folderId: store.folders.all()[0]?.id ?? 0, path: ref('/films'), deep: true },
      9,
      [],
    )
    expect(store.problems.list()).toEqual([])
  })
})
