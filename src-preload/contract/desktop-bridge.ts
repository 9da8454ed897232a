import { callsOf } from './client-parts.ts'
import type { Invoke } from './client-parts.ts'
import { fail } from './result.ts'
import type { Result } from './result.ts'
import { pageApi } from './page-api.ts'
import type { PageApi } from './page-api.ts'
import type { Client, EventName } from './schema.ts'

/** The name under which the preload puts the bridge into the page: `window.kinora`. */
export const desktopBridgeKey = 'kinora'

/**
 * All that the desktop's preload exposes to the page. Only plain data, functions and promises cross Electron's
 * bridge: no AbortSignal, so a call carries a number of the page's choosing, and `cancel` takes it.
 */
export type DesktopBridge = {
  /** Runs `pageApi.calls[group][name]`; never rejects. `callId` must not be in use. */
  readonly call: (callId: number, group: string, name: string, args: unknown) => Promise<Result<unknown>>
  /** Cancels a running call; its answer is then `cancelled`. An unknown number does nothing. */
  readonly cancel: (callId: number) => void
  /** Listens for an event of `pageApi`; the returned function stops listening. An unknown name is never told. */
  readonly on: (event: EventName<PageApi>, listener: (payload: unknown) => void) => () => void
  /** Told once, at once if it is so already, when the host is gone. */
  readonly onClosed: (listener: () => void) => void
}

/** The page's client over the bridge: the same `Client<PageApi>` as `createClient` makes over a wire. */
export const createBridgeClient = (bridge: DesktopBridge): Client<PageApi> => {
  let nextCall = 0
  const closed = Promise.withResolvers<undefined>()
  bridge.onClosed(() => closed.resolve(undefined))

  const invoke: Invoke = async (group, name, args, options) => {
    const signal = options?.signal
    if (signal?.aborted === true) return fail('cancelled', 'Cancelled.')
    const callId = nextCall++
    const cancel = (): void => bridge.cancel(callId)
    signal?.addEventListener('abort', cancel)
    try {
      return await bridge.call(callId, group, name, args)
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }

  return {
    call: callsOf(pageApi, invoke),
    on: (name, listener) => bridge.on(name, listener as (payload: unknown) => void),
    closed: closed.promise,
    // The host serves a page for as long as its window lives: there is nothing to close from here.
    close: () => undefined,
  }
}
