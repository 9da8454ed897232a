import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { hasVideoEnding } from '../../src-main/domain/video-endings.ts'
import { binaries } from '../indexer/films.ts'
import { sharedFolder } from '../shared-folder.ts'
import type { IndexAnswer, ListAnswer, ProblemsAnswer } from './answer-shapes.ts'
import { createKinoraCli } from './kinora-cli.ts'

const shared = sharedFolder()
const kinora = createKinoraCli()
afterAll(() => kinora.dispose())

/** What each film that cannot be indexed says. Taken from Kinora's own answer of 2026-11-20, so this guards against change; only read over, not checked file by file with other tools. */
const broken: Readonly<Record<string, readonly string[]>> = {
  'audio_only/bbb_audio_aac_frag.mp4': ['no-video-stream'],
  'mediabunny/ac3.mkv': ['no-video-stream'],
  'mediabunny/multiple-aac-tracks.mp4': ['no-video-stream'],
  'moviepy/result.webm': ['empty-file'],
  'mp4parse/bipbop_audioinit.mp4': ['no-video-stream'],
  'mp4parse/chunk_out_of_range.mp4': ['damaged'],
  'mp4parse/short-cenc.mp4': ['encrypted'],
  'mp4parse/zero_empty_stsc.mp4': ['truncated', 'damaged', 'no-frames'],
  'small/AudioVideoInterleave.avi': ['no-frames', 'unsupported-codec'],
  'small/Mpeg4.mp4': ['no-video-stream'],
}

it.skipIf(shared === null)(
  'every film of the shared folder is a video or a problem with its code',
  async () => {
    const media = join(shared ?? '', 'media')
    await kinora.ask('add', media)
    const summary = await kinora.ask<IndexAnswer>('index')
    const { videos } = await kinora.ask<ListAnswer>('list')
    const { problems } = await kinora.ask<ProblemsAnswer>('problems')
    console.log(
      `MEDIA: ${summary.videos} videos, ${summary.problems} problems in ${summary.seconds.toFixed(1)} s; ` +
        Object.entries(summary.stages)
          .map(
            ([stage, { done, failed, seconds }]) => `${stage} ${done}+${failed} in ${seconds.toFixed(1)} s`,
          )
          .join(', '),
    )

    const films = readdirSync(media, { recursive: true, encoding: 'utf8' }).filter(hasVideoEnding)
    const listed = new Set(videos.flatMap(({ paths }) => paths))
    const told = new Map(problems.map(({ path, code }) => [path, code]))
    expect(films.filter((name) => !listed.has(join(media, name)) && !told.has(join(media, name)))).toEqual([])
    // 2018's decoders cannot do all of what Debian's can: there more may fail, with a code all the same.
    const { outdated } = binaries
    for (const [name, codes] of Object.entries(broken)) {
      expect({ name, code: told.get(join(media, name)) }).toSatisfy(
        ({ code }: { code: string | undefined }) => code !== undefined && codes.includes(code),
      )
    }
    if (!outdated)
      expect([...told.keys()].sort()).toEqual(Object.keys(broken).map((name) => join(media, name)))
    expect(summary.videos).toBe(videos.length)
    expect(summary.problems).toBe(problems.length)
    const failed = new Set(told.keys())
    const unfinished = videos.filter(({ path, state }) => state !== 'analyzed' && !failed.has(path))
    expect(unfinished.map(({ path, state }) => ({ path, state }))).toEqual([])

    const again = await kinora.ask<IndexAnswer>('index')
    expect(again).toMatchObject({ indexed: 0, framesEmbedded: 0, problems: summary.problems })
  },
  300_000,
)
