import type { GenericSchema, InferInput, InferOutput } from 'valibot'
import type { Result } from './result.ts'

declare const answer: unique symbol

/** One call: the parser of its arguments, and the type of its answer (a phantom: the server is typed by it). */
export type Call<Arguments extends GenericSchema, Answer> = {
  readonly arguments: Arguments
  readonly [answer]?: Answer
}

/** One event: its payload's type. Events tell what has changed; nobody's control flow may depend on one. */
export type Event<Payload> = { readonly [answer]?: Payload }

type AnyCall = Call<GenericSchema, unknown>

/** A whole contract as a value: from it server, client and test double are derived. */
export type Api = {
  readonly calls: Readonly<Record<string, Readonly<Record<string, AnyCall>>>>
  readonly events: Readonly<Record<string, Event<unknown>>>
}

/** Declares a call: `call(v.strictObject({…})).returns<Answer>()`. */
export const call = <Arguments extends GenericSchema>(
  parser: Arguments,
): { readonly returns: <Answer>() => Call<Arguments, Answer> } => ({
  returns: () => ({ arguments: parser }),
})

/** Declares an event with its payload's type. */
export const event = <Payload>(): Event<Payload> => ({})

/** Keeps the literal types of an `Api` value. */
export const defineApi = <A extends Api>(api: A): A => api

export type CallOptions = { readonly signal?: AbortSignal }

type ClientCall<C> =
  C extends Call<infer Arguments, infer Answer>
    ? (args: InferInput<Arguments>, options?: CallOptions) => Promise<Result<Answer>>
    : never

export type EventPayload<A extends Api, Name extends keyof A['events']> =
  A['events'][Name] extends Event<infer Payload> ? Payload : never

export type EventName<A extends Api> = keyof A['events'] & string

/** What a caller holds: a function for each call, and a way to listen. */
export type Client<A extends Api> = {
  readonly call: {
    readonly [Group in keyof A['calls']]: {
      readonly [Name in keyof A['calls'][Group]]: ClientCall<A['calls'][Group][Name]>
    }
  }
  /** Listens for an event; the returned function stops listening. */
  readonly on: <Name extends EventName<A>>(
    name: Name,
    listener: (payload: EventPayload<A, Name>) => void,
  ) => () => void
  /** Settles when the other side is gone. */
  readonly closed: Promise<void>
  readonly close: () => void
}

/** What a handler knows of its caller. */
export type CallContext = {
  /** Aborted when the caller cancels or is gone. */
  readonly signal: AbortSignal
  /** A number for each connection, for as long as it lives. */
  readonly caller: number
}

type Handler<C> =
  C extends Call<infer Arguments, infer Answer>
    ? (args: InferOutput<Arguments>, context: CallContext) => Result<Answer> | Promise<Result<Answer>>
    : never

/** What a server must have: a handler for each call. */
export type Handlers<A extends Api> = {
  readonly [Group in keyof A['calls']]: {
    readonly [Name in keyof A['calls'][Group]]: Handler<A['calls'][Group][Name]>
  }
}
