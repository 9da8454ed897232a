import { copyFileSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { make } from '../indexer/films.ts'
import { sharedFolder } from '../shared-folder.ts'
import type { IndexAnswer, ListAnswer, ProblemsAnswer, ShotsAnswer } from './answer-shapes.ts'
import { createKinoraCli } from './kinora-cli.ts'

const shared = sharedFolder()
const kinora = createKinoraCli()
afterAll(() => kinora.dispose())

/** Hard files by the name they get here; each test says what is right for its own. */
const sources = {
  'ten-bit.mp4': 'torchcodec/h264_10bits.mp4',
  'hdr.mp4': 'torchcodec/nasa_13013_hdr.mp4',
  'sdr.mp4': 'torchcodec/nasa_13013.mp4',
  'odd.mp4': 'torchcodec/testsrc2_odd_height_and_width_444.mp4',
  'rotated.mp4': 'mediabunny/rotate-buck-bunny.mp4',
  'vfr.mp4': 'mediabunny/cursed-vfr.mp4',
  'encrypted.mp4': 'mp4parse/short-cenc.mp4',
  'audio.mp4': 'mp4parse/bipbop_audioinit.mp4',
  'truncated.mkv': 'intel/bird.mkv',
  '-late-.mp4': 'torchcodec/test_non_zero_start.mp4',
  'open.ts': 'mediabunny/no-initial-keyframe.ts',
} as const

const pathOf = (name: string): string => join(kinora.films, name)
let videos: ListAnswer['videos'] = []
let problems: ProblemsAnswer['problems'] = []

beforeAll(async () => {
  if (shared === null) return
  for (const [name, file] of Object.entries(sources)) copyFileSync(join(shared, 'media', file), pathOf(name))
  truncateSync(pathOf('truncated.mkv'), Math.floor(statSync(pathOf('truncated.mkv')).size * 0.6))
  // Fields of two instants, 25 frames a second, and a cut after two seconds.
  make(
    ...[
      '-f',
      'lavfi',
      '-i',
      'testsrc=size=720x576:rate=50:duration=2',
      '-f',
      'lavfi',
      '-i',
      'smptebars=size=720x576:rate=50:duration=2',
    ],
    ...[
      '-filter_complex',
      '[0:v][1:v]concat=n=2:v=1,tinterlace=interleave_top,format=yuv420p[v]',
      '-map',
      '[v]',
    ],
    ...['-c:v', 'libx264', '-flags', '+ilme+ildct', '-x264opts', 'tff=1', pathOf('interlaced.mp4')],
  )
  await kinora.ask('add', kinora.films)
  await kinora.ask<IndexAnswer>('index')
  videos = (await kinora.ask<ListAnswer>('list')).videos
  problems = (await kinora.ask<ProblemsAnswer>('problems')).problems
}, 240_000)

const analyzed = async (name: string): Promise<ShotsAnswer['shots']> => {
  const video = videos.find(({ path }) => path === pathOf(name))
  expect(problems.filter(({ path }) => path === pathOf(name))).toEqual([])
  expect(video?.state, name).toBe('analyzed')
  const { shots } = await kinora.ask<ShotsAnswer>('shots', pathOf(name))
  expect(shots[0]).toMatchObject({ start: 0, transition: 'start' })
  // Without gaps, from the film's beginning to its end.
  for (const [i, shot] of shots.entries()) expect(shot.start).toBe(i === 0 ? 0 : shots[i - 1]?.end)
  expect(shots.at(-1)?.end).toBeGreaterThanOrEqual((video?.duration ?? 0) - 0.05)
  return shots
}
const codesOf = (name: string): readonly string[] =>
  problems.filter(({ path }) => path === pathOf(name)).map(({ stage, code }) => `${stage} ${code}`)

describe.skipIf(shared === null)('the analysis of a file that is', () => {
  test('10-bit: one shot, as its picture shows', async () => {
    expect((await analyzed('ten-bit.mp4')).length).toBeGreaterThan(0)
  })
  test('HDR: the shots of its SDR twin', async () => {
    const [hdr, sdr] = [await analyzed('hdr.mp4'), await analyzed('sdr.mp4')]
    expect(hdr.map(({ transition }) => transition)).toEqual(sdr.map(({ transition }) => transition))
    // They were encoded at different frame rates.
    for (const [i, { start }] of hdr.entries())
      expect(Math.abs(start - (sdr[i]?.start ?? NaN))).toBeLessThan(0.15)
  })
  test('odd in width and height: analyzed like any other', async () => {
    expect((await analyzed('odd.mp4')).length).toBeGreaterThan(0)
  })
  test('rotated: analyzed, and shown upright', async () => {
    await analyzed('rotated.mp4')
    const video = videos.find(({ path }) => path === pathOf('rotated.mp4'))
    expect(video?.rotation).not.toBe(0)
  })
  test('of variable frame rate: times of its own', async () => {
    await analyzed('vfr.mp4')
  })
  test('interlaced: its cut at two seconds, and no cut between fields', async () => {
    const shots = await analyzed('interlaced.mp4')
    expect(shots).toHaveLength(2)
    expect(Math.abs((shots[1]?.start ?? 0) - 2)).toBeLessThanOrEqual(0.041)
  })
  test('truncated: what there is, up to where the pictures end', async () => {
    await analyzed('truncated.mkv')
  })
  test('late in its clock, with a name that begins with a dash', async () => {
    await analyzed('-late-.mp4')
  })
  test('a transport stream without a key frame at its beginning', async () => {
    const probe = codesOf('open.ts')
    // The ffprobe of 2018 crashes on every transport stream.
    if (probe.length > 0) expect(probe).toEqual(['probed decoder-crashed'])
    else await analyzed('open.ts')
  })
  test('encrypted: one problem, and never decoded', () => {
    expect(codesOf('encrypted.mp4')).toEqual(['probed encrypted'])
  })
  test('sound alone: one problem, when it is probed', () => {
    expect(codesOf('audio.mp4')).toEqual(['probed no-video-stream'])
  })
})
