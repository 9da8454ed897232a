import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { make } from '../indexer/films.ts'
import { seededRandom } from '../seeded-random.ts'

/** A film of the sampling bench. `half`: `tuning` films chose the sampler's numbers, `report` films share no footage with them. */
export type BenchFilm = {
  readonly name: string
  readonly half: 'tuning' | 'report'
  readonly file: string
  /** Where one piece gives way to the next, in seconds. The pieces may have cuts of their own. */
  readonly joins: readonly number[]
}

type Clip = { readonly path: string; readonly from: number; readonly to: number }
/** One piece of a film: an input and the filter that makes it `seconds` of 640x360 at 24 frames a second. */
type Piece = { readonly input: readonly string[]; readonly filter: string; readonly seconds: number }
type Random = () => number

export const framesPerSecond = 24
const size = { width: 640, height: 360 }
const box = `${size.width}:${size.height}`
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

const evenly = `fps=${framesPerSecond},setsar=1,format=yuv420p`
const between = (random: Random, low: number, high: number): number => low + (high - low) * random()
const one = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

/** How a hand shakes: some slow swings and a quick small one, as a share of the room that the crop leaves. */
const shakenCrop = (random: Random, share: number): string => {
  const swing = (): string =>
    `(1+0.5*sin(t*${between(random, 0.7, 1.6).toFixed(3)}+${(random() * 6).toFixed(2)})` +
    `+0.3*sin(t*${between(random, 2.5, 5).toFixed(3)})+0.12*sin(t*${between(random, 11, 19).toFixed(3)}))/2`
  const width = Math.round(size.width / share / 2) * 2
  const height = Math.round(size.height / share / 2) * 2
  return `scale=${width}:${height},crop=${box}:'(iw-ow)*${swing()}':'(ih-oh)*${swing()}'`
}

const cover = `scale=${box}:force_original_aspect_ratio=increase,crop=${box}`

type Look = { readonly speed: number; readonly mirrored: boolean; readonly frame: string }

const pieceOf = (media: string, source: Clip, from: number, length: number, look: Look): Piece => {
  const seconds = Math.round((length / look.speed) * framesPerSecond) / framesPerSecond
  return {
    input: ['-i', join(media, source.path)],
    filter:
      `trim=start=${from.toFixed(3)}:duration=${(length + 1).toFixed(3)},setpts=(PTS-STARTPTS)/${look.speed},` +
      `${evenly},${cover},${look.mirrored ? 'hflip,' : ''}${look.frame},setsar=1,tpad=stop_mode=clone:stop_duration=2,` +
      `trim=duration=${seconds},setpts=PTS-STARTPTS`,
    seconds,
  }
}

/**
 * The clips in pieces of `least` to `most` seconds, each second of footage once, so that no moment of a film is there
 * twice; each piece cropped, and mirrored and slowed or not.
 */
const cutUp = (
  media: string,
  clips: readonly Clip[],
  random: Random,
  { least, most, speeds }: { readonly least: number; readonly most: number; readonly speeds: readonly number[] },
): readonly Piece[] =>
  clips.flatMap((source) => {
    const pieces: Piece[] = []
    for (let from = source.from; source.to - from >= Math.min(least, source.to - source.from); ) {
      const length = Math.min(source.to - from, between(random, least, most))
      const room = between(random, 0.75, 1)
      const frame = `scale=iw/${room.toFixed(3)}:-2,crop=${box}:(iw-ow)*${random().toFixed(2)}:(ih-oh)*${random().toFixed(2)}`
      pieces.push(pieceOf(media, source, from, length, { speed: one(random, speeds), mirrored: random() < 0.5, frame }))
      from += length
    }
    return pieces
  })

const shuffled = <T>(list: readonly T[], random: Random): readonly T[] =>
  list
    .map((item) => ({ item, at: random() }))
    .sort((x, y) => x.at - y.at)
    .map(({ item }) => item)

const whole = (media: string, source: Clip, speed: number, frame = 'null'): Piece =>
  pieceOf(media, source, source.from, source.to - source.from, { speed, mirrored: false, frame })

