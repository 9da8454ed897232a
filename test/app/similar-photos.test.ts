import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { expectOk } from '../../src-preload/contract/result.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { engineEntries } from '../../src-main/foundation/engine-entries.ts'
import { forkWithNode } from '../../src-main/foundation/engine-process.ts'
import { openLibrary } from '../../src-main/foundation/library-connection.ts'
import { sharedFolder } from '../shared-folder.ts'
import type { ListAnswer, SearchAnswer } from './answer-shapes.ts'
import { createKinoraCli } from './kinora-cli.ts'
import { filmOfPhotographs, photographs, secondsEach, shuffled, usualForm } from './photo-films.ts'

const shared = sharedFolder()
const kinora = createKinoraCli()
afterAll(() => kinora.dispose())

/** Issue 6: the other version of the same photograph is first in so many cases. */
const floor = 0.95

it.skipIf(shared === null)(
  'finds the same photograph in a film of another size and codec',
  async () => {
    const all = photographs(shared ?? '')
    const forms = [
      { name: 'large.mp4', order: shuffled(all, seededRandom(5)), form: usualForm },
      {
        name: 'small.webm',
        order: shuffled(all, seededRandom(6)),
        form: {
          width: 480,
          height: 360,
          codec: ['-c:v', 'libvpx-vp9', '-b:v', '0', '-crf', '40', '-deadline', 'realtime', '-cpu-used', '8'],
        },
      },
    ]
    for (const { name, order, form } of forms)
      filmOfPhotographs(
        order.map((file) => join(shared ?? '', 'photos', file)),
        join(kinora.films, name),
        form,
      )
    await kinora.ask('models', 'add', join(shared ?? '', 'models', 'concept'))
    await kinora.ask('models', 'use', 'concept-224')
    await kinora.ask('add', kinora.films)
    await kinora.ask('index')
    const { videos } = await kinora.ask<ListAnswer>('list')
    const idOf = (name: string): string => videos.find(({ path }) => path.endsWith(name))?.id ?? ''

    const library = expectOk(
      await openLibrary({
        directory: kinora.library,
        entries: engineEntries(import.meta.url),
        fork: forkWithNode,
      }),
      'the library was just indexed',
    )
    let right = 0
    for (const [asked, other] of [
      [forms[0], forms[1]],
      [forms[1], forms[0]],
    ] as const) {
      if (asked === undefined || other === undefined) throw new Error('two films')
      for (const [place, file] of asked.order.entries()) {
        const seconds = place * secondsEach + secondsEach / 2
        const query = `like:${idOf(asked.name)}@${seconds}`
        const answer = await library.client.call.search.moments({ query, limit: 10 })
        const { moments } = expectOk(answer, 'a query never fails')
        const [first] = moments
        const truth = other.order.indexOf(file) * secondsEach
        const isRight =
          first?.videoId === idOf(other.name) && first.peak >= truth && first.peak < truth + secondsEach
        if (isRight) right += 1
        else
          console.log(
            `  ${file} in ${asked.name}: first is ${first?.path ?? 'nothing'} at ${first?.peak ?? ''}`,
          )
        // The asked shot is no answer, and no shot answers twice.
        expect(
          moments.some(
            ({ videoId, peak }) =>
              videoId === idOf(asked.name) &&
              peak >= place * secondsEach + 0.1 &&
              peak < (place + 1) * secondsEach - 0.1,
          ),
        ).toBe(false)
        const shots = moments.map(
          ({ videoId, peak }) => `${videoId} ${Math.floor((peak + 0.05) / secondsEach)}`,
        )
        expect(new Set(shots).size).toBe(shots.length)
      }
    }
    await library.close()
    const share = right / (2 * all.length)
    console.log(`SIMILAR photos: first is right in ${right} of ${2 * all.length} (${share.toFixed(3)})`)
    expect(share).toBeGreaterThanOrEqual(floor)

    // The same through the terminal, with a picture of one's own.
    const [file = ''] = all
    const byFile = await kinora.ask<SearchAnswer>('similar', '--image', join(shared ?? '', 'photos', file))
    const [best] = byFile.moments
    const [large] = forms
    const at = (large?.order.indexOf(file) ?? 0) * secondsEach
    const inSmall = (forms[1]?.order.indexOf(file) ?? 0) * secondsEach
    const starts = best?.videoId === idOf('large.mp4') ? at : inSmall
    expect(best?.peak).toBeGreaterThanOrEqual(starts)
    expect(best?.peak).toBeLessThan(starts + secondsEach)
  },
  300_000,
)
