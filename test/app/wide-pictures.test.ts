import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { engineEntries } from '../../src-main/foundation/engine-entries.ts'
import { forkWithNode } from '../../src-main/foundation/engine-process.ts'
import { openLibrary } from '../../src-main/foundation/library-connection.ts'
import type { IndexSummary } from '../../src-preload/contract/nouns.ts'
import { expectOk } from '../../src-preload/contract/result.ts'
import type { WideChoice, WideMode } from '../../src-preload/contract/wide-pictures.ts'
import { writeTinyModel } from '../encoder/tiny-model.ts'
import { make } from '../indexer/films.ts'
import { createKinoraCli, runKinora } from './kinora-cli.ts'

const kinora = createKinoraCli()
afterAll(() => kinora.dispose())

/** A film of six seconds. */
const draw = (name: string, size: string): void =>
  make(
    ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=10:duration=6`, '-pix_fmt', 'yuv420p'],
    join(kinora.films, name),
  )

it('wide pictures are seen as a person sets it, and nothing is embedded twice', async () => {
  draw('wide.mp4', '320x180')
  draw('square.mp4', '180x180')
  const entries = engineEntries(import.meta.url)
  const opened = await openLibrary({ directory: kinora.library, entries, fork: forkWithNode })
  const library = expectOk(opened, 'a new library')
  const { call } = library.client
  const index = async (): Promise<IndexSummary> => expectOk(await call.index.run({}), 'an index run')
  const choice = async (mode: WideMode): Promise<WideChoice | undefined> =>
    expectOk(await call.settings.widePictures({}), 'told').choices.find((one) => one.mode === mode)
  const set = async (mode: WideMode | null): Promise<void> =>
    void expectOk(await call.settings.set({ name: 'wide-pictures', value: mode }), 'set')

  expectOk(await call.models.add({ directory: await writeTinyModel() }), 'the model')
  expectOk(await call.models.use({ id: 'tiny-test', now: true }), 'used')
  expectOk(await call.folders.add({ paths: [kinora.films] }), 'the films')
  expect(await index()).toMatchObject({ videos: 2, problems: 0, indexed: 2 })
  expect(expectOk(await call.settings.widePictures({}), 'told')).toMatchObject({
    ...{ mode: 'crop', model: 'tiny-test', crops: true },
  })
  // A film of so few frames was seen at its ends too.
  expect(await choice('views')).toMatchObject({ pictures: 3, films: 0 })
  expect(await choice('letterbox')).toMatchObject({ pictures: 1, films: 1 })

  await set('letterbox')
  const whole = await index()
  expect(whole).toMatchObject({
    indexed: 1,
    problems: 0,
    stages: { skimmed: { done: 0 }, analyzed: { done: 1 } },
  })
  expect(whole.framesEmbedded).toBeGreaterThan(0)
  expect(await choice('letterbox')).toMatchObject({ films: 0, seconds: 0 })
  expect(await index()).toMatchObject({ indexed: 0, framesEmbedded: 0 })

  await set('views')
  const ends = await index()
  expect(ends.indexed).toBe(1)
  expect(ends.picturesEmbedded).toBeGreaterThanOrEqual(3 * ends.framesEmbedded)
  await set(null)
  expect(await index()).toMatchObject({ indexed: 0, framesEmbedded: 0 })
  expect(await call.settings.set({ name: 'wide-pictures', value: 'squeezed' })).toMatchObject({
    error: { code: 'bad-arguments' },
  })

  const words = await runKinora(['settings', 'wide-pictures', 'letterbox', '--library', kinora.library])
  expect(words.stdout).toContain('wide-pictures = letterbox')
  expect(words.stdout).toMatch(/\* letterbox 1 picture a frame; 1 video to be looked at again/)
  expect(words.stdout).toContain('The next index run does that')
  expectOk(await call.models.use({ id: 'palette', now: true }), 'palette')
  const squeezed = await runKinora(['settings', 'wide-pictures', '--library', kinora.library])
  expect(squeezed.stdout).toContain('palette squeezes whole frames')
  await library.close()
}, 300_000)
