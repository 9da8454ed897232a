import * as v from 'valibot'
import { fail } from './result.ts'
import type { Failure, Result } from './result.ts'
import type { Api, CallOptions, Client } from './schema.ts'
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
  const listeners = new Map<string, Set<(payload: unknown) => void>>()
  const closed = Promise.withResolvers<undefined>()

  wire.onMessage((raw) => {
    const parsed = v.safeParse(wireMessage, raw)
    if (!parsed.success) return
    const message = parsed.output
    if (message.kind === 'answer') {
      const { result } = message
      waiting.get(message.id)?.(result.ok ? { ok: true, value: result.value } : result)
    }
    if (message.kind === 'event') {
      for (const listener of listeners.get(message.name) ?? []) listener(message.payload)
    }
  })
  wire.onClose(() => {
    isClosed = true
    for (const settle of waiting.values()) settle(disconnected())
    closed.resolve(undefined)
  })

  const invoke = (
    group: string,
    name: string,
    args: unknown,
    options?: CallOptions,
  ): Promise<Result<unknown>> => {
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

  const call = Object.fromEntries(
    Object.entries(api.calls).map(([group, calls]) => [
      group,
      Object.fromEntries(
        Object.keys(calls).map((name) => [
          name,
          (args: unknown, options?: CallOptions) => invoke(group, name, args, options),
        ]),
      ),
    ]),
  ) as Client<A>['call']

  return {
    call,
    on: (name, listener) => {
      const all = listeners.get(name) ?? new Set()
      listeners.set(name, all)
      const entry = listener as (payload: unknown) => void
      all.add(entry)
      return () => void all.delete(entry)
    },
    closed: closed.promise,
    close: () => wire.close(),
  }
}
