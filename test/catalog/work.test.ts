import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIndexRuns } from '../../src-main/catalog/index-runs.ts'
import type { IndexRuns } from '../../src-main/catalog/index-runs.ts'
import { drop } from '../../src-main/foundation/drop.ts'
import { createWork } from '../../src-main/catalog/work.ts'
import type { Work } from '../../src-main/catalog/work.ts'
import { putFilms, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

describe('handing out work', () => {
  let library: TemporaryStore
  let runs: IndexRuns
  let work: Work
  const never = new AbortController().signal
  beforeEach(() => {
    library = temporaryStore()
    runs = createIndexRuns(
      library.store,
      () => 0,
      () => undefined,
    )
    work = createWork({
      store: library.store,
      runs,
      pace: () => 'full',
      use: () => ({ provider: 'cpu', batch: 4 }),
      onLost: () => undefined,
      onIdle: () => runs.finishIdle(),
    })
    putFilms(library.store, 2)
    drop(runs.begin({ stage: 'probed', model: 'palette', follow: false }, never))
    library.store.jobs.insertMissing(runs.wanted())
  })
  afterEach(() => library.dispose())

  it('gives nothing to an indexer whose death is known before its socket has closed', async () => {
    const first = await work.next('probe', never)
    const waiting = [work.next('decode', never), work.next('decode', never)]
    expect(first.ok).toBe(true)
    work.lost('killed')
    for (const answer of await Promise.all(waiting))
      expect(answer).toMatchObject({ error: { code: 'cancelled' } })
    expect(work.current()).toEqual([])
    // The next process gets both films, the one in flight last and alone.
    const again = await work.next('probe', never)
    expect(again.ok && first.ok && again.value.id !== first.value.id).toBe(true)
    expect(work.current()).toHaveLength(1)
  })

  it('lets a suspect run alone', async () => {
    const both = [await work.next('probe', never), await work.next('probe', never)]
    expect(both.every(({ ok }) => ok)).toBe(true)
    work.lost('crashed')
    const alone = await work.next('probe', never)
    const second = work.next('probe', never)
    expect(work.current()).toHaveLength(1)
    if (alone.ok) work.release(alone.value.id)
    expect((await second).ok).toBe(true)
  })
})
