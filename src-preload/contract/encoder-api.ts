import * as v from 'valibot'
import { pathRef, videoFacts } from './arguments.ts'
import { call, defineApi } from './schema.ts'
import { wideModes } from './wide-pictures.ts'

const model = v.strictObject({ id: v.string(), directory: v.string() })
/** The ffmpeg to use, or null: the one that is found. */
const ffmpegPath = v.nullable(v.string())
const pixels = v.pipe(v.number(), v.integer(), v.minValue(1))

/**
 * One text's vector: L2-normalised, or all zeros where the model knows no word of it. `clauses`: a vector for each part
 * of a text that is longer than the model can read at once; empty for all others.
 */
export type EmbeddedText = {
  readonly vector: Uint8Array
  readonly known: boolean
  readonly clauses: readonly Uint8Array[]
}

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
      /** Loads what texts need, and keeps it as long as after a text. Errors: those of the model. */
      ready: call(v.strictObject({ model })).returns<null>(),
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
      /**
       * A frame of a film (`film`), or a picture file: the vectors that may stand for it, the model's own view first.
       * `size`: as displayed. `wide`: how the library's frames are seen. Errors: no-frames, those of ffmpeg and of the model.
       */
      still: call(
        v.strictObject({
          model,
          ffmpegPath,
          path: pathRef,
          film: v.nullable(v.strictObject({ facts: videoFacts, at: v.number() })),
          size: v.strictObject({ width: pixels, height: pixels }),
          wide: v.optional(v.picklist(wideModes), 'crop'),
        }),
      ).returns<readonly Uint8Array[]>(),
    },
    pictures: {
      /** Makes a person's picture a small JPEG in `folder`, named `ID.jpg`. Errors: not-a-picture, disk-full, unreadable-folder. */
      prepare: call(v.strictObject({ ffmpegPath, path: v.string(), folder: v.string() })).returns<{
        readonly id: string
        readonly width: number
        readonly height: number
      }>(),
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
