import { videoScore } from '../../src-main/domain/ranking.ts'
import { captionFile, captionIndex } from './caption-index.ts'
import { benchmarkFolder, curveSamples, readQueries, truthFile } from './qvhighlights.ts'

export type RankingRow = {
  readonly pooling: string
  readonly queries: number
  readonly videos: number
  /** Queries whose own film stands first, among the first 5, among the first 10; percent. */
  readonly r1: number
  readonly r5: number
  readonly r10: number
  /** What methods.md 2e measured: R@1, R@5, R@10. */
  readonly stated: string
}

type Pooling = (scores: Float64Array) => number

const poolings: readonly { readonly name: string; readonly stated: string; readonly pool: Pooling }[] = [
  {
    name: 'best frame',
    stated: '13.1 / 32.1 / 40.7',
    pool: (scores) => scores.reduce((a, b) => Math.max(a, b), 0),
  },
  {
    name: 'mean of all frames',
    stated: '8.8 / 23.0 / 31.9',
    pool: (scores) => scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length),
  },
  {
    name: 'Kinora (mean of the best 5)',
    stated: '18.0 / 39.9 / 47.2',
    pool: (scores) => videoScore(curveSamples(scores, scores.length * 2)) ?? 0,
  },
]

const share = (ranks: readonly number[], within: number): number =>
  Math.round((10_000 * ranks.filter((rank) => rank <= within).length) / Math.max(1, ranks.length)) / 100

/**
 * Which film does a person's sentence describe? 1,550 queries over 1,519 films by captions of their frames
 * (lexical scores: they compare ways of pooling, and say nothing of any image model). `every` takes each n-th query.
 */
export const run = (
  every = 1,
): Promise<{ readonly name: 'video-ranking'; readonly rows: readonly RankingRow[] }> => {
  const folder = benchmarkFolder(truthFile, captionFile)
  if (folder === null) return Promise.resolve({ name: 'video-ranking', rows: [] })
  const queries = readQueries(folder).filter((_, i) => i % every === 0)
  const { videos, score } = captionIndex(folder)
  const ranks = poolings.map(() => [] as number[])
  for (const query of queries) {
    const frames = score(query.text)
    const own = videos.findIndex((video) => video.id === query.video)
    for (const [p, { pool }] of poolings.entries()) {
      const scores = videos.map((video) => pool(frames.subarray(video.from, video.to)))
      const mine = scores[own] ?? -Infinity
      ranks[p]?.push(1 + scores.filter((other, i) => other > mine || (other === mine && i < own)).length)
    }
  }
  return Promise.resolve({
    name: 'video-ranking',
    rows: poolings.map(({ name, stated }, p) => ({
      pooling: name,
      queries: queries.length,
      videos: videos.length,
      r1: share(ranks[p] ?? [], 1),
      r5: share(ranks[p] ?? [], 5),
      r10: share(ranks[p] ?? [], 10),
      stated,
    })),
  })
}
