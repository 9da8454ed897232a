import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Job } from '../../src-main/catalog/jobs.ts'
import { maximumCrashes, maximumKills } from '../../src-main/catalog/jobs.ts'
import type { Wanted } from '../../src-main/catalog/job-questions.ts'
import { stages } from '../../src-main/domain/stages.ts'
import { putFilms, someFacts, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

const wanted: Wanted = { stages, models: ['palette'] }
const none = new Set<string>()
const versionOf = (name: string): number => stages.find((stage) => stage.name === name)?.version ?? 0
const jobsOf = (videoId: string, stage: Job['stage'], models: readonly string[]): Job[] =>
  models.map((model) => ({ videoId, stage, model, version: versionOf(stage) }))

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
    jobs.mark(jobsOf('va', 'skimmed', ['', 'palette']), 'done')
    for (const model of ['palette', 'palette', 'clip']) jobs.insertMissing({ stages, models: [model] }, 'va')
    expect(allJobs()).toHaveLength(11) // the analysis of one film, and its vectors for both models
    jobs.insertMissing(wanted)
    expect(allJobs()).toHaveLength(11) // the other film has not been skimmed
  })

  /** Probed films with all skims and, where they are skimmed, all analyses. */
  const probedFilms = (count: number, skimmed: readonly string[]): void => {
    const { jobs, facts } = library.store
    for (const videoId of putFilms(library.store, count)) {
      jobs.insertMissing(wanted, videoId)
      jobs.mark(jobsOf(videoId, 'probed', ['']), 'done')
      facts.put(videoId, 1, someFacts(100), [])
      jobs.insertMissing(wanted, videoId)
      if (!skimmed.includes(videoId)) continue
      jobs.mark(jobsOf(videoId, 'skimmed', ['', 'palette']), 'done')
      jobs.insertMissing(wanted, videoId)
    }
  }
  const order = (touched: ReadonlySet<string>): string[] => {
    const { jobs } = library.store
    const seen: string[] = []
    for (;;) {
      const group = jobs.next('decode', wanted, touched)
      if (group === null) return seen
      expect(new Set(group.jobs.map(({ stage }) => stage)).size).toBe(1)
      expect(group.jobs.map(({ model }) => model)).toEqual(['', 'palette'])
      seen.push(`${group.jobs[0]?.stage ?? ''} ${group.videoId}`)
      jobs.mark(group.jobs, 'done')
      jobs.insertMissing(wanted, group.videoId)
    }
  }

  it('skims everything before it analyzes anything, and what a person touched first of all', () => {
    probedFilms(3, ['va'])
    expect(order(none)).toEqual(['skimmed vb', 'skimmed vc', 'analyzed va', 'analyzed vb', 'analyzed vc'])
    library.dispose()
    library = temporaryStore()
    probedFilms(4, ['va', 'vd'])
    expect(order(new Set(['vc', 'vd']))).toEqual([
      'skimmed vc',
      'analyzed vc',
      'analyzed vd',
      'skimmed vb',
      'analyzed va',
      'analyzed vb',
    ])
  })

  it('never hands out a film of which something runs, but as soon as that is over', () => {
    const { jobs } = library.store
    probedFilms(1, ['va'])
    const group = jobs.next('decode', wanted, none)
    jobs.mark(group?.jobs ?? [], 'running')
    const both: Wanted = { stages, models: ['palette', 'clip'] }
    jobs.insertMissing(both)
    expect(jobs.next('decode', both, none)).toBeNull()
    jobs.mark(group?.jobs ?? [], 'done')
    expect(jobs.next('decode', both, none)?.jobs).toMatchObject([{ stage: 'skimmed', model: 'clip' }])
  })

  it('puts a suspected analysis behind all others, and forgives it when a part of it is safe', () => {
    const { jobs } = library.store
    probedFilms(2, ['va', 'vb'])
    const first = jobs.next('decode', wanted, none)?.jobs ?? []
    jobs.mark(first, 'running')
    jobs.strike(first, 'killed')
    // Not even a touched one: it would hold up the others until it may run alone.
    expect(jobs.next('decode', wanted, new Set(['va']))).toMatchObject({ videoId: 'vb', suspect: false })
    jobs.forgive(first)
    expect(jobs.next('decode', wanted, none)).toMatchObject({ videoId: 'va', suspect: false })
    for (let death = 1; death < maximumCrashes; death += 1) expect(jobs.strike(first, 'crashed')).toEqual([])
    jobs.forgive(first)
    for (let death = 1; death < maximumCrashes; death += 1) expect(jobs.strike(first, 'crashed')).toEqual([])
  })

  it('skims suspects before it analyzes anything', () => {
    const { jobs } = library.store
    probedFilms(3, ['vc'])
    const first = jobs.next('decode', wanted, none)?.jobs ?? []
    jobs.mark(first, 'running')
    jobs.strike(first, 'crashed')
    expect(order(none).slice(0, 3)).toEqual(['skimmed vb', 'skimmed va', 'analyzed va'])
  })

  it('makes shots missing again without their vectors, and forgets a model with its jobs', () => {
    const { jobs } = library.store
    probedFilms(1, ['va'])
    jobs.mark(jobs.next('decode', wanted, none)?.jobs ?? [], 'done')
    expect(jobs.isDone('va', 'analyzed', '')).toBe(true)
    jobs.redo('analyzed', '')
    expect(jobs.isDone('va', 'analyzed', '')).toBe(false)
    expect(jobs.next('decode', wanted, none)?.jobs).toEqual(jobsOf('va', 'analyzed', ['']))
    jobs.forgetModel('palette')
    jobs.insertMissing(wanted)
    expect(jobs.next('decode', wanted, none)?.jobs).toMatchObject([{ stage: 'skimmed', model: 'palette' }])
  })

  it('counts the film that waits for its analysis, less what there is of it', () => {
    const { jobs, parts } = library.store
    probedFilms(3, ['va', 'vb'])
    expect(jobs.filmWaiting(wanted)).toBe(300) // one of them waits for its skim first
    const analysis = jobs.next('decode', wanted, new Set(['va']))?.jobs ?? []
    expect(analysis).toMatchObject([{ videoId: 'va', stage: 'analyzed' }, {}])
    parts.keep('va', analysis, 'crop', { from: 0, to: 40, boundaries: [], tracks: [], vectors: [] })
    expect(jobs.filmWaiting(wanted)).toBe(260)
    jobs.mark(analysis, 'done')
    expect(jobs.filmWaiting(wanted)).toBe(200)
    expect(jobs.filmWaiting({ stages: stages.filter(({ name }) => name !== 'analyzed'), models: [] })).toBe(0)
  })

  it('hands out skims only after the probe, all jobs of a film together', () => {
    const { jobs } = library.store
    putFilms(library.store, 1)
    jobs.insertMissing(wanted)
    expect(jobs.next('decode', wanted, none)).toBeNull()
    const probe = jobs.next('probe', wanted, none)
    expect(probe?.jobs).toEqual([{ videoId: 'va', stage: 'probed', model: '', version: 2 }])
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
    expect(jobs.next('probe', newer, none)?.jobs).toMatchObject([{ stage: 'probed', version: 3 }])
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
      jobs.mark([{ videoId, stage: 'probed', model: '', version: 2 }], 'failed')
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
