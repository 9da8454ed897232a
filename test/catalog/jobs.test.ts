import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { maximumCrashes, maximumKills } from '../../src-main/catalog/jobs.ts'
import type { Wanted } from '../../src-main/catalog/jobs.ts'
import { stages } from '../../src-main/domain/stages.ts'
import { putFilms, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

const wanted: Wanted = { stages, models: ['palette'] }
const none = new Set<string>()

describe('the job table', () => {
  let library: TemporaryStore
  beforeEach(() => {
    library = temporaryStore()
  })
  afterEach(() => library.dispose())

  const allJobs = (): unknown[] =>
    library.database.prepare('SELECT video_id, stage, model, state FROM derived.job ORDER BY 1, 2, 3').all()

  it('inserts what is missing once, and only the vectors for another model', () => {
    putFilms(library.store, 2)
    library.store.jobs.insertMissing(wanted)
    expect(allJobs()).toHaveLength(2) // the probes: nothing else has what it needs
    const { jobs } = library.store
    for (
      let probe = jobs.next('probe', wanted, none);
      probe !== null;
      probe = jobs.next('probe', wanted, none)
    ) {
      jobs.mark(probe.jobs, 'done')
    }
    for (const model of ['palette', 'palette', 'clip']) jobs.insertMissing({ stages, models: [model] })
    expect(allJobs()).toHaveLength(8)
  })

  it('hands out skims only after the probe, all jobs of a film together', () => {
    const { jobs } = library.store
    putFilms(library.store, 1)
    jobs.insertMissing(wanted)
    expect(jobs.next('decode', wanted, none)).toBeNull()
    const probe = jobs.next('probe', wanted, none)
    expect(probe?.jobs).toEqual([{ videoId: 'va', stage: 'probed', model: '', version: 1 }])
    jobs.mark(probe?.jobs ?? [], 'running')
    expect(jobs.next('probe', wanted, none)).toBeNull()
    jobs.mark(probe?.jobs ?? [], 'done')
    jobs.insertMissing(wanted, 'va')
    expect(jobs.next('decode', wanted, none)?.jobs.map(({ model }) => model)).toEqual(['', 'palette'])
  })

  it('does nothing for a film whose drive is away, and what a person touched first', () => {
    const { jobs, folders } = library.store
    putFilms(library.store, 3)
    jobs.insertMissing(wanted)
    expect(jobs.next('probe', wanted, new Set(['vc']))?.videoId).toBe('vc')
    expect(jobs.next('probe', wanted, none)?.videoId).toBe('va')
    folders.setOnline(folders.all()[0]?.id ?? 0, false)
    expect(jobs.next('probe', wanted, none)).toBeNull()
    folders.setOnline(folders.all()[0]?.id ?? 0, true)
    jobs.insertMissing(wanted)
    expect(jobs.next('probe', wanted, none)?.videoId).toBe('va')
  })

  it('redoes the jobs of an older version', () => {
    const { jobs } = library.store
    putFilms(library.store, 1)
    jobs.insertMissing(wanted)
    jobs.mark(jobs.next('probe', wanted, none)?.jobs ?? [], 'done')
    const newer: Wanted = {
      stages: stages.map((stage) =>
        stage.name === 'probed' ? { ...stage, version: stage.version + 1 } : stage,
      ),
      models: ['palette'],
    }
    jobs.insertMissing(newer)
    expect(jobs.next('probe', newer, none)?.jobs).toMatchObject([{ stage: 'probed', version: 2 }])
  })

  it('puts suspects last and gives up after too many deaths', () => {
    const { jobs } = library.store
    putFilms(library.store, 2)
    jobs.insertMissing(wanted)
    const first = jobs.next('probe', wanted, none)?.jobs ?? []
    jobs.mark(first, 'running')
    expect(jobs.strike(first, 'crashed')).toEqual([])
    expect(jobs.next('probe', wanted, none)).toMatchObject({ videoId: 'vb', suspect: false })
    jobs.mark(jobs.next('probe', wanted, none)?.jobs ?? [], 'done')
    expect(jobs.next('probe', wanted, none)).toMatchObject({ videoId: 'va', suspect: true })
    for (let death = 2; death < maximumCrashes; death += 1) expect(jobs.strike(first, 'crashed')).toEqual([])
    expect(jobs.strike(first, 'crashed')).toEqual(first)
  })

  it('holds a kill from outside far less against a film', () => {
    const { jobs } = library.store
    putFilms(library.store, 1)
    jobs.insertMissing(wanted)
    const held = jobs.next('probe', wanted, none)?.jobs ?? []
    for (let kill = 1; kill < maximumKills; kill += 1) expect(jobs.strike(held, 'killed')).toEqual([])
    expect(jobs.strike(held, 'killed')).toEqual(held)
  })

  it('tries again what failed for want of a tool, not what is broken', () => {
    const { jobs, problems } = library.store
    putFilms(library.store, 2)
    jobs.insertMissing(wanted)
    for (const [videoId, code] of [
      ['va', 'ffmpeg-missing'],
      ['vb', 'damaged'],
    ] as const) {
      jobs.mark([{ videoId, stage: 'probed', model: '', version: 1 }], 'failed')
      problems.put({ videoId }, 'probed', { code, message: '', advice: '' })
    }
    jobs.retryFailed(['ffmpeg-missing', 'disk-full'])
    expect(jobs.next('probe', wanted, new Set(['vb']))?.videoId).toBe('va')
    jobs.retryFailed()
    expect(jobs.next('probe', wanted, new Set(['vb']))?.videoId).toBe('vb')
  })

  it('forgets what was in flight when the catalog itself died', () => {
    putFilms(library.store, 1)
    library.store.jobs.insertMissing(wanted)
    library.store.jobs.mark(library.store.jobs.next('probe', wanted, none)?.jobs ?? [], 'running')
    library = library.reopen()
    expect(library.store.jobs.next('probe', wanted, none)).toBeNull()
    library.store.jobs.recover()
    expect(library.store.jobs.next('probe', wanted, none)?.videoId).toBe('va')
  })
})
