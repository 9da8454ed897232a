import * as v from 'valibot'
import { callsOf, createEventListeners } from './client-parts.ts'
import type { Invoke } from './client-parts.ts'
import { fail } from './result.ts'
import type { Failure, Result } from './result.ts'
import type { Api, Client } from './schema.ts'
import { wireMessage } from './wire.ts'
import type { Wire } from './wire.ts'

const disconnected = (): Failure =>
  fail('disconnected', 'The library service is gone.', 'Try again; Kinora starts it anew.')

/**
 * The caller's end of `api` over `wire`. Arguments travel as given and are parsed by the server; a call whose
 * signal aborts answers `cancelled`, one whose wire closes `disconnected`. No call ever rejects.
 */
export const createClient = <A extends Api>(api: A, wire: Wire): Client<A> => {
  let nextId = 0
  let isClosed = false
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  const listeners = createEventListeners<A>()
  const closed = Promise.withResolvers<undefined>()

  wire.onMessage((raw) => {
    const parsed = v.safeParse(wireMessage, raw)
    if (!parsed.success) return
    const message = parsed.output
    if (message.kind === 'answer') {
      const { result } = message
      waiting.get(message.id)?.(result.ok ? { ok: true, value: result.value } : result)
    }
    if (message.kind === 'event') listeners.tell(message.name, message.payload)
  })
  wire.onClose(() => {
    isClosed = true
    for (const settle of waiting.values()) settle(disconnected())
    closed.resolve(undefined)
  })

  const invoke: Invoke = (group, name, args, options) => {
    const signal = options?.signal
    if (isClosed) return Promise.resolve(disconnected())
    if (signal?.aborted === true) return Promise.resolve(fail('cancelled', 'Cancelled.'))
    const id = nextId++
    const { promise, resolve } = Promise.withResolvers<Result<unknown>>()
    const cancel = (): void => {
      wire.send({ kind: 'cancel', id })
      settle(fail('cancelled', 'Cancelled.'))
    }
    const settle = (result: Result<unknown>): void => {
      waiting.delete(id)
      signal?.removeEventListener('abort', cancel)
      resolve(result)
    }
    waiting.set(id, settle)
    signal?.addEventListener('abort', cancel)
    wire.send({ kind: 'call', id, group, name, arguments: args })
    return promise
  }

  return {
    call: callsOf(api, invoke),
    on: listeners.on,
    closed: closed.promise,
    close: () => wire.close(),
  }
}
