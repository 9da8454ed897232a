import { intersectionOverUnion } from '../../src-main/domain/intervals.ts'
import { momentsOf } from '../../src-main/domain/moments.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { captionFile, captionIndex, type CaptionIndex } from './caption-index.ts'
import { askedHalf, queriesOf, type Half } from './query-half.ts'
import {
  benchmarkFolder,
  clipSeconds,
  curveSamples,
  readQueries,
  truthFile,
  type Query,
} from './qvhighlights.ts'
import { globalOtsu, statedLong, type Found } from './stated-grouping.ts'
import { intervalsInPercent } from './video-interval.ts'

/** Queries of one half, or all: methods.md does not say that its streams were of odd ones alone. */
type Queries = Half | 'all'

export type LongRow = {
  readonly grouping: string
  readonly of: Queries
  readonly queries: number
  /** First moment overlaps a true one by at least so much; percent. */
  readonly r1at30: number
  readonly r1at50: number
  readonly r1at70: number
  /** In which these three lie with 95 %: the videos drawn anew a thousand times. */
  readonly within: string
  /** The best frame of the first moment lies in a true one; percent. */
  readonly peakInTruth: number
  /** What methods.md 2d measured (its own 400 streams): R@0.3, R@0.5, R@0.7. */
  readonly stated: string
}

/** methods.md 2d: 24 films a stream, 400 needles. */
const filmsAStream = 24
const needles = 400

/** methods.md 4.2: never tune on the seeds you report. Five times 400 needles: one time is a point and a half too uncertain. */
const seeds: Readonly<Record<Queries, readonly number[]>> = {
  even: [0, 1, 2, 3, 4],
  odd: [1000, 1001, 1002, 1003, 1004],
  all: [1005, 1006, 1007, 1008, 1009],
}

/** A stretch of samples of 2 s. */
type LongGrouping = (curve: Float64Array) => Found | undefined

const ours: LongGrouping = (curve) => {
  const first = momentsOf(curveSamples(curve, curve.length * clipSeconds))[0]
  if (first === undefined) return undefined
  return {
    start: first.start / clipSeconds,
    end: first.end / clipSeconds,
    peak: first.peak / clipSeconds,
  }
}

const groupings: readonly {
  readonly name: string
  readonly group: LongGrouping
  readonly stated: string
}[] = [
  { name: 'one Otsu threshold', group: globalOtsu, stated: '39.8 / 28.7 / 20.7' },
  { name: 'methods.md 2d as it stands: hysteresis 0.3', group: statedLong, stated: '45.0 / 34.3 / 23.7' },
  { name: 'Kinora', group: ours, stated: '45.0 / 34.3 / 23.7' },
]

/** A stream with a needle: its curve, and the true moments in samples. */
type Stream = { readonly query: Query; readonly curve: Float64Array; readonly truth: readonly Found[] }

function* streamsOf(
  { videos, score }: CaptionIndex,
  queries: readonly Query[],
  seed: number,
): Generator<Stream> {
  const random = seededRandom(seed)
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  for (let i = 0; i < needles; i += 1) {
    const query = pick(queries)
    const own = videos.find((video) => video.id === query?.video)
    if (!query || !own) continue
    const others = Array.from({ length: filmsAStream - 1 }, () => pick(videos) ?? own).filter(
      (video) => video !== own,
    )
    const at = Math.floor(random() * others.length)
    const stream = [...others.slice(0, at), own, ...others.slice(at)]
    const frames = score(query.text)
    const curve = Float64Array.from(stream.flatMap((video) => [...frames.subarray(video.from, video.to)]))
    const offset = stream.slice(0, at).reduce((sum, video) => sum + video.to - video.from, 0)
    const truth = query.truth.map(({ start, end }) => ({
      start: offset + start / clipSeconds,
      end: offset + end / clipSeconds,
      peak: offset,
    }))
    yield { query, curve, truth }
  }
}

const shares = (overlaps: readonly number[], least: number): readonly number[] =>
  overlaps.map((overlap) => (overlap >= least ? 1 : 0))
const percent = (values: readonly number[]): number =>
  Math.round((10_000 * values.reduce((sum, value) => sum + value, 0)) / Math.max(1, values.length)) / 100

const rowsOf = (index: CaptionIndex, all: readonly Query[], of: Queries): readonly LongRow[] => {
  const queries = of === 'all' ? all : queriesOf(all, of)
  const videos: string[] = []
  const found = groupings.map(() => ({ overlaps: [] as number[], peaks: [] as number[] }))
  for (const seed of seeds[of]) {
    for (const { query, curve, truth } of streamsOf(index, queries, seed)) {
      videos.push(query.video)
      for (const [g, { group }] of groupings.entries()) {
        const first = group(curve)
        const overlaps = truth.map((one) => (first ? intersectionOverUnion(first, one) : 0))
        const isIn = truth.some(({ start, end }) => first && start <= first.peak && first.peak < end)
        found[g]?.overlaps.push(Math.max(0, ...overlaps))
        found[g]?.peaks.push(isIn ? 1 : 0)
      }
    }
  }
  return groupings.map(({ name, stated }, g) => {
    const { overlaps, peaks } = found[g] ?? { overlaps: [], peaks: [] }
    const [at30, at50, at70] = [shares(overlaps, 0.3), shares(overlaps, 0.5), shares(overlaps, 0.7)]
    return {
      grouping: name,
      of,
      queries: overlaps.length,
      r1at30: percent(at30),
      r1at50: percent(at50),
      r1at70: percent(at70),
      within: intervalsInPercent([at30, at50, at70], videos),
      peakInTruth: percent(peaks),
      stated,
    }
  })
}

/**
 * One needle in streams of about an hour: 24 captioned films end to end, lexical scores, the first moment against
 * what people marked in the one film the sentence was written for. Half a minute.
 *
 * The numbers of the grouping were chosen on streams of even queries with seeds below 100 (`KINORA_BENCH_HALF=even` prints some
 * of those), and committed before the odd ones were run with them. There were three rounds, each chosen on the even ones
 * alone; R@0.5 even / odd: 34.8 / 31.8 (18084a5), 36.8 / 30.9 (b648335), 39.3 / 32.5 (156db3f, which stands).
 */
export const run = (
  half: Half = askedHalf(),
): Promise<{ readonly name: 'long-moments'; readonly rows: readonly LongRow[] }> => {
  const folder = benchmarkFolder(truthFile, captionFile)
  if (folder === null) return Promise.resolve({ name: 'long-moments', rows: [] })
  const index = captionIndex(folder)
  const queries = readQueries(folder)
  const sets: readonly Queries[] = half === 'odd' ? ['odd', 'all'] : ['even']
  return Promise.resolve({ name: 'long-moments', rows: sets.flatMap((of) => rowsOf(index, queries, of)) })
}
