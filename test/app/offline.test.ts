import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { FoldersAnswer, IndexAnswer, ListAnswer, ProblemsAnswer, SearchAnswer } from './answer-shapes.ts'
import { createKinoraCli } from './kinora-cli.ts'
import type { KinoraCli } from './kinora-cli.ts'
import { drawFilm } from './small-films.ts'

let kinora: KinoraCli
let drive: string
beforeEach(() => {
  kinora = createKinoraCli()
  drive = join(kinora.films, 'drive')
  mkdirSync(drive)
})
afterEach(() => kinora.dispose())

const videos = async (): Promise<ListAnswer['videos']> => (await kinora.ask<ListAnswer>('list')).videos
const index = (): Promise<IndexAnswer> => kinora.ask<IndexAnswer>('index')
const found = async (query: string): Promise<readonly string[]> =>
  (await kinora.ask<SearchAnswer>('search', query)).moments.map(({ path }) => path)

const twoFilms = async (): Promise<ListAnswer['videos']> => {
  drawFilm(drive, 'holiday.mp4', 'smptebars')
  drawFilm(drive, 'work.mp4', 'testsrc')
  await kinora.ask('add', drive)
  await index()
  return videos()
}

it.each(['a folder that is gone', 'an empty mount point'])(
  '%s is offline: nothing is lost, and it comes back without embedding again',
  async (how) => {
    const before = await twoFilms()
    const away = `${drive} elsewhere`
    renameSync(drive, away)
    if (how === 'an empty mount point') mkdirSync(drive)

    await index()
    const offline = await videos()
    expect(offline.map(({ id, online }) => ({ id, online }))).toEqual(
      before.map(({ id }) => ({ id, online: false })),
    )
    expect(await found('holiday')).toEqual([join(drive, 'holiday.mp4')])
    const { folders } = await kinora.ask<FoldersAnswer>('add', kinora.library)
    expect(folders.find(({ path }) => path === drive)).toMatchObject({ online: false, videos: 2 })

    if (how === 'an empty mount point') rmSync(drive, { recursive: true })
    renameSync(away, drive)
    const back = await index()
    expect(back.framesEmbedded).toBe(0)
    expect((await videos()).map(({ id, online }) => ({ id, online }))).toEqual(
      before.map(({ id }) => ({ id, online: true })),
    )
  },
)

it('a film edited in place is another video, and the old one is seen no more', async () => {
  const before = await twoFilms()
  const path = join(drive, 'work.mp4')
  drawFilm(drive, 'work.mp4', 'mandelbrot', 4)
  const summary = await index()
  expect(summary.framesEmbedded).toBeGreaterThan(0)
  const after = await videos()
  expect(after).toHaveLength(2)
  expect(after.find((video) => video.path === path)?.id).not.toBe(
    before.find((video) => video.path === path)?.id,
  )
  expect(after.find((video) => video.path === path)?.duration).toBeCloseTo(4, 1)
})

it('a renamed and moved film stays itself and is not embedded again', async () => {
  const before = await twoFilms()
  mkdirSync(join(drive, 'deep', 'er'), { recursive: true })
  const moved = join(drive, 'deep', 'er', 'trip to the sea.mp4')
  renameSync(join(drive, 'holiday.mp4'), moved)
  expect((await index()).framesEmbedded).toBe(0)
  const after = await videos()
  expect(after.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort())
  expect(after.find(({ path }) => path === moved)?.paths).toEqual([moved])
  expect(await found('trip')).toEqual([moved])
  expect(await found('holiday')).not.toContain(join(drive, 'holiday.mp4'))
})

it('copies are one video with two paths; one of them may go', async () => {
  await twoFilms()
  const copy = join(drive, 'a copy of work.mp4')
  copyFileSync(join(drive, 'work.mp4'), copy)
  expect((await index()).framesEmbedded).toBe(0)
  const both = await videos()
  expect(both).toHaveLength(2)
  expect(both.find(({ paths }) => paths.includes(copy))?.paths.toSorted()).toEqual([
    copy,
    join(drive, 'work.mp4'),
  ])
  rmSync(join(drive, 'work.mp4'))
  await index()
  const left = await videos()
  expect(left).toHaveLength(2)
  expect(left.find(({ paths }) => paths.includes(copy))?.paths).toEqual([copy])
})

it('a deleted film goes from the list, and comes back as itself', async () => {
  const before = await twoFilms()
  const path = join(drive, 'work.mp4')
  const bytes = readFileSync(path)
  rmSync(path)
  await index()
  expect((await videos()).map((video) => video.path)).toEqual([join(drive, 'holiday.mp4')])
  writeFileSync(path, bytes)
  expect((await index()).framesEmbedded).toBe(0)
  expect((await videos()).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
})

it('a film that is cut off becomes a problem, and recovers when it is repaired', async () => {
  const before = await twoFilms()
  const path = join(drive, 'work.mp4')
  const bytes = readFileSync(path)
  truncateSync(path, 2000) // the index of an MP4 stands at its end
  await index()
  const { problems } = await kinora.ask<ProblemsAnswer>('problems')
  expect(problems.map((problem) => problem.path)).toEqual([path])
  expect(['truncated', 'damaged']).toContain(problems[0]?.code)
  expect((await videos()).map((video) => video.path)).not.toContain(path)
  writeFileSync(path, bytes)
  expect((await index()).framesEmbedded).toBe(0)
  expect((await kinora.ask<ProblemsAnswer>('problems')).problems).toEqual([])
  expect((await videos()).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
})
