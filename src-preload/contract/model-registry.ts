import * as v from 'valibot'

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, '64 hex digits'))
const bytes = v.pipe(v.number(), v.integer(), v.minValue(1))
const repository = v.pipe(v.string(), v.regex(/^[\w.-]+\/[\w.-]+$/, 'owner/name'))
/** A commit; null is "main", made a commit when it is downloaded. */
const revision = v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/, '40 hex digits')))
/** A path inside a repository: no way up, no absolute one. */
const path = v.pipe(
  v.string(),
  v.regex(/^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[\w.-]+(?:\/[\w.-]+)*$/, 'a plain path'),
)
const three = v.pipe(v.array(v.number()), v.length(3))
const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096))
const inTwoLanguages = v.object({
  en: v.pipe(v.string(), v.minLength(1)),
  de: v.pipe(v.string(), v.minLength(1)),
})

/** `bytes` and `sha256` null, or named in the entry's `unverified`: the hub's metadata says them at download. */
const source = { path, bytes: v.nullable(bytes), sha256: v.nullable(sha256) }

const file = v.object({
  role: v.picklist(['image', 'text', 'text-projection', 'tokenizer', 'shots']),
  ...source,
  /** Where the file does not lie in the entry's own repository. */
  repository: v.optional(repository),
  revision: v.optional(revision),
  /** The full-precision file to take when this quantised one fails its parity gate. */
  bigger: v.optional(v.object(source)),
})

const common = {
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'lower-case letters, digits, dot, dash')),
  name: v.pipe(v.string(), v.minLength(1)),
  tier: v.picklist(['lite', 'standard', 'quality', 'video', 'multilingual', 'shots']),
  repository,
  revision,
  files: v.pipe(v.array(file), v.minLength(1)),
  /** Of the weights. Only what may be used for money: what may not, a person brings (methods.md 0, 10). */
  licence: v.object({
    id: v.picklist(['MIT', 'Apache-2.0']),
    commercialUse: v.literal(true),
    words: inTwoLanguages,
  }),
  /** Megabytes on disk; time for a picture, CLIP ViT-B/32 in fp32 on the same machine being 1. */
  cost: v.object({ megabytes: v.number(), relativeTime: v.number() }),
  goodAt: inTwoLanguages,
  /** Values that nobody has seen twice, as `files.0.bytes` or `logitScale`: checked at download where they can be. */
  unverified: v.array(v.string()),
}

/** Two towers of one space. */
const pair = v.object({
  ...common,
  kind: v.literal('pair'),
  family: v.picklist(['clip', 'siglip']),
  dimensions: size,
  /** The entry whose picture vectors this one's texts fit: its pictures need not be embedded again. */
  sharesImageWith: v.optional(v.string()),
  image: v.object({
    width: size,
    height: size,
    resize: v.picklist(['shortest-side-then-centre-crop', 'stretch']),
    interpolation: v.picklist(['bicubic', 'bilinear', 'area']),
    mean: three,
    std: three,
    /** What is expected; the graph itself decides. */
    fixedBatch: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
    inputs: v.array(v.string()),
    outputs: v.array(v.string()),
  }),
  text: v.object({
    contextLength: v.pipe(v.number(), v.integer(), v.minValue(1)),
    padId: v.pipe(v.number(), v.integer(), v.minValue(0)),
    lowercase: v.boolean(),
    inputs: v.array(v.string()),
    masks: v.array(v.string()),
    outputs: v.array(v.string()),
  }),
  logitScale: v.number(),
  logitBias: v.number(),
  promptTemplates: v.pipe(v.array(v.pipe(v.string(), v.includes('{}'))), v.minLength(1)),
  /** Languages that it was trained for: BCP 47, or `mul` for many. */
  languages: v.pipe(v.array(v.string()), v.minLength(1)),
})

/** A detector of cuts. */
const shots = v.object({
  ...common,
  kind: v.literal('shots'),
  /** Names by preference; the output is that of single frames. `logits`: the sigmoid is not in the graph. */
  shots: v.object({ inputs: v.array(v.string()), outputs: v.array(v.string()), logits: v.boolean() }),
})

/** One model that Kinora offers to download. */
export const registryEntry = v.variant('kind', [pair, shots])

/** `resources/models/registry.json`: what may be downloaded, and the only hosts that are ever contacted for it. */
export const modelRegistry = v.object({
  registryVersion: v.literal(1),
  /** Such as `https://huggingface.co`; a mirror takes its place. */
  hub: v.pipe(v.string(), v.url()),
  /** Host names; `*` stands for any letters, digits, dashes and dots. */
  hosts: v.pipe(v.array(v.string()), v.minLength(1)),
  models: v.array(registryEntry),
})

export type ModelRegistry = v.InferOutput<typeof modelRegistry>
export type RegistryEntry = v.InferOutput<typeof registryEntry>
export type RegistryPair = v.InferOutput<typeof pair>
export type RegistryShots = v.InferOutput<typeof shots>
export type RegistryFile = v.InferOutput<typeof file>
