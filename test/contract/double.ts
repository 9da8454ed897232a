import { createClient } from '../../src-preload/contract/client.ts'
import { createMemoryWires } from '../../src-preload/contract/memory-wire.ts'
import { fail } from '../../src-preload/contract/result.ts'
import type { Api, Client, EventName, EventPayload, Handlers } from '../../src-preload/contract/schema.ts'
import { createServer } from '../../src-preload/contract/server.ts'

/** A call that the double was asked, in order. */
export type DoubleCall = { readonly call: string; readonly arguments: unknown }

/**
 * A stand-in for the other side of `api`, derived from the same schema value: arguments are parsed as in real life,
 * a call without an answer says so, and every call is written down.
 */
export type Double<A extends Api> = {
  readonly client: Client<A>
  /** Answers these calls from now on. */
  readonly answer: (handlers: { readonly [G in keyof Handlers<A>]?: Partial<Handlers<A>[G]> }) => void
  readonly emit: <Name extends EventName<A>>(name: Name, payload: EventPayload<A, Name>) => void
  readonly asked: readonly DoubleCall[]
}

type Loose = Record<string, Record<string, (args: unknown, context: unknown) => unknown>>

/** Makes a double of `api` over an in-memory wire. */
export const createDouble = <A extends Api>(api: A): Double<A> => {
  const answers: Loose = {}
  const asked: DoubleCall[] = []
  const handlers = Object.fromEntries(
    Object.entries(api.calls).map(([group, calls]) => [
      group,
      Object.fromEntries(
        Object.keys(calls).map((name) => [
          name,
          (args: unknown, context: unknown): unknown => {
            asked.push({ call: `${group}.${name}`, arguments: args })
            const given = answers[group]?.[name]
            return given === undefined
              ? fail('unknown-call', `The double has no answer to ${group}.${name}.`)
              : given(args, context)
          },
        ]),
      ),
    ]),
  ) as unknown as Handlers<A>
  const [serverEnd, clientEnd] = createMemoryWires()
  const server = createServer(api, handlers, {
    onFault: ({ where, cause }) => {
      throw new Error(`the double failed in ${where}`, { cause })
    },
  })
  server.attach(serverEnd)
  return {
    client: createClient(api, clientEnd),
    answer: (given) => {
      for (const [group, calls] of Object.entries(given as Loose)) {
        answers[group] = { ...answers[group], ...calls }
      }
    },
    emit: server.emit,
    asked,
  }
}