/** A photograph that is slowly zoomed into, or out of, or along. */
const photoPiece = (file: string, seconds: number, random: Random): Piece => {
  const frames = Math.round(seconds * framesPerSecond)
  const depth = between(random, 0.12, 0.4)
  const part = `on/${frames}`
  const zoom = one(random, [`1+${depth}*${part}`, `${1 + depth}-${depth}*${part}`, `${1 + depth}`])
  const along = one(random, [part, `1-${part}`])
  return {
    input: ['-i', file],
    filter:
      `scale=1280:720:force_original_aspect_ratio=increase,crop=1280:720,` +
      `zoompan=z='${zoom}':x='(iw-iw/zoom)*${along}':y='(ih-ih/zoom)/2':d=${frames}:s=${size.width}x${size.height}:fps=${framesPerSecond},` +
      `noise=alls=3:allf=t,${evenly},trim=duration=${frames / framesPerSecond},setpts=PTS-STARTPTS`,
    seconds: frames / framesPerSecond,
  }
}

const shakenPhoto = (file: string, seconds: number, random: Random): Piece => ({
  input: ['-loop', '1', '-framerate', String(framesPerSecond), '-t', String(seconds + 1), '-i', file],
  filter:
    `scale=1280:720:force_original_aspect_ratio=increase,crop=1280:720,${shakenCrop(random, 0.7)},` +
    `noise=alls=5:allf=t,${evenly},trim=duration=${seconds},setpts=PTS-STARTPTS`,
  seconds,
})

/** A slide: white paper, lines of "text", a photograph; beside it, small, somebody who speaks (a clip to and fro). */
const slidePiece = (media: string, photo: string, speaker: Clip, seconds: number): Piece => ({
  input: ['-loop', '1', '-framerate', String(framesPerSecond), '-t', String(seconds + 1), '-i', photo],
  filter:
    `scale=300:220:force_original_aspect_ratio=decrease,pad=${box}:30:70:white,` +
    [70, 100, 130, 160, 190].map((y, i) => `drawbox=360:${y}:${220 - i * 23}:9:gray:fill`).join(',') +
    `,${evenly}[slide];movie='${join(media, speaker.path)}':loop=0,setpts=N/(${framesPerSecond}*TB),` +
    `scale=150:112:force_original_aspect_ratio=increase,crop=150:112[speaker];` +
    `[slide][speaker]overlay=480:240,noise=alls=2:allf=t,${evenly},trim=duration=${seconds},setpts=PTS-STARTPTS`,
  seconds,
})

const photosOf = (shared: string, half: BenchFilm['half']): readonly string[] =>
  ['coco', 'named']
    .flatMap((folder) =>
      readdirSync(join(shared, 'photos', folder))
        .sort()
        .map((name) => join(shared, 'photos', folder, name)),
    )
    .filter((_, i) => i % 2 === (half === 'tuning' ? 0 : 1))

const make1 = (pieces: readonly Piece[], file: string): void => {
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
    ['all clips', clips.map((one_) => whole(media, one_, 1))],
    ...longest
      .slice(0, 4)
      .map((one_): readonly [string, readonly Piece[]] => [`alone ${one_.path}`, [whole(media, one_, 1)]]),
    ['photographs, 6 s', some(17, (i) => photoPiece(photo(i), 6, random))],
    ['photographs, 10 s', some(12, (i) => photoPiece(photo(i + 5), 10, random))],
    ['lecture', some(6, (i) => slidePiece(media, photo(i * 3), speaker, between(random, 20, 60)))],
    [
      'handheld',
      [
        ...some(6, (i) => shakenPhoto(photo(i * 2 + 1), 10, random)),
        ...clips.slice(0, 4).map((one_) => whole(media, one_, 1, shakenCrop(random, 0.75))),
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
      if (!existsSync(file)) make1(pieces, file)
      let end = 0
      const joins = pieces.slice(0, -1).map(({ seconds }) => (end += seconds))
      return { name, half, file, joins }
    }),
  )
