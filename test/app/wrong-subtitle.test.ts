import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import * as v from 'valibot'
import { expectOk } from '../../src-preload/contract/result.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { engineEntries } from '../../src-main/foundation/engine-entries.ts'
import { forkWithNode } from '../../src-main/foundation/engine-process.ts'
import { openLibrary } from '../../src-main/foundation/library-connection.ts'
import { sharedFolder } from '../shared-folder.ts'
import type { ListAnswer } from './answer-shapes.ts'
import { createKinoraCli, eventually } from './kinora-cli.ts'
import { filmOfPhotographs, secondsEach, shuffled } from './photo-films.ts'

const shared = sharedFolder()
const kinora = createKinoraCli()
afterAll(() => kinora.dispose())

const captioned = v.array(v.object({ file: v.string(), captions: v.array(v.string()) }))

/** Small, because a model sees 224 pixels of it. */
const form = { width: 480, height: 270, codec: ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '18'] }

const time = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(11, 23).replace('.', ',')
/** A line a photograph, with silence between, so that each is a passage. */
const srt = (lines: readonly string[]): string =>
  lines
    .map((text, i) => `${i + 1}\n${time(i * secondsEach)} --> ${time(i * secondsEach + 0.9)}\n${text}\n`)
    .join('\n')

it.skipIf(shared === null)(
  'flags the subtitle file whose lines come in another order than the pictures, and no other',
  async () => {
    const photos = v.parse(
      captioned,
      JSON.parse(readFileSync(join(shared ?? '', 'photos', 'captions.json'), 'utf8')),
    )
    for (const [seed, name] of ['right', 'wrong'].entries()) {
      const order = shuffled(photos, seededRandom(seed))
      filmOfPhotographs(
        order.map(({ file }) => join(shared ?? '', 'photos', file)),
        join(kinora.films, `${name}.mp4`),
        form,
      )
      const said = order.map(({ captions }) => captions.slice(0, 3).join(' '))
      writeFileSync(join(kinora.films, `${name}.srt`), srt(name === 'right' ? said : said.toReversed()))
    }
    await kinora.ask('models', 'add', join(shared ?? '', 'models', 'concept'))
    await kinora.ask('models', 'use', 'concept-224')
    await kinora.ask('add', kinora.films)
    await kinora.ask('index')
    const { videos } = await kinora.ask<ListAnswer>('list')
    const idOf = (name: string): string => videos.find(({ path }) => path.endsWith(`${name}.mp4`))?.id ?? ''

    // Nobody waits for it: it is done while the library is open and followed.
    const watching = kinora.start('watch')
    const library = expectOk(
      await openLibrary({
        directory: kinora.library,
        entries: engineEntries(import.meta.url),
        fork: forkWithNode,
      }),
      'the library was just indexed',
    )
    const fitOf = async (name: string): Promise<string | undefined> =>
      expectOk(await library.client.call.videos.subtitles({ id: idOf(name) }), 'it is there').tracks[0]?.fit
    try {
      const told = await eventually(
        'the wrong file is told of',
        240,
        () =>
          watching.lines().find((line) => line.includes('"subtitles"') && line.includes('wrong.srt')) ?? null,
      )
      expect(JSON.parse(told)).toMatchObject({ kind: 'subtitles', path: join(kinora.films, 'wrong.srt') })
      expect(await Promise.all(['right', 'wrong'].map(fitOf))).toEqual(['fits', 'wrong'])
    } finally {
      await library.close()
      watching.child.kill('SIGINT')
      await watching.ended
    }
  },
  600_000,
)
