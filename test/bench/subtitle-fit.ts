import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import {
  fitLimits,
  seenAt,
  subtitleFit,
  type FitLimits,
  type SubtitleFit,
} from '../../src-main/domain/subtitle-fit.ts'
import { sharedFolder } from '../shared-folder.ts'
import { captionFile } from './caption-index.ts'
import { askedHalf, type Half } from './query-half.ts'
import { benchmarkFolder, truthFile } from './qvhighlights.ts'
import { smallTalk } from './small-talk.ts'
import {
  captionWorlds,
  photoWorld,
  readProse,
  type FilmWorld,
  type SaidLine,
  type SeenFilm,
} from './subtitle-worlds.ts'

export type FitRow = {
  readonly films: string
  readonly subtitle: string
  /** Per cent of the films. */
  readonly fits: number
  readonly wrong: number
  readonly unknown: number
  /** Median tau, and places that were compared. */
  readonly tau: number
  readonly places: number
}

/** Films of each kind. */
const drawn = 30
const proseFile = 'choi.tar.gz'
/** Sentences that the concept model reads: 3 ms each. */
const filmedProse = 4000

type Texts = { readonly prose: readonly string[]; readonly chat: readonly string[] }
/** A subtitle for `film`; `other`: another film. */
type Subtitle = {
  readonly name: string
  readonly of: (film: SeenFilm, other: SeenFilm, texts: Texts, random: () => number) => readonly SaidLine[]
}

const pick = <T>(list: readonly T[], random: () => number): T => {
  const one = list[Math.floor(random() * list.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}
const inOrder = (lines: readonly SaidLine[]): readonly SaidLine[] =>
  lines.toSorted((a, b) => a.start - b.start)
/** Passages of small talk, as many lines each as fill 12 s. */
const passagesOfTalk = (): readonly string[] => {
  const random = seededRandom(5)
  return Array.from({ length: 1000 }, () =>
    Array.from({ length: 4 }, () => pick(smallTalk, random)).join(' '),
  )
}
/** `count` passages anywhere in the film. */
const anywhere = (
  film: SeenFilm,
  texts: readonly string[],
  count: number,
  random: () => number,
): readonly SaidLine[] =>
  inOrder(
    Array.from({ length: count }, () => ({ start: random() * film.duration, text: pick(texts, random) })),
  )
/** The share of lines at any time but their own. */
const astray = (film: SeenFilm, share: number, random: () => number): readonly SaidLine[] =>
  inOrder(film.said.map((line) => (random() < share ? { ...line, start: random() * film.duration } : line)))
/** As long as this film, whatever the other one's length. */
const stretched = (film: SeenFilm, other: SeenFilm): readonly SaidLine[] =>
  other.said.map(({ start, text }) => ({ start: (start * film.duration) / other.duration, text }))

const subtitles: readonly Subtitle[] = [
  { name: 'right', of: (film) => film.said },
  {
    name: 'right, a minute late',
    of: (film) => film.said.map(({ start, text }) => ({ start: start + 60, text })),
  },
  {
    name: 'right, and three passages of small talk for each',
    of: (film, _, { chat }, random) =>
      inOrder([...film.said, ...anywhere(film, chat, 3 * film.said.length, random)]),
  },
  { name: 'right, a third of it said elsewhere', of: (film, _, __, random) => astray(film, 1 / 3, random) },
  { name: 'right, half of it said elsewhere', of: (film, _, __, random) => astray(film, 1 / 2, random) },
  { name: 'wrong: of another film', of: (film, other) => stretched(film, other) },
  { name: 'wrong: its own lines in any order', of: (film, _, __, random) => astray(film, 1, random) },
  { name: 'small talk', of: (film, _, { chat }, random) => anywhere(film, chat, 100, random) },
  {
    name: 'prose about other things',
    of: (film, _, { prose }, random) => anywhere(film, prose, 100, random),
  },
]

export const fitOf = (film: SeenFilm, lines: readonly SaidLine[], limits: FitLimits): SubtitleFit =>
  subtitleFit(
    lines.map(({ start, text }) => {
      const scores = film.score(text)
      return { start, at: scores === null ? 'nowhere' : seenAt(scores, film.times, film.sure, limits) }
    }),
    limits,
  )

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN
const percent = (verdicts: readonly SubtitleFit[], fit: SubtitleFit['fit']): number =>
  Math.round((1000 * verdicts.filter((one) => one.fit === fit).length) / verdicts.length) / 10

const rowsOf = (world: FilmWorld, texts: Texts, half: Half): readonly FitRow[] => {
  const random = seededRandom(half === 'even' ? 1 : 2)
  const films = Array.from({ length: drawn }, () => ({
    film: world.draw(random),
    other: world.draw(random),
  }))
  return subtitles.map(({ name, of }) => {
    const verdicts = films.map(({ film, other }) => fitOf(film, of(film, other, texts, random), fitLimits))
    return {
      films: world.name,
      subtitle: name,
      fits: percent(verdicts, 'fits'),
      wrong: percent(verdicts, 'wrong'),
      unknown: percent(verdicts, 'unknown'),
      tau: Math.round(100 * median(verdicts.flatMap(({ tau }) => (tau === null ? [] : [tau])))) / 100,
      places: median(verdicts.map(({ passages }) => passages)),
    }
  })
}

/**
 * Subtitles against films (methods.md row 35): verdicts of the app's own functions by what kind of file it is. Films
 * of QVHighlights' captions by words, photographs filmed by the concept model. `KINORA_BENCH_HALF=even`: the half on which
 * the limits were chosen. Some five minutes.
 */
export const run = async (
  half: Half = askedHalf(),
): Promise<{ readonly name: 'subtitle-fit'; readonly rows: readonly FitRow[] }> => {
  const folder = benchmarkFolder(truthFile, captionFile, proseFile)
  const shared = sharedFolder()
  if (folder === null || shared === null) return { name: 'subtitle-fit', rows: [] }
  const prose = readProse(folder)
  const photos = await photoWorld(shared, half)
  const filmed = prose.slice(0, filmedProse)
  await photos.know(filmed)
  const chat = passagesOfTalk()
  await photos.know(chat)
  const rows = [
    ...captionWorlds(folder, half).flatMap((world) => rowsOf(world, { prose, chat }, half)),
    ...rowsOf(photos.world, { prose: filmed, chat }, half),
  ]
  await photos.close()
  return { name: 'subtitle-fit', rows }
}
