import * as v from 'valibot'
import { call, defineApi } from './schema.ts'

const model = v.strictObject({ id: v.string(), directory: v.string() })

/** One text's vector: L2-normalised, or all zeros where the model knows no word of it. */
export type EmbeddedText = { readonly vector: Uint8Array; readonly known: boolean }

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
    },
  },
  events: {},
})

export type EncoderApi = typeof encoderApi
