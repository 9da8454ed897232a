import { callsOf, createEventListeners } from '../../src-preload/contract/client-parts.ts'
import type { Invoke } from '../../src-preload/contract/client-parts.ts'
import { pageApi } from '../../src-preload/contract/page-api.ts'
import type { PageApi } from '../../src-preload/contract/page-api.ts'
import { fail } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { CallOptions, Client, EventName } from '../../src-preload/contract/schema.ts'
import { drop } from './drop.ts'

/** `connecting` only until the first answer; later a lost host is `offline` until it is back. */
export type Link = 'connecting' | 'online' | 'offline'

/** The page's one client: survives its host's restarts. Calls while there is no host answer `disconnected`. */
export type SteadyClient = {
  readonly call: Client<PageApi>['call']
  readonly on: Client<PageApi>['on']
  /** Told now and at each change. */
  readonly onLink: (listener: (link: Link) => void) => () => void
  /** Tries again at once. */
  readonly retry: () => void
  readonly start: () => void
}

type AnyCall = (args: unknown, options?: CallOptions) => Promise<Result<unknown>>

/** Waits between attempts, in milliseconds: quick at first (a restart takes a second), then patient. */
const waits = [250, 500, 1000, 2000, 4000, 8000] as const

/** A connection that lasted so long was a good one, in milliseconds. */
const longEnough = 5000

/** Makes a client that connects through `open` and does so again whenever the connection ends. */
export const createSteadyClient = (open: () => Promise<Client<PageApi> | null>): SteadyClient => {
  let client: Client<PageApi> | null = null
  let link: Link = 'connecting'
  let wake: (() => void) | null = null
  const linkListeners = new Set<(link: Link) => void>()
  const listeners = createEventListeners<PageApi>()

  const setLink = (next: Link): void => {
    if (next === link) return
    link = next
    for (const listener of linkListeners) listener(link)
  }

  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const keepConnected = async (): Promise<never> => {
    let failures = 0
    for (;;) {
      client = await open()
      if (client === null) {
        if (failures > 0) setLink('offline')
        await pause(waits[Math.min(failures, waits.length - 1)] ?? 8000)
        failures += 1
        continue
      }
      const since = performance.now()
      for (const name of Object.keys(pageApi.events) as EventName<PageApi>[]) {
        client.on(name, (payload) => {
          listeners.tell(name, payload)
        })
      }
      setLink('online')
      await client.closed
      client = null
      setLink('offline')
      // A host that hangs up at once is not to be called without a pause.
      failures = performance.now() - since < longEnough ? failures + 1 : 0
      await pause(waits[Math.min(failures, waits.length - 1)] ?? 8000)
    }
  }

  const invoke: Invoke = (group, name, args, options) => {
    const groups = client?.call as Readonly<Record<string, Readonly<Record<string, AnyCall>>>> | undefined
    const found = groups?.[group]?.[name]
    if (found === undefined) return Promise.resolve(fail('disconnected', 'Kinora does not answer.'))
    return found(args, options)
  }

  return {
    call: callsOf(pageApi, invoke),
    on: listeners.on,
    onLink: (listener) => {
      linkListeners.add(listener)
      listener(link)
      return () => void linkListeners.delete(listener)
    },
    retry: () => wake?.(),
    start: () => drop(keepConnected()),
  }
}
