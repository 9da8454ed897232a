import * as v from 'valibot'
import type { VideoFacts } from './video-facts.ts'

/** Cards a question; an answer has as many films as that at most. */
export const mostCards = 200

/** Parsers of arguments that more than one contract takes. */
export const none = v.strictObject({})

export const query = v.pipe(v.string(), v.maxLength(20_000))

export const modelId = v.pipe(v.string(), v.minLength(1), v.maxLength(64))

/** A name that a person gives: of a collection, of a tag. */
export const collectionName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))
export const tagNames = v.pipe(
  v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100))),
  v.minLength(1),
  v.maxLength(100),
)

/** What a person has typed of a value so far. */
export const valuePrefix = v.optional(v.pipe(v.string(), v.maxLength(200)), '')

/** Ids of videos whose cards are asked for at once. */
export const cardIds = (id: v.GenericSchema<string>): v.GenericSchema<readonly string[]> =>
  v.pipe(v.array(id), v.minLength(1), v.maxLength(mostCards))

/** Seconds from the film's own start. */
export const second = v.pipe(v.number(), v.minValue(0))

export const stars = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5))

export const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array, 'bytes')

/** The bytes of a file, at least one and at most `most`. */
export const fileBytes = (most: number): v.GenericSchema<Uint8Array> =>
  v.pipe(
    bytes,
    v.check(({ byteLength }) => byteLength > 0 && byteLength <= most, `1 to ${most} bytes`),
  )

export const fileName = v.pipe(v.string(), v.maxLength(255))

/** Where a file lies, for engines: no page ever sends one. */
export const pathRef = v.strictObject({ path: v.string(), bytes: v.nullable(bytes) })

/** What one of our own engines knows of a film; looked at only where a wrong value would do harm. */
export const videoFacts = v.pipe(
  v.looseObject({ duration: v.number(), width: v.number(), height: v.number(), codec: v.string() }),
  v.transform((value) => value as unknown as VideoFacts),
)
