import { decode, encode } from '@msgpack/msgpack'
import { isSoundMessage } from './sound-message.ts'
import type { WireMessage } from './wire.ts'

/** Largest message over a byte transport: a film's vectors are about 0.5 MB, a long list of videos some MB. */
export const maximumMessageBytes = 64 * 1024 * 1024

/** A message as MessagePack bytes; `undefined` fields are left out, byte arrays stay byte arrays. */
export const encodeMessage = (message: WireMessage): Uint8Array => encode(message, { ignoreUndefined: true })

/** The plain data in `bytes`, or undefined where they are no MessagePack. Typed arrays come out as Uint8Array. */
export const decodeMessage = (bytes: Uint8Array): unknown => {
  // The decoder would allocate whatever length a list claims: 100 bytes can ask for gigabytes.
  if (!isSoundMessage(bytes)) return undefined
  try {
    return decode(bytes)
  } catch {
    // Not an error of ours: the caller sees a message of no known shape and closes the wire.
    return undefined
  }
}
