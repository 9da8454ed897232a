import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { make } from '../indexer/films.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import {
  between,
  cutUp,
  photoPiece,
  shakenCrop,
  shakenPhoto,
  slidePiece,
  whole,
  type Clip,
  type Piece,
  type Random,
} from './sampling-pieces.ts'

/** A film of the sampling bench. `half`: `tuning` films chose the sampler's numbers, `report` films share no footage with them. */
export type BenchFilm = {
  readonly name: string
  readonly half: 'tuning' | 'report'
  readonly file: string
  /** Where one piece gives way to the next, in seconds. The pieces may have cuts of their own. */
  readonly joins: readonly number[]
}

/** Raised when the recipe changes, so that no old film is measured. */
const recipe = 4

const clip = (path: string, from: number, to: number): Clip => ({ path, from, to })
/** Real footage of the shared folder in two groups without anything in common. */
const footage: Readonly<Record<BenchFilm['half'], readonly Clip[]>> = {
  tuning: [
    clip('imageio/cockatoo.mp4', 0, 14),
    clip('intel/car-detection.mp4', 0, 30),
    clip('mdn/friday.mp4', 0, 6),
    clip('mdn_learning/crystal.mp4', 0, 11.9),
    clip('mdn_learning/frog.mp4', 0, 8.2),
    clip('moviepy/big_buck_bunny_0_30.webm', 0, 15.5),
    clip('intel/bird.mkv', 0, 2),
    clip('mediabunny/cursed-vfr.mp4', 0, 8.5),
  ],
  report: [
    clip('intel/bottle-detection.mp4', 0, 39.5),
    clip('mdn/flower.mp4', 0, 5),
    clip('mdn/stream-of-water-audioless.webm', 0, 3.9),
    clip('mdn_learning/elf.mp4', 0, 8),
    clip('moviepy/big_buck_bunny_0_30.webm', 15.5, 30),
    clip('moviepy/chaplin.mp4', 0, 9.6),
    clip('torchcodec/nasa_13013.mp4', 0, 13),
    clip('intel/book.mkv', 0, 3.5),
    clip('mediabunny/transparency.webm', 0, 9),
  ],
}

const shuffled = <T>(list: readonly T[], random: Random): readonly T[] =>
  list
    .map((item) => ({ item, at: random() }))
    .sort((x, y) => x.at - y.at)
    .map(({ item }) => item)

const photosOf = (shared: string, half: BenchFilm['half']): readonly string[] =>
  ['coco', 'named']
    .flatMap((folder) =>
      readdirSync(join(shared, 'photos', folder))
        .sort()
        .map((name) => join(shared, 'photos', folder, name)),
    )
    .filter((_, i) => i % 2 === (half === 'tuning' ? 0 : 1))

const encode = (pieces: readonly Piece[], file: string): void => {
  const graph = [
    ...pieces.map(({ filter }, i) =>
      `[${i}:v:0]${filter}[p${i}]`
        .replaceAll('[slide]', `[slide${i}]`)
        .replaceAll('[speaker]', `[speaker${i}]`),
    ),
    `${pieces.map((_, i) => `[p${i}]`).join('')}concat=n=${pieces.length}:v=1[film]`,
  ].join(';')
  const encoded = [
    '-map',
    '[film]',
    '-an',
    '-c:v',
    'libx264',
    '-preset',
    'superfast',
    '-crf',
    '23',
    '-f',
    'mp4',
  ]
  make(...pieces.flatMap(({ input }) => input), '-filter_complex', graph, ...encoded, `${file}.part`)
  renameSync(`${file}.part`, file)
}

/** What each half is made of: name and pieces. */
const recipes = (
  shared: string,
  half: BenchFilm['half'],
): readonly (readonly [string, readonly Piece[]])[] => {
  const media = join(shared, 'media')
  const clips = footage[half]
  const photos = photosOf(shared, half)
  const random = seededRandom(half === 'tuning' ? 11 : 12)
  const some = (count: number, piece: (i: number) => Piece): readonly Piece[] =>
    Array.from({ length: count }, (_, i) => piece(i))
  const photo = (i: number): string => photos[i % photos.length] ?? ''
  const longest = clips.toSorted((a, b) => b.to - b.from - (a.to - a.from))
  const speaker = clips.find(({ path }) => path.startsWith('intel/b') && path.endsWith('.mkv')) ?? longest[0]!
  return [
    ['montage, quick', shuffled(cutUp(media, clips, random, { least: 2, most: 6, speeds: [1] }), random)],
    [
      'montage',
      shuffled(
        [
          ...cutUp(media, clips, random, { least: 4, most: 15, speeds: [0.5, 1] }),
          ...some(5, (i) => photoPiece(photo(i + 9), 5, random)),
        ],
        random,
      ),
    ],
    [
      'long takes',
      shuffled(
        [
          ...cutUp(media, clips, random, { least: 30, most: 60, speeds: [0.5] }),
          ...some(4, (i) => photoPiece(photo(i), 12, random)),
        ],
        random,
      ),
    ],
    ['all clips', clips.map((source) => whole(media, source, 1))],
    ...longest
      .slice(0, 4)
      .map((source): readonly [string, readonly Piece[]] => [
        `alone ${source.path}`,
        [whole(media, source, 1)],
      ]),
    ['photographs, 6 s', some(17, (i) => photoPiece(photo(i), 6, random))],
    ['photographs, 10 s', some(12, (i) => photoPiece(photo(i + 5), 10, random))],
    ['lecture', some(6, (i) => slidePiece(media, photo(i * 3), speaker, between(random, 20, 60)))],
    [
      'handheld',
      [
        ...some(6, (i) => shakenPhoto(photo(i * 2 + 1), 10, random)),
        ...clips.slice(0, 4).map((source) => whole(media, source, 1, shakenCrop(random, 0.75))),
      ],
    ],
    ['still camera', [whole(media, longest[0]!, 0.3)]],
  ]
}

/** Made once and kept in the temporary folder: some 25 films of 15 s to 5 minutes, H.264, 640x360. */
export const samplingFilms = (shared: string): readonly BenchFilm[] =>
  (['tuning', 'report'] as const).flatMap((half) =>
    recipes(shared, half).map(([name, pieces]) => {
      const folder = join(tmpdir(), 'kinora-bench', `sampling-${recipe}`)
      mkdirSync(folder, { recursive: true })
      const digest = createHash('sha256').update(JSON.stringify(pieces)).digest('hex').slice(0, 12)
      const file = join(folder, `${digest}.mp4`)
      if (!existsSync(file)) encode(pieces, file)
      let end = 0
      const joins = pieces.slice(0, -1).map(({ seconds }) => (end += seconds))
      return { name, half, file, joins }
    }),
  )
