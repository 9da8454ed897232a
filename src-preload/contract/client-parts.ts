import type { Result } from './result.ts'
import type { Api, CallOptions, Client, EventName, EventPayload } from './schema.ts'

/** How a client of any kind gets one call done. */
export type Invoke = (
  group: string,
  name: string,
  args: unknown,
  options?: CallOptions,
) => Promise<Result<unknown>>

/** The `call` tree of a client: a function for each call of `api`, all of them done by `invoke`. */
export const callsOf = <A extends Api>(api: A, invoke: Invoke): Client<A>['call'] =>
  Object.fromEntries(
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

/** Who listens for which event of an API. */
export type EventListeners<A extends Api> = {
  readonly on: <Name extends EventName<A>>(
    name: Name,
    listener: (payload: EventPayload<A, Name>) => void,
  ) => () => void
  /** Tells everybody who listens for `name`; a name that nobody knows is nobody's. */
  readonly tell: (name: string, payload: unknown) => void
}

/** An empty set of listeners. */
export const createEventListeners = <A extends Api>(): EventListeners<A> => {
  const listeners = new Map<string, Set<(payload: unknown) => void>>()
  return {
    on: (name, listener) => {
      const all = listeners.get(name) ?? new Set()
      listeners.set(name, all)
      const entry = listener as (payload: unknown) => void
      all.add(entry)
      return () => void all.delete(entry)
    },
    tell: (name, payload) => {
      for (const listener of listeners.get(name) ?? []) listener(payload)
    },
  }
}
