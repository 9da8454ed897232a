import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import type { ScoreSamples } from '../../src-main/domain/score-samples.ts'
import { sharedFolder } from '../shared-folder.ts'
import type { Prediction } from './moment-evaluation.ts'

/** QVHighlights cuts its films into clips of 2 s. */
export const clipSeconds = 2

const windows = v.array(v.pipe(v.array(v.number()), v.minLength(2)))
const truthRow = v.object({
  qid: v.number(),
  query: v.string(),
  vid: v.string(),
  duration: v.number(),
  relevant_windows: windows,
})
const predictionRow = v.object({
  qid: v.number(),
  pred_relevant_windows: windows,
  pred_saliency_scores: v.array(v.number()),
})

export type Query = {
  readonly id: number
  readonly text: string
  readonly video: string
  readonly duration: number
  readonly truth: readonly Prediction[]
}

/** What a published file says of one query. */
export type Published = { readonly windows: readonly Prediction[]; readonly curve: readonly number[] }

const stretch = ([start = 0, end = 0, score = 0]: readonly number[]): Prediction => ({ start, end, score })

const lines = (file: string): readonly unknown[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): unknown => JSON.parse(line))

/** `shared/benchmarks`, or null and a loud line where a file that the benchmark needs is missing. */
export const benchmarkFolder = (...files: readonly string[]): string | null => {
  const shared = sharedFolder()
  if (shared === null) return null
  const folder = join(shared, 'benchmarks')
  const missing = files.filter((file) => !existsSync(join(folder, file)))
  if (missing.length === 0) return folder
  console.warn(`SKIPPED: ${folder} lacks ${missing.join(', ')}`)
  return null
}

export const truthFile = 'qvhighlights/highlight_val_release.jsonl'

/** The 1,550 queries of the validation split, in the file's order. */
export const readQueries = (folder: string): readonly Query[] =>
  lines(join(folder, truthFile))
    .map((line) => v.parse(truthRow, line))
    .map((row) => ({
      id: row.qid,
      text: row.query,
      video: row.vid,
      duration: row.duration,
      truth: row.relevant_windows.map(stretch),
    }))

/** A published prediction file by query id. */
export const readPublished = (folder: string, file: string): ReadonlyMap<number, Published> =>
  new Map(
    lines(join(folder, file))
      .map((line) => v.parse(predictionRow, line))
      .map((row) => [
        row.qid,
        { windows: row.pred_relevant_windows.map(stretch), curve: row.pred_saliency_scores },
      ]),
  )

/** A curve of one score every 2 s as samples of a film of that length. */
export const curveSamples = (curve: ArrayLike<number>, duration: number): ScoreSamples => ({
  times: Float64Array.from(curve, (_, i) => i * clipSeconds),
  scores: Float32Array.from(curve),
  duration,
})
