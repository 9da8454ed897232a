import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { expectOk } from '../../src-preload/contract/result.ts'
import { intersectionOverUnion } from '../../src-main/domain/intervals.ts'
import { engineEntries } from '../../src-main/foundation/engine-entries.ts'
import { forkWithNode } from '../../src-main/foundation/engine-process.ts'
import { openLibrary } from '../../src-main/foundation/library-connection.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { sharedFolder } from '../shared-folder.ts'
import { createKinoraCli } from './kinora-cli.ts'
import { filmOfPhotographs, photographs, secondsEach, shuffled } from './photo-films.ts'

const shared = sharedFolder()
const kinora = createKinoraCli()
afterAll(() => kinora.dispose())

/** Issue 2 asks for 0.65 of the captions; measured: 0.673, and of those hits a mean overlap of 0.94. */
const orders = [26, 1]
const floors = { at1: 0.65, overlap: 0.85 } as const

type Captioned = { readonly file: string; readonly captions: readonly string[] }

it.skipIf(shared === null)(
  'finds the photograph that a person described, in a film of photographs',
  async () => {
    const photos = join(shared ?? '', 'photos')
    const captioned = JSON.parse(readFileSync(join(photos, 'captions.json'), 'utf8')) as readonly Captioned[]
    const all = photographs(shared ?? '')
    const albums = orders.map((seed) => ({
      order: shuffled(all, seededRandom(seed)),
      path: join(kinora.films, `album-${seed}.mp4`),
    }))
    for (const { order, path } of albums)
      filmOfPhotographs(
        order.map((name) => join(photos, name)),
        path,
      )
    await kinora.ask('models', 'add', join(shared ?? '', 'models', 'concept'))
    await kinora.ask('models', 'use', 'concept-224')
    await kinora.ask('add', kinora.films)
    await kinora.ask('index')

    const ranks: number[] = []
    const overlaps: number[] = []
    const library = expectOk(
      await openLibrary({
        directory: kinora.library,
        entries: engineEntries(import.meta.url),
        fork: forkWithNode,
      }),
      'the library was just indexed',
    )
    const questions = albums.flatMap(({ order, path }) =>
      captioned.flatMap(({ file, captions }) =>
        captions
          .slice(0, 2)
          .map((caption) => ({ path, file, caption, start: order.indexOf(file) * secondsEach })),
      ),
    )
    for (const { path, file, caption, start } of questions) {
      const truth = { start, end: start + secondsEach }
      const answer = await library.client.call.search.moments({ query: caption, limit: 10, in: path })
      const { moments } = expectOk(answer, 'a query never fails')
      const place = moments.findIndex(({ peak }) => truth.start <= peak && peak < truth.end)
      ranks.push(place === -1 ? Infinity : place + 1)
      const hit = moments[0]
      if (place === 0 && hit !== undefined) overlaps.push(intersectionOverUnion(hit, truth))
      if (place !== 0) console.log(`  "${caption.trim()}": ${file} is number ${place + 1 || 'none'}`)
    }
    await library.close()
    const share = (most: number): number => ranks.filter((rank) => rank <= most).length / ranks.length
    const meanOverlap = overlaps.reduce((sum, one) => sum + one, 0) / Math.max(1, overlaps.length)
    console.log(
      `RECALL photos: @1 ${share(1).toFixed(3)} @5 ${share(5).toFixed(3)} mean IoU of the hits ${meanOverlap.toFixed(3)}` +
        ` (${ranks.length} captions, ${all.length} pictures in ${orders.length} orders)`,
    )
    expect(share(1)).toBeGreaterThanOrEqual(floors.at1)
    expect(meanOverlap).toBeGreaterThanOrEqual(floors.overlap)
  },
  300_000,
)
