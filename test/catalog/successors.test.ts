import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ProbeTask } from '../../src-preload/contract/indexer-api.ts'
import { createResults } from '../../src-main/catalog/results.ts'
import { someFacts, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

describe('a film that was edited in place', () => {
  let library: TemporaryStore
  beforeEach(() => {
    library = temporaryStore()
    library.store.folders.add({ path: '/films', bytes: null }, 0)
  })
  afterEach(() => library.dispose())

  const path = { path: '/films/a.mp4', bytes: null }
  let time = 0
  /** A scan finds this content at a path. */
  const found = (videoId: string, at = path): void => {
    time += 1
    const folder = library.store.folders.all()[0]?.id ?? 0
    library.store.locations.identified(folder, time, { path: at, size: 9, mtime: time, videoId }, time)
  }
  /** Its facts are committed, as stage `probed` does it. */
  const probed = (videoId: string, duration = 60): void => {
    const task: ProbeTask = { kind: 'probe', id: 1, videoId, path }
    const job = { videoId, stage: 'probed', model: '', version: 1 } as const
    createResults(library.store).probed(task, [job], someFacts(duration))
  }
  const tag = (videoId: string, name: string, start: number | null = null): void =>
    library.store.tags.add({ videoId, start, end: start === null ? null : start + 1 }, [name], 1)
  const marks = (videoId: string): string =>
    [
      ...library.store.tags
        .ofVideo(videoId)
        .map(({ tag: name, start, end }) => (start === null ? name : `${name} ${start}-${end ?? ''}`)),
      `${library.store.videos.get(videoId, 'palette')?.video.rating ?? 'unrated'}`,
    ].join(', ')

  it('inherits tags, those of stretches too, and the rating', () => {
    found('v1')
    probed('v1')
    tag('v1', 'beach')
    tag('v1', 'goal', 3)
    library.store.ratings.set('v1', 4, 1)
    found('v2')
    expect(marks('v2')).toBe('unrated')
    probed('v2', 60.3)
    expect(marks('v2')).toBe('beach, goal 3-4, 4')
    // What stood there is not poorer for it: a copy may lie elsewhere.
    expect(library.store.tags.ofVideo('v1')).toHaveLength(2)
    expect(library.store.tags.list()).toEqual([
      { tag: 'beach', videos: 1 },
      { tag: 'goal', videos: 1 },
    ])
  })

  it('inherits once: what is taken off does not come back, what is changed stays changed', () => {
    found('v1')
    probed('v1')
    tag('v1', 'beach')
    library.store.ratings.set('v1', 4, 1)
    found('v2')
    probed('v2')
    library.store.tags.remove({ videoId: 'v2', start: null, end: null }, ['beach'])
    library.store.ratings.set('v2', 2, 2)
    probed('v2')
    library.store.successors.inheritMissing()
    expect(marks('v2')).toBe('2')
    // Not by a newer prober, not after derived.db was made anew.
    library.database.exec('DELETE FROM derived.facts')
    library = library.reopen()
    library.store.successors.inheritMissing()
    probed('v1')
    probed('v2')
    expect(marks('v2')).toBe('2')
    // Edited again, it passes on what it has now.
    found('v3')
    probed('v3')
    expect(marks('v3')).toBe('2')
  })

  it('is no other film under the same name', () => {
    found('v1')
    probed('v1', 60)
    tag('v1', 'beach')
    found('v2')
    probed('v2', 61)
    expect(marks('v2')).toBe('unrated')
    // Also not later, when somebody cuts it to the length of the first.
    found('v3')
    probed('v3', 60)
    expect(marks('v3')).toBe('unrated')
  })

  it('is not taken for one where no length is known', () => {
    found('v1')
    probed('v1', 0)
    tag('v1', 'beach')
    found('v2')
    probed('v2', 0)
    expect(marks('v2')).toBe('unrated')
  })

  it('inherits through a version that nobody looked at', () => {
    found('v1')
    probed('v1')
    tag('v1', 'beach')
    found('v2')
    found('v3')
    found('v4')
    probed('v4')
    expect(marks('v4')).toBe('beach, unrated')
  })

  it('keeps its own when it goes back to what it was', () => {
    found('v1')
    probed('v1')
    tag('v1', 'beach')
    found('v2')
    probed('v2')
    library.store.tags.remove({ videoId: 'v2', start: null, end: null }, ['beach'])
    found('v1')
    probed('v1')
    expect(marks('v1')).toBe('beach, unrated')
    found('v2')
    probed('v2')
    expect(marks('v2')).toBe('unrated')
  })

  it('has no predecessor when it was only renamed or copied', () => {
    found('v1')
    probed('v1')
    tag('v1', 'beach')
    const other = { path: '/films/b.mp4', bytes: null }
    found('v1', other)
    found('v2', other)
    probed('v2', 30)
    expect(marks('v2')).toBe('unrated')
    expect(marks('v1')).toBe('beach, unrated')
  })

  it('inherits after a kill between its facts and its inheritance', () => {
    found('v1')
    probed('v1')
    tag('v1', 'beach')
    found('v2')
    library.store.facts.put('v2', 1, someFacts(60), [])
    library = library.reopen()
    expect(marks('v2')).toBe('unrated')
    library.store.successors.inheritMissing()
    library.store.successors.inheritMissing()
    expect(marks('v2')).toBe('beach, unrated')
  })

  it('waits while derived.db was lost in between: then nobody knows how long the other one was', () => {
    found('v1')
    probed('v1')
    tag('v1', 'beach')
    found('v2')
    library.database.exec('DELETE FROM derived.facts')
    library = library.reopen()
    probed('v2')
    expect(marks('v2')).toBe('unrated')
    // The first one turns up again, as a copy.
    found('v1', { path: '/films/copy.mp4', bytes: null })
    probed('v1')
    library.store.successors.inheritMissing()
    expect(marks('v2')).toBe('beach, unrated')
  })
})
