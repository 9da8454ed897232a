import * as v from 'valibot'
import { errorCodes } from './result.ts'

const id = v.pipe(v.number(), v.integer(), v.minValue(0))

const kinoraError = v.strictObject({
  code: v.picklist(errorCodes),
  message: v.string(),
  advice: v.string(),
})

/** Every message of every transport. `kind` tells which; a message of another shape closes the wire. */
export const wireMessage = v.variant('kind', [
  v.strictObject({
    kind: v.literal('call'),
    id,
    group: v.string(),
    name: v.string(),
    arguments: v.unknown(),
  }),
  v.strictObject({ kind: v.literal('cancel'), id }),
  v.strictObject({
    kind: v.literal('answer'),
    id,
    result: v.variant('ok', [
      v.strictObject({ ok: v.literal(true), value: v.optional(v.unknown()) }),
      v.strictObject({ ok: v.literal(false), error: kinoraError }),
    ]),
  }),
  v.strictObject({ kind: v.literal('event'), name: v.string(), payload: v.optional(v.unknown()) }),
])

export type WireMessage = v.InferOutput<typeof wireMessage>

/**
 * Two ends that exchange messages in order: what a transport has to be. `send` on a closed wire does nothing.
 * A message arrives as plain data (strings, numbers, arrays, Uint8Array); nobody has checked it yet.
 */
export type Wire = {
  readonly send: (message: WireMessage) => void
  readonly onMessage: (listener: (message: unknown) => void) => void
  readonly onClose: (listener: () => void) => void
  readonly close: () => void
}

/** The two lists of listeners that every transport needs: nothing that arrives is lost, close is told once. */
export const createWireListeners = (): {
  readonly onMessage: Wire['onMessage']
  readonly onClose: Wire['onClose']
  readonly deliver: (message: unknown) => void
  readonly closed: () => void
} => {
  const messages = new Set<(message: unknown) => void>()
  const closes = new Set<() => void>()
  let isClosed = false
  // What arrives before anybody listens (in the same packet as a handshake) waits for the first listener.
  let early: unknown[] | null = []
  return {
    onMessage: (listener) => {
      messages.add(listener)
      const waiting = early ?? []
      early = null
      for (const message of waiting) listener(message)
    },
    onClose: (listener) => {
      if (isClosed) listener()
      else closes.add(listener)
    },
    deliver: (message) => {
      early?.push(message)
      for (const listener of messages) listener(message)
    },
    closed: () => {
      if (isClosed) return
      isClosed = true
      for (const listener of closes) listener()
    },
  }
}
