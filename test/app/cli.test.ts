import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  doctorShape,
  failureShape,
  foldersShape,
  indexShape,
  listShape,
  modelsShape,
  problemsShape,
  searchShape,
  shotsShape,
} from './answer-shapes.ts'
import type { FoldersAnswer, IndexAnswer, ListAnswer, SearchAnswer, ShotsAnswer } from './answer-shapes.ts'
import { engineProcesses } from './engine-processes.ts'
import { createKinoraCli, eventually, runKinora } from './kinora-cli.ts'
import { drawFilm } from './small-films.ts'

const kinora = createKinoraCli()
afterAll(() => kinora.dispose())

describe('a library of three films', () => {
  beforeAll(() => {
    drawFilm(kinora.films, 'bars at noon.mp4', 'smptebars')
    drawFilm(kinora.films, 'pattern.mp4', 'testsrc')
    writeFileSync(join(kinora.films, 'broken.mp4'), 'this is not a film at all, only its name says so')
    writeFileSync(join(kinora.films, 'notes.txt'), 'not a film')
    writeFileSync(join(kinora.films, '.hidden.mp4'), 'hidden')
  })

  it('add, twice, answers the folders', async () => {
    for (let i = 0; i < 2; i += 1) {
      const run = await kinora.run('add', kinora.films)
      expect(run.status).toBe(0)
      const { folders } = v.parse(foldersShape, run.json())
      expect(folders).toHaveLength(1)
      expect(folders[0]).toMatchObject({ path: kinora.films, videos: 0, online: true })
    }
  })

  it('refuses a folder in a folder, a missing one, a file, and leaves what was', async () => {
    const nested = join(kinora.films, 'nested')
    mkdirSync(nested)
    const refused = await kinora.run('add', nested)
    expect(refused.status).toBe(3)
    expect(v.parse(failureShape, refused.json()).error.code).toBe('already-exists')
    const missing = await kinora.run('add', join(kinora.films, 'nowhere'))
    expect(missing.status).toBe(3)
    expect(v.parse(failureShape, missing.json()).error.code).toBe('missing-file')
    const file = await kinora.run('add', join(kinora.films, 'notes.txt'))
    expect(file.status).toBe(2)
    expect(v.parse(failureShape, file.json()).error.code).toBe('bad-arguments')
    const removed = await kinora.run('remove', nested)
    expect(removed.status).toBe(3)
    expect(v.parse(failureShape, removed.json()).error.code).toBe('not-found')
    rmSync(nested, { recursive: true })
  })

  it('index answers its sums, status 1 because of the broken film', async () => {
    const run = await kinora.run('index')
    const summary = v.parse(indexShape, run.json())
    expect(run.status).toBe(1)
    expect(summary).toMatchObject({ videos: 2, indexed: 2, problems: 1 })
    expect(summary.framesEmbedded).toBeGreaterThanOrEqual(6)
    expect(summary.videoSeconds).toBeCloseTo(6, 0)
    expect(summary.stages.probed).toMatchObject({ done: 2, failed: 1 })
    expect(summary.stages.skimmed).toMatchObject({ done: 2, failed: 0 })
    expect(summary.stages.analyzed).toMatchObject({ done: 2, failed: 0 })
    expect(summary.decodedSeconds).toBeCloseTo(6, 0)
    expect(summary.decodeSeconds).toBeGreaterThan(0)
  })

  it('index again has nothing to do', async () => {
    const again = v.parse(indexShape, (await kinora.run('index')).json())
    expect(again).toMatchObject({ videos: 2, indexed: 0, framesEmbedded: 0, problems: 1, decodedSeconds: 0 })
  })

  it('list, with and without a filter', async () => {
    const { videos } = v.parse(listShape, (await kinora.run('list')).json())
    expect(videos.map(({ path }) => path)).toEqual([
      join(kinora.films, 'bars at noon.mp4'),
      join(kinora.films, 'pattern.mp4'),
    ])
    expect(videos[0]).toMatchObject({
      width: 160,
      height: 120,
      codec: 'h264',
      rotation: 0,
      state: 'analyzed',
      tags: [],
      rating: null,
    })
    const short = await kinora.ask<ListAnswer>('list', '--filter', 'longer:1m')
    expect(short.videos).toEqual([])
  })

  it('search finds by name and by picture, and never fails of a query', async () => {
    const run = await kinora.run('search', 'noon')
    expect(run.status).toBe(0)
    const answer = v.parse(searchShape, run.json())
    expect(answer.query).toBe('noon')
    expect(answer.moments[0]?.path).toBe(join(kinora.films, 'bars at noon.mp4'))
    expect(answer.moments[0]?.reasons.some(({ kind }) => kind === 'named')).toBe(true)
    expect(answer.coverage).toBe(1)
    for (const query of ['', '   ', '"', 'a AND ( OR', 'duration:banana', 'NEAR/3 *', '-', '🎬']) {
      const odd = await kinora.run('search', '--', query)
      expect({ query, status: odd.status }).toEqual({ query, status: 0 })
      v.parse(searchShape, odd.json())
    }
  })

  it('search inside one film, with a limit', async () => {
    const inside = await kinora.ask<SearchAnswer>(
      'search',
      'red',
      '--in',
      join(kinora.films, 'pattern.mp4'),
      '--limit',
      '1',
    )
    expect(inside.moments).toHaveLength(1)
    expect(inside.moments[0]?.path).toBe(join(kinora.films, 'pattern.mp4'))
    const nowhere = await kinora.run('search', 'red', '--in', 'no-such-video')
    expect(nowhere.status).toBe(3)
    expect(v.parse(failureShape, nowhere.json()).error.code).toBe('not-found')
  })

  it('shots, by path and by id; of what is no video, or not analyzed yet, it says so', async () => {
    const film = join(kinora.films, 'pattern.mp4')
    const run = await kinora.run('shots', film)
    expect(run.status).toBe(0)
    const { shots } = v.parse(shotsShape, run.json())
    expect(shots).toHaveLength(1)
    expect(shots[0]).toMatchObject({ start: 0, transition: 'start' })
    expect(shots[0]?.end).toBeCloseTo(3, 1)
    const { videos } = await kinora.ask<ListAnswer>('list')
    const id = videos.find(({ path }) => path === film)?.id ?? ''
    expect((await kinora.ask<ShotsAnswer>('shots', id)).shots).toEqual(shots)
    const nowhere = await kinora.run('shots', join(kinora.films, 'broken.mp4'))
    expect(nowhere.status).toBe(3)
    expect(v.parse(failureShape, nowhere.json()).error.code).toBe('not-found')

    const fresh = drawFilm(kinora.films, 'only skimmed.mp4', 'testsrc', 2)
    await kinora.run('index', '--stage', 'skimmed')
    const early = await kinora.run('shots', fresh)
    expect(early.status).toBe(3)
    expect(v.parse(failureShape, early.json()).error).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('not been analyzed') as string,
      advice: expect.stringContaining('kinora index') as string,
    })
    rmSync(fresh)
    await kinora.run('index')
  })

  it('problems says why, status 1; --retry tries again', async () => {
    const run = await kinora.run('problems')
    expect(run.status).toBe(1)
    const { problems } = v.parse(problemsShape, run.json())
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ path: join(kinora.films, 'broken.mp4'), stage: 'probed', tries: 1 })
    const retried = v.parse(problemsShape, (await kinora.run('problems', '--retry')).json())
    expect(retried.problems).toHaveLength(1)
  })

  it('problems --ignored says what was not looked at, each thing once', async () => {
    const { ignored } = await kinora.ask<{ ignored: { entries: readonly { path: string; rule: string }[] } }>(
      'problems',
      '--ignored',
    )
    expect(ignored.entries).toEqual([
      { path: join(kinora.films, '.hidden.mp4'), rule: expect.any(String) as string },
    ])
  })

  it('models lists the built-in one and says what it does not know', async () => {
    const run = await kinora.run('models')
    expect(run.status).toBe(0)
    const { models } = v.parse(modelsShape, run.json())
    expect(models.filter(({ current }) => current)).toHaveLength(1)
    expect(models[0]).toMatchObject({ id: 'palette', state: 'ready', coverage: 1 })
    expect(models.find(({ id }) => id === 'siglip2-b32-256')).toMatchObject({
      ...{ state: 'available', kind: 'pair', commercialUse: true, coverage: 0 },
      cost: { films: 2, measured: false },
    })
    for (const [args, code] of [
      [['get', 'nothing'], 'not-found'],
      [['use', 'nothing'], 'not-found'],
      [['drop', 'nothing'], 'not-found'],
      [['drop', 'palette'], 'not-allowed'],
      [['use', 'siglip2-b32-256'], 'model-missing'],
      [['remove', 'siglip2-b32-256'], 'model-missing'],
      [['remove', 'palette'], 'not-allowed'],
      [['add', join(kinora.films, 'nowhere')], 'missing-file'],
    ] as const) {
      const refused = await kinora.run('models', ...args)
      expect({ args, status: refused.status }).toEqual({ args, status: 3 })
      expect(v.parse(failureShape, refused.json()).error.code).toBe(code)
    }
  })

  it('doctor does each check', async () => {
    const run = await kinora.run('doctor')
    const { checks } = v.parse(doctorShape, run.json())
    const names = checks.map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining([
        ...['ffmpeg', 'database', 'index', 'model', 'provider:cpu', 'models', 'calibration'],
      ]),
    )
    expect(checks.filter(({ name }) => name !== 'ffmpeg').every(({ ok }) => ok)).toBe(true)
    expect(run.status).toBe(checks.every(({ ok }) => ok) ? 0 : 1)
  })

  it('two commands at once join one service', async () => {
    const runs = ['one', 'two', 'three'].map(() => kinora.start('watch'))
    await eventually('three clients that follow', 30, () =>
      runs.every(({ lines }) => lines().some((line) => line.includes('"folder"'))) ? true : null,
    )
    const services = engineProcesses(kinora.library).filter(({ name }) => name === 'catalog')
    expect(services.map(({ pid }) => pid)).toEqual([kinora.servicePid()])
    const meanwhile = v.parse(listShape, (await kinora.run('list')).json())
    expect(meanwhile.videos).toHaveLength(2)
    for (const { child } of runs) child.kill('SIGINT')
    for (const { ended } of runs) expect((await ended).status).toBe(0)
  })

  it('remove shows nothing any more, adding again finds it without embedding again', async () => {
    expect(v.parse(foldersShape, (await kinora.run('remove', kinora.films)).json()).folders).toEqual([])
    expect((await kinora.ask<ListAnswer>('list')).videos).toEqual([])
    expect((await kinora.ask<SearchAnswer>('search', 'noon')).moments).toEqual([])
    expect((await kinora.run('problems')).status).toBe(0)
    await kinora.ask('add', kinora.films)
    const again = await kinora.ask<IndexAnswer>('index')
    expect(again).toMatchObject({ videos: 2, framesEmbedded: 0, problems: 1 })
    expect((await kinora.ask<SearchAnswer>('search', 'noon')).moments).not.toEqual([])
    expect((await kinora.ask<FoldersAnswer>('add', kinora.films)).folders[0]?.videos).toBe(2)
  })

  it('leaves nothing running and no address behind', async () => {
    await eventually('the end of every engine', 10, () =>
      engineProcesses(kinora.library).length === 0 ? true : null,
    )
    expect(existsSync(join(kinora.library, 'service.json'))).toBe(false)
  })
})

