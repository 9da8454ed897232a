import { groupShort } from '../../src-main/domain/moment-grouping.ts'
import { momentsOf } from '../../src-main/domain/moments.ts'
import { gridOf } from '../../src-main/domain/score-grid.ts'
import { heldSamples, type ScoreSamples } from '../../src-main/domain/score-samples.ts'
import { evaluateMoments, type MomentFigures, type Prediction } from './moment-evaluation.ts'
import { benchmarkFolder, curveSamples, readPublished, readQueries, truthFile } from './qvhighlights.ts'

export type MomentRow = MomentFigures & {
  readonly what: string
  /** `all`, or the odd query ids, on which nothing was ever tuned. */
  readonly half: 'all' | 'odd'
  /** What methods.md (4.3, 2d) states: R1@0.5, R1@0.7, mAP; its odd half had 775 queries, the odd ids are 771. */
  readonly stated: string
}

const detrFile = 'qvhighlights/moment_detr_val_predictions.jsonl'
const vtgFile = 'vtg-gpt/vtg_val.jsonl'

type Grouping = (samples: ScoreSamples) => readonly Prediction[]

/** Kinora's own, in its own order: what stands out most first. */
const ours: Grouping = (samples) =>
  momentsOf(samples).map(({ start, end, strength }) => ({ start, end, score: strength }))

/** The same moments ordered by the score that ranks between films: why `rankMoments` keeps a film's own order. */
const byScore: Grouping = (samples) =>
  momentsOf(samples)
    .map(({ start, end, score }) => ({ start, end, score }))
    .toSorted((a, b) => b.score - a.score)

const fixedSigma: Grouping = (samples) => {
  const grid = gridOf(heldSamples(samples))
  return groupShort(grid, 10, 1).map(({ start, end, strength }) => ({
    start: start * grid.step,
    end: end * grid.step,
    score: strength,
  }))
}

const wholeFilm: Grouping = ({ duration }) => [{ start: 0, end: duration, score: 1 }]

/**
 * QVHighlights val (1,550 queries): first the published files must give the published figures, then Kinora's
 * grouping of the same score curves. `kinora bench moments`; no rows without the shared folder. About 10 s.
 */
export const run = (): Promise<{ readonly name: 'moments'; readonly rows: readonly MomentRow[] }> => {
  const folder = benchmarkFolder(truthFile, detrFile, vtgFile)
  if (folder === null) return Promise.resolve({ name: 'moments', rows: [] })
  const queries = readQueries(folder)
  const odd = queries.filter((query) => query.id % 2 === 1)
  const detr = readPublished(folder, detrFile)
  const vtg = readPublished(folder, vtgFile)
  const half = { all: queries, odd } as const

  const stored = (file: typeof vtg, what: string, of: 'all' | 'odd', stated: string): MomentRow => {
    const judged = half[of].map(({ id, truth }) => ({ truth, predictions: file.get(id)?.windows ?? [] }))
    return { what, half: of, stated, ...evaluateMoments(judged) }
  }
  const grouped = (file: typeof vtg, what: string, grouping: Grouping, stated: string): MomentRow => {
    const judged = odd.map(({ id, truth, duration }) => ({
      truth,
      predictions: grouping(curveSamples(file.get(id)?.curve ?? [], duration)),
    }))
    return { what, half: 'odd', stated, ...evaluateMoments(judged) }
  }

  return Promise.resolve({
    name: 'moments',
    rows: [
      stored(detr, 'anchor: Moment-DETR, its own windows', 'all', '53.94 / 34.84 / 32.20'),
      stored(vtg, 'anchor: VTG-GPT, its own windows', 'all', '59.03 / 38.90 / 35.57'),
      stored(vtg, 'VTG-GPT, its own windows', 'odd', '58.2 / 39.2 / 36.3'),
      grouped(vtg, 'Kinora on the zero-shot curves', ours, '57.9 / 39.9 / 37.9'),
      grouped(vtg, 'the same, ordered by score', byScore, '-'),
      grouped(vtg, 'the same, smoothing fixed at 2 s', fixedSigma, '58.6 / 41.9 / 39.1'),
      stored(detr, 'Moment-DETR, its own windows', 'odd', '54.8 / 34.2 / 32.3'),
      grouped(detr, 'Kinora on the Moment-DETR curves', ours, '47.6 / 31.0 / 32.1'),
      grouped(vtg, 'the whole film', wholeFilm, '9.0 / 6.1 / 5.6'),
    ],
  })
}
