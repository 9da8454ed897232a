import * as v from 'valibot'

/** `model.json` of a shot model (TransNetV2 and what has its shape). docs/shot-model.md explains each key. */
export const shotModelManifest = v.object({
  manifestVersion: v.literal(1),
  kind: v.literal('shots'),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'lower-case letters, digits, dot, dash')),
  name: v.pipe(v.string(), v.minLength(1)),
  licence: v.object({ id: v.string(), commercialUse: v.boolean() }),
  file: v.pipe(v.string(), v.regex(/^[\w.-]+$/, 'a plain file name')),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, '64 hex digits')),
  input: v.string(),
  output: v.string(),
  /** True: the output is before the sigmoid. */
  logits: v.boolean(),
})

export type ShotModelManifest = v.InferOutput<typeof shotModelManifest>
