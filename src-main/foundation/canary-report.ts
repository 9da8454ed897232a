import * as v from 'valibot'

const provider = v.picklist(['cpu', 'webgpu', 'cuda', 'dml', 'coreml'])
const amount = v.pipe(v.number(), v.minValue(0))
const share = v.pipe(v.number(), v.minValue(-1), v.maxValue(1.001))

/** What a canary process is asked, its one argument as JSON. */
export const canaryRequest = v.variant('kind', [
  v.strictObject({
    kind: v.literal('provider'),
    directory: v.string(),
    provider,
    threads: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** Pictures to compare at most, 2 to 64. */
    most: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(64)),
  }),
  v.strictObject({
    kind: v.literal('parity'),
    directory: v.string(),
    threads: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** Where the full-precision towers are: a model folder, or .onnx files with the same names inside; null: not at hand. */
    fullFolder: v.nullable(v.string()),
    fullImage: v.nullable(v.string()),
    fullText: v.nullable(v.string()),
  }),
])
export type CanaryRequest = v.InferOutput<typeof canaryRequest>

/** A provider beside the CPU, with a model's own towers. */
export const providerReport = v.strictObject({
  kind: v.literal('provider'),
  provider,
  passed: v.boolean(),
  /** Why it did not pass, a clause for people; '' where it did. */
  why: v.string(),
  /** It never began: no device, no library. Then nothing is wrong with it, it is only not there. */
  absent: v.boolean(),
  /** Pictures and texts that were compared; few pictures on a slow provider. */
  pictures: amount,
  texts: amount,
  meanCosine: share,
  leastCosine: share,
  /** Share of the operators that the CPU did after all; null where that was not measured. */
  onCpu: v.nullable(share),
  batch: amount,
  picturesPerSecond: amount,
  /** The CPU in the same process, for a fair comparison. */
  cpuBatch: amount,
  cpuPicturesPerSecond: amount,
  seconds: amount,
})
export type ProviderReport = v.InferOutput<typeof providerReport>

/** A quantised pair beside the full one. */
export const parityReport = v.strictObject({
  kind: v.literal('parity'),
  state: v.picklist(['passed', 'failed', 'unverified']),
  why: v.string(),
  /** Compared; 0: that half was not. */
  pictures: amount,
  texts: amount,
  pictureCosine: v.nullable(share),
  pictureNeighbours: v.nullable(share),
  textCosine: v.nullable(share),
  textNeighbours: v.nullable(share),
  bestPicture: v.nullable(share),
})
export type ParityReport = v.InferOutput<typeof parityReport>

const refused = v.strictObject({ kind: v.literal('refused'), code: v.string(), message: v.string() })
/** What a canary process says. */
export const canaryAnswer = v.variant('kind', [providerReport, parityReport, refused])

/** A report of nothing, to be filled in. */
export const noReport: Omit<ProviderReport, 'provider'> = {
  kind: 'provider',
  passed: false,
  why: '',
  absent: false,
  pictures: 0,
  texts: 0,
  meanCosine: 0,
  leastCosine: 0,
  onCpu: null,
  batch: 1,
  picturesPerSecond: 0,
  cpuBatch: 1,
  cpuPicturesPerSecond: 0,
  seconds: 0,
}
