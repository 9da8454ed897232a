import * as v from 'valibot'
import { fail } from './result.ts'
import type { Result } from './result.ts'
import type { Api, CallContext, EventName, EventPayload, Handlers } from './schema.ts'
import { wireMessage } from './wire.ts'
import type { Wire } from './wire.ts'

type AnyHandler = (args: unknown, context: CallContext) => Result<unknown> | Promise<Result<unknown>>

/** Why the signal of a call is aborted whose caller did not cancel, but left or died. */
export const callerGone = 'The caller is gone'

/** The answering end of an `Api`, for any number of wires. */
export type Server<A extends Api> = {
  /** Serves one more wire; returns its caller number. `onGone` is told once when the wire closes. */
  readonly attach: (wire: Wire, onGone?: (caller: number) => void) => number
  /** Tells every attached wire. */
  readonly emit: <Name extends EventName<A>>(name: Name, payload: EventPayload<A, Name>) => void
}

export type ServerOptions = {
  /** Told of a handler that threw (a bug) or a message that could not be read. */
  readonly onFault: (fault: { readonly where: string; readonly cause: unknown }) => void
}

const issueLine = (issues: readonly v.BaseIssue<unknown>[]): string =>
  issues
    .slice(0, 3)
    .map((issue) => `${v.getDotPath(issue) ?? 'arguments'}: ${issue.message}`)
    .join('; ')

/** Makes the answering end of `api`: every argument is parsed here, an unknown call and a thrown error become Results. */
export const createServer = <A extends Api>(
  api: A,
  handlers: Handlers<A>,
  options: ServerOptions,
): Server<A> => {
  const wires = new Set<Wire>()
  let nextCaller = 1

  const answer = async (
    group: string,
    name: string,
    raw: unknown,
    context: CallContext,
  ): Promise<Result<unknown>> => {
    const declared = Object.hasOwn(api.calls, group) ? api.calls[group] : undefined
    const call = declared !== undefined && Object.hasOwn(declared, name) ? declared[name] : undefined
    if (call === undefined) return fail('unknown-call', `There is no call ${group}.${name}.`)
    const parsed = v.safeParse(call.arguments, raw)
    if (!parsed.success) return fail('bad-arguments', issueLine(parsed.issues))
    const handler = (handlers as Record<string, Record<string, AnyHandler>>)[group]?.[name]
    if (handler === undefined) return fail('unknown-call', `Nobody answers ${group}.${name}.`)
    try {
      return await handler(parsed.output, context)
    } catch (cause) {
      options.onFault({ where: `${group}.${name}`, cause })
      const text = cause instanceof Error ? cause.message : String(cause)
      return fail('internal', `${group}.${name}: ${text}`, 'This is a fault in Kinora; the log says more.')
    }
  }

  return {
    attach: (wire, onGone) => {
      const caller = nextCaller++
      const running = new Map<number, AbortController>()
      wires.add(wire)
      wire.onClose(() => {
        wires.delete(wire)
        for (const controller of running.values()) controller.abort(callerGone)
        onGone?.(caller)
      })
      wire.onMessage((raw) => {
        const parsed = v.safeParse(wireMessage, raw)
        if (!parsed.success) {
          options.onFault({ where: 'message', cause: new Error(issueLine(parsed.issues)) })
          wire.close()
          return
        }
        const message = parsed.output
        if (message.kind === 'cancel') running.get(message.id)?.abort()
        if (message.kind !== 'call') return
        const { id } = message
        if (running.has(id)) {
          wire.send({ kind: 'answer', id, result: fail('bad-arguments', `Call ${id} is already running.`) })
          return
        }
        const controller = new AbortController()
        running.set(id, controller)
        const reply = (result: Result<unknown>): void => {
          running.delete(id)
          wire.send({ kind: 'answer', id, result })
        }
        const context = { signal: controller.signal, caller }
        answer(message.group, message.name, message.arguments, context).then(reply, (cause: unknown) =>
          options.onFault({ where: 'answer', cause }),
        )
      })
      return caller
    },
    emit: (name, payload) => {
      for (const wire of wires) wire.send({ kind: 'event', name, payload })
    },
  }
}
