import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { engineEntries } from '../../src-main/foundation/engine-entries.ts'
import { forkWithNode } from '../../src-main/foundation/engine-process.ts'
import { openLibrary } from '../../src-main/foundation/library-connection.ts'
import type { LibraryConnection } from '../../src-main/foundation/library-connection.ts'
import { expectOk } from '../../src-preload/contract/result.ts'
import { wideModes } from '../../src-preload/contract/wide-pictures.ts'
import type { WideMode } from '../../src-preload/contract/wide-pictures.ts'
import { make } from '../indexer/films.ts'
import { sharedFolder } from '../shared-folder.ts'
import { rounded } from './alone.ts'

/**
 * What the ways of seeing wide frames find and cost: films of photographs in 16:9, each photograph one shot, and human
 * captions as queries; right when the first moment's peak lies in that shot. By the stand-in model, which crops.
 */
const seeds = [26, 1, 2] as const

type Captioned = { readonly file: string; readonly captions: readonly string[] }
type Film = { readonly path: string; readonly order: readonly string[]; readonly seconds: number }

/** How the photographs lie in the frame, and for how long each is shown. */
const kinds = {
  /** 204 s: so few frames that `crop` sees their ends too. */
  'short, with bars': { seconds: 6, fit: 'decrease', zoom: 0 },
  /** 408 s, slowly zoomed: more than 80 frames, so that `crop` sees their middle only. */
  'long, with bars': { seconds: 12, fit: 'decrease', zoom: 0.2 },
  'long, to the edges': { seconds: 12, fit: 'increase', zoom: 0.2 },
} as const
type Kind = keyof typeof kinds

const rate = 10

const shuffled = <T>(list: readonly T[], random: () => number): readonly T[] =>
  list
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)

const filmOf = (kind: Kind, pictures: readonly string[], path: string): void => {
  const { seconds, fit, zoom } = kinds[kind]
  const size = '640:360'
  const shaped = fit === 'decrease' ? `pad=${size}:(ow-iw)/2:(oh-ih)/2` : `crop=${size}`
  const moved =
    zoom === 0
      ? `fps=${rate}`
      : `zoompan=z='1+${zoom}*on/${seconds * rate}':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=${seconds * rate}:s=640x360:fps=${rate}`
  const picture = `scale=${size}:force_original_aspect_ratio=${fit}:flags=bicubic,${shaped},setsar=1,${moved},scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd+full_chroma_inp,format=yuv420p`
  const input = zoom === 0 ? ['-loop', '1', '-t', String(seconds)] : []
  make(
    ...pictures.flatMap((file) => [...input, '-i', file]),
    '-filter_complex',
    `${pictures.map((_, i) => `[${i}:v]${picture}[p${i}]`).join(';')};${pictures.map((_, i) => `[p${i}]`).join('')}concat=n=${pictures.length}:v=1[film]`,
    ...['-map', '[film]', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20'],
    ...[
      '-colorspace',
      'bt709',
      '-color_primaries',
      'bt709',
      '-color_trc',
      'bt709',
      '-color_range',
      'tv',
      path,
    ],
  )
}

const recall = async (
  { client }: LibraryConnection,
  films: readonly Film[],
  captioned: readonly Captioned[],
): Promise<{
  readonly questions: number
  readonly at1: number
  readonly at5: number
  readonly mrr: number
}> => {
  const ranks: number[] = []
  for (const { path, order, seconds } of films)
    for (const { file, captions } of captioned)
      for (const query of captions) {
        const answer = expectOk(await client.call.search.moments({ query, limit: 20, in: path }), query)
        const start = order.indexOf(file) * seconds
        const place = answer.moments.findIndex(({ peak }) => start <= peak && peak < start + seconds)
        ranks.push(place === -1 ? Number.POSITIVE_INFINITY : place + 1)
      }
  const share = (most: number): number => ranks.filter((rank) => rank <= most).length / ranks.length
  const mrr = ranks.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length
  return { questions: ranks.length, at1: share(1), at5: share(5), mrr }
}

const measure = async (
  kind: Kind,
  shared: string,
  pictures: readonly string[],
): Promise<readonly object[]> => {
  const root = mkdtempSync(join(tmpdir(), 'kinora-wide-'))
  const photos = join(shared, 'photos')
  const captioned = JSON.parse(readFileSync(join(photos, 'captions.json'), 'utf8')) as readonly Captioned[]
  const films = seeds.map((seed): Film => {
    const order = shuffled(pictures, seededRandom(seed))
    return { path: join(root, `album-${seed}.mp4`), order, seconds: kinds[kind].seconds }
  })
  try {
    for (const { order, path } of films)
      filmOf(
        kind,
        order.map((name) => join(photos, name)),
        path,
      )
    const library = expectOk(
      await openLibrary({
        directory: join(root, 'library'),
        entries: engineEntries(import.meta.url),
        fork: forkWithNode,
      }),
      'a new library',
    )
    const { models, folders, index, settings } = library.client.call
    expectOk(await models.add({ directory: join(shared, 'models', 'concept') }), 'the model')
    expectOk(await models.use({ id: 'concept-224', now: true }), 'used')
    expectOk(await folders.add({ paths: [root] }), 'the films')
    const rows: object[] = []
    // Back to the first: it must cost nothing where nothing is lost by it.
    for (const mode of [...wideModes, 'crop'] as const satisfies readonly WideMode[]) {
      expectOk(await settings.set({ name: 'wide-pictures', value: mode }), mode)
      const told = expectOk(await settings.widePictures({}), 'its cost')
      const done = expectOk(await index.run({}), mode)
      const found = await recall(library, films, captioned)
      rows.push({
        films: kind,
        mode: rows.length < wideModes.length ? mode : `${mode} again`,
        questions: found.questions,
        'R@1 %': rounded(found.at1 * 100),
        'R@5 %': rounded(found.at5 * 100),
        MRR: rounded(found.mrr),
        frames: done.framesEmbedded,
        pictures: done.picturesEmbedded,
        'embedding s': rounded(done.embedSeconds),
        'whole s': rounded(done.seconds),
        'films again': told.choices.find((choice) => choice.mode === mode)?.films ?? 0,
      })
    }
    await library.close()
    return rows
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** Rows by kind of film and mode; none where the shared folder is not there. */
export const run = async (): Promise<{ readonly name: string; readonly rows: readonly object[] }> => {
  const shared = sharedFolder()
  if (shared === null) return { name: 'wide', rows: [] }
  const pictures = ['coco', 'named'].flatMap((folder) =>
    readdirSync(join(shared, 'photos', folder))
      .sort()
      .map((name) => join(folder, name)),
  )
  const rows: object[] = []
  for (const kind of Object.keys(kinds) as Kind[]) rows.push(...(await measure(kind, shared, pictures)))
  return { name: 'wide', rows }
}