describe('odd names', () => {
  const odd = createKinoraCli()
  afterAll(() => odd.dispose())
  const names = [
    '-v.mp4',
    '🎬 film.mp4',
    `it's "quoted".mp4`,
    'two\nlines.mp4',
    '100%:name.mp4',
    '--json.mp4',
  ]

  it('are indexed, listed and found', async () => {
    const folder = join(odd.films, '-a folder\nof "odd" 🎞')
    mkdirSync(folder)
    names.forEach((name, i) => drawFilm(folder, name, 'testsrc', 1 + i / 10))
    if (process.platform === 'linux') {
      const bytes = Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9]), Buffer.from('.mp4')])
      renameSync(drawFilm(folder, 'plain.mp4', 'smptebars', 2), bytes)
    }
    expect((await odd.run('add', '--', folder)).status).toBe(0)
    const run = await odd.run('index')
    const { videos } = v.parse(listShape, (await odd.run('list')).json())
    expect(run.status, run.stdout).toBe(0)
    for (const name of names) expect(videos.map(({ path }) => path)).toContain(join(folder, name))
    if (process.platform === 'linux') {
      const bad = videos.find(({ path }) => path.includes('\uFFFD')) as { readonly pathBytes?: string }
      expect(Buffer.from(bad.pathBytes ?? '', 'base64').includes(0xe9)).toBe(true)
    }
    const found = v.parse(searchShape, (await odd.run('search', '--limit', '50', '--', 'film')).json())
    expect(found.moments.map(({ path }) => path)).toContain(join(folder, '🎬 film.mp4'))
    const inside = await odd.run('search', '--in', join(folder, '-v.mp4'), '--', '-v')
    expect(inside.status).toBe(0)
    expect((await odd.run('remove', '--', folder)).status).toBe(0)
  })
})

