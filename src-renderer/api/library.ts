import { createClient } from '../../src-preload/contract/client.ts'
import { createBridgeClient, desktopBridgeKey } from '../../src-preload/contract/desktop-bridge.ts'
import type { DesktopBridge } from '../../src-preload/contract/desktop-bridge.ts'
import { pageApi } from '../../src-preload/contract/page-api.ts'
import type { PageApi } from '../../src-preload/contract/page-api.ts'
import type { Client } from '../../src-preload/contract/schema.ts'
import { drop } from './drop.ts'
import { openSocketWire } from './socket-wire.ts'
import { createSteadyClient } from './steady-client.ts'

const desktopBridge = (): DesktopBridge | undefined =>
  (globalThis as unknown as Readonly<Record<string, DesktopBridge | undefined>>)[desktopBridgeKey]

/** A bridge that has closed stays closed: its window has to be loaded anew. */
let isBridgeGone = false

const openHost = async (): Promise<Client<PageApi> | null> => {
  const bridge = desktopBridge()
  if (bridge !== undefined) {
    if (isBridgeGone) return null
    const client = createBridgeClient(bridge)
    drop(
      client.closed.then(() => {
        isBridgeGone = true
      }),
    )
    return client
  }
  const wire = await openSocketWire(`${location.origin.replace(/^http/, 'ws')}/socket`)
  return wire === null ? null : createClient(pageApi, wire)
}

/** The library as the page knows it: over the desktop's bridge or the browser host's socket. */
export const library = createSteadyClient(openHost)
