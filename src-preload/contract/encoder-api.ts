import * as v from 'valibot'
import { call, defineApi } from './schema.ts'

const model = v.strictObject({ id: v.string(), directory: v.string() })

/** One text's vector: L2-normalised, or all zeros where the model knows no word of it. */
export type EmbeddedText = { readonly vector: Uint8Array; readonly known: boolean }

/** An input or output as a graph declares it; a free dimension is a name. */
export type GraphPort = {
  readonly name: string
  readonly type: string
  readonly shape: readonly (number | string)[]
}

/** What the encoder serves to the catalog. Vectors travel as float32 little-endian bytes. */
export const encoderApi = defineApi({
  calls: {
    embed: {
      texts: call(v.strictObject({ model, texts: v.pipe(v.array(v.string()), v.maxLength(256)) })).returns<
        readonly EmbeddedText[]
      >(),
      /** Pictures as rgb24 rows of the model's own input size. */
      pictures: call(
        v.strictObject({
          model,
          pictures: v.pipe(
            v.array(v.custom<Uint8Array>((value) => value instanceof Uint8Array, 'bytes')),
            v.maxLength(64),
          ),
        }),
      ).returns<readonly Uint8Array[]>(),
    },
    models: {
      /** Loads the pair and embeds a picture and a word: does it compute? Milliseconds for each. */
      check: call(v.strictObject({ model })).returns<{
        readonly provider: string
        readonly textMilliseconds: number
        readonly imageMilliseconds: number
      }>(),
      /** What the .onnx file at a path takes and gives; of a downloaded model that has no model.json yet. Blocks for seconds. */
      ports: call(v.strictObject({ path: v.string() })).returns<{
        readonly inputs: readonly GraphPort[]
        readonly outputs: readonly GraphPort[]
      }>(),
    },
  },
  events: {},
})

export type EncoderApi = typeof encoderApi
