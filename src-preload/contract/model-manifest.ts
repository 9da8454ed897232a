import * as v from 'valibot'

const fileEntry = {
  file: v.pipe(v.string(), v.regex(/^[\w.-]+$/, 'a plain file name')),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, '64 hex digits')),
}
const three = v.pipe(v.array(v.number()), v.length(3))
const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096))

/** `model.json`: a pair of encoders with one embedding space. docs/model-format.md explains each key. */
export const modelManifest = v.object({
  manifestVersion: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'lower-case letters, digits, dot, dash')),
  name: v.pipe(v.string(), v.minLength(1)),
  family: v.picklist(['clip', 'siglip']),
  licence: v.object({ id: v.string(), commercialUse: v.boolean() }),
  dimensions: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)),
  image: v.object({
    ...fileEntry,
    input: v.string(),
    output: v.string(),
    width: size,
    height: size,
    resize: v.picklist(['shortest-side-then-centre-crop', 'stretch']),
    interpolation: v.picklist(['bicubic', 'bilinear', 'area']),
    mean: three,
    std: three,
    fixedBatch: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  }),
  text: v.object({
    ...fileEntry,
    input: v.string(),
    attentionMask: v.nullable(v.string()),
    output: v.string(),
    contextLength: v.pipe(v.number(), v.integer(), v.minValue(1)),
    padId: v.pipe(v.number(), v.integer(), v.minValue(0)),
    lowercase: v.boolean(),
  }),
  tokenizer: v.object(fileEntry),
  logitScale: v.number(),
  logitBias: v.number(),
  promptTemplates: v.pipe(v.array(v.pipe(v.string(), v.includes('{}'))), v.minLength(1)),
  /** Cosines from which a match is weak or good; without them the family's defaults hold. */
  thresholds: v.optional(v.object({ weak: v.number(), good: v.number() })),
  /** Median of 1 - cosine between a frame and its nearest neighbour in another scene; without it the family's holds. */
  medianNearest: v.optional(v.pipe(v.number(), v.minValue(0.01), v.maxValue(1))),
  /** One honest sentence on what the model can and cannot see. */
  description: v.optional(v.string()),
  /** Where a downloaded model comes from: the hub's repository and the commit of it. */
  source: v.optional(v.object({ repository: v.string(), revision: v.string() })),
  /** Languages of the text half: BCP 47, or `mul` for very many. */
  languages: v.optional(v.array(v.string())),
  /** The id of another model with the same picture half: its vectors fit this one's texts. */
  sharesImageWith: v.optional(v.string()),
})

export type ModelManifest = v.InferOutput<typeof modelManifest>