describe('what a person mistypes', () => {
  const nowhere = createKinoraCli()
  afterAll(() => nowhere.dispose())

  it.each([
    [[]],
    [['nonsense']],
    [['list', '--nonsense']],
    [['add']],
    [['search', 'red', '--limit', 'many']],
    [['search', 'red', '--limit', '0']],
    [['index', '--stage', 'nonsense']],
    [['models', 'nonsense', 'x']],
    [['list', '--library']],
    [['shots']],
    [['shots', 'one', 'two']],
  ])('%j is wrong usage in one line', async (args) => {
    const run = await runKinora(args, { KINORA_LIBRARY: nowhere.library })
    expect(run.status).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr).not.toMatch(/\n\s+at /)
    if (args.length > 0) expect(run.stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(existsSync(nowhere.library)).toBe(false)
  })

  it('says the same as JSON', async () => {
    const run = await runKinora(['list', '--json', '--nonsense'], { KINORA_LIBRARY: nowhere.library })
    expect(run.status).toBe(2)
    expect(v.parse(failureShape, run.json()).error.code).toBe('bad-arguments')
    expect(run.stderr).toBe('')
  })

  it('a failure without --json is one line on stderr', async () => {
    const run = await runKinora(['add', join(nowhere.films, 'nowhere')], { KINORA_LIBRARY: nowhere.library })
    expect(run.status).toBe(3)
    expect(run.stdout).toBe('')
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('an unknown model is a failure, not a crash', async () => {
    const run = await nowhere.run('index', '--model', 'nothing')
    expect(run.status).toBe(3)
    expect(v.parse(failureShape, run.json()).error.code).toBe('not-found')
  })

  it('--help and --version say it and end well', async () => {
    for (const args of [['--help'], ['search', '--help'], ['--version'], ['models', 'add', '--help']]) {
      const run = await runKinora(args)
      expect(run.status).toBe(0)
      expect(run.stdout.length).toBeGreaterThan(4)
    }
  })
})
