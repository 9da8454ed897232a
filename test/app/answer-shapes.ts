import * as v from 'valibot'
import { errorCodes } from '../../src-preload/contract/result.ts'
import { stageNames } from '../../src-preload/contract/stage-names.ts'

/** The documents that `--json` promises (cli.md). Loose: keys may be added, never changed. */
const stage = v.picklist(stageNames)
const path = v.pipe(
  v.string(),
  v.check((text) => text.startsWith('/') || /^[A-Z]:\\/.test(text), 'absolute'),
)
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const seconds = v.pipe(v.number(), v.minValue(0))
const part = v.pipe(v.number(), v.minValue(0), v.maxValue(1))
const date = v.pipe(v.string(), v.isoTimestamp())

export const failureShape = v.looseObject({
  error: v.looseObject({ code: v.picklist(errorCodes), message: v.string(), advice: v.string() }),
})

export const foldersShape = v.looseObject({
  folders: v.array(v.looseObject({ path, videos: count, online: v.boolean() })),
})

export const indexShape = v.looseObject({
  videos: count,
  indexed: count,
  problems: count,
  seconds,
  videoSeconds: seconds,
  framesEmbedded: count,
  picturesEmbedded: count,
  decodedSeconds: seconds,
  decodeSeconds: seconds,
  embedSeconds: seconds,
  waitSeconds: seconds,
  runsOn: v.nullable(v.looseObject({ decoder: v.string(), encoder: v.string() })),
  stages: v.record(stage, v.looseObject({ done: count, failed: count, seconds })),
})

export const listShape = v.looseObject({
  videos: v.array(
    v.looseObject({
      id: v.string(),
      path,
      paths: v.array(path),
      online: v.boolean(),
      duration: seconds,
      start: v.number(),
      width: count,
      height: count,
      codec: v.string(),
      rotation: v.picklist([0, 90, 180, 270]),
      hdr: v.nullable(v.picklist(['pq', 'hlg'])),
      created: date,
      tags: v.array(v.string()),
      rating: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(5))),
      state: stage,
    }),
  ),
})

export const searchShape = v.looseObject({
  query: v.string(),
  model: v.string(),
  parsed: v.looseObject({
    terms: v.array(v.looseObject({})),
    filters: v.array(v.looseObject({})),
    errors: v.array(
      v.looseObject({ start: count, end: count, message: v.string(), suggestion: v.nullable(v.string()) }),
    ),
  }),
  verdict: v.picklist(['good', 'weak', 'none']),
  coverage: part,
  moments: v.array(
    v.looseObject({
      videoId: v.string(),
      path,
      start: seconds,
      end: seconds,
      peak: seconds,
      score: part,
      confidence: part,
      reasons: v.array(v.looseObject({ kind: v.string(), text: v.string() })),
      chapter: v.nullable(v.string()),
    }),
  ),
})

export const shotsShape = v.looseObject({
  shots: v.array(
    v.looseObject({
      start: seconds,
      end: seconds,
      transition: v.picklist(['start', 'cut', 'dissolve', 'fade']),
      motion: part,
      direction: v.nullable(v.picklist(['left', 'right', 'up', 'down'])),
      flags: v.array(v.picklist(['still', 'black', 'blurred', 'text-slide'])),
    }),
  ),
})

export const problemsShape = v.looseObject({
  problems: v.array(
    v.looseObject({
      path,
      stage,
      code: v.picklist(errorCodes),
      message: v.string(),
      advice: v.string(),
      tries: v.pipe(count, v.minValue(1)),
    }),
  ),
})

export const modelsShape = v.looseObject({
  models: v.array(
    v.looseObject({
      id: v.string(),
      name: v.string(),
      licence: v.string(),
      state: v.picklist(['ready', 'available', 'downloading', 'broken']),
      current: v.boolean(),
      next: v.boolean(),
      kind: v.picklist(['pair', 'shots']),
      licenceWords: v.nullable(v.looseObject({ en: v.string(), de: v.string() })),
      commercialUse: v.boolean(),
      coverage: part,
      cost: v.nullable(
        v.looseObject({ films: count, seconds: v.nullable(seconds), measured: v.boolean(), bytes: count }),
      ),
      parity: v.nullable(v.picklist(['passed', 'failed', 'unverified'])),
      download: v.nullable(v.looseObject({ bytes: count, total: count })),
      downloadError: v.nullable(v.looseObject({ code: v.picklist(errorCodes), message: v.string() })),
      bytes: count,
      dimensions: count,
    }),
  ),
})

export const doctorShape = v.looseObject({
  checks: v.array(
    v.looseObject({ name: v.string(), ok: v.boolean(), detail: v.string(), advice: v.string() }),
  ),
})

export type FoldersAnswer = v.InferOutput<typeof foldersShape>
export type IndexAnswer = v.InferOutput<typeof indexShape>
export type ListAnswer = v.InferOutput<typeof listShape>
export type SearchAnswer = v.InferOutput<typeof searchShape>
export type ShotsAnswer = v.InferOutput<typeof shotsShape>
export type ProblemsAnswer = v.InferOutput<typeof problemsShape>
export type ModelsAnswer = v.InferOutput<typeof modelsShape>
export type DoctorAnswer = v.InferOutput<typeof doctorShape>
