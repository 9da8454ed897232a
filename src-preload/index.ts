import { contextBridge, ipcRenderer } from 'electron'
import { createClient } from './contract/client.ts'
import { desktopBridgeKey } from './contract/desktop-bridge.ts'
import type { DesktopBridge } from './contract/desktop-bridge.ts'
import { connectChannel, portChannel } from './contract/desktop-channels.ts'
import { createPortWire } from './contract/message-port-wire.ts'
import { pageApi } from './contract/page-api.ts'
import { fail } from './contract/result.ts'
import type { Result } from './contract/result.ts'
import type { CallOptions, Client } from './contract/schema.ts'

/** Exposes the contract's client to the page, and nothing else: no port, no channel, no event object of Electron's. */
type Invoke = (args: unknown, options: CallOptions) => Promise<Result<unknown>>
type AnyCalls = Readonly<Record<string, Readonly<Record<string, Invoke>>>>

const connect = (): Promise<Client<typeof pageApi>> =>
  new Promise((resolve) => {
    ipcRenderer.once(portChannel, (event) => {
      const [port] = event.ports
      if (port !== undefined) resolve(createClient(pageApi, createPortWire(port)))
    })
    ipcRenderer.send(connectChannel)
  })

const connected = connect()
const running = new Map<number, AbortController>()

const call = async (callId: number, group: string, name: string, args: unknown): Promise<Result<unknown>> => {
  if (running.has(callId)) return fail('bad-arguments', `Call ${String(callId)} is already running.`)
  const controller = new AbortController()
  running.set(callId, controller)
  try {
    const groups = (await connected).call as AnyCalls
    const calls = Object.hasOwn(groups, group) ? groups[group] : undefined
    const invoke = calls !== undefined && Object.hasOwn(calls, name) ? calls[name] : undefined
    if (invoke === undefined) return fail('unknown-call', `There is no call ${group}.${name}.`)
    return await invoke(args, { signal: controller.signal })
  } finally {
    running.delete(callId)
  }
}

const report = (cause: unknown): void => reportError(cause)

const on: DesktopBridge['on'] = (event, listener) => {
  let stop: (() => void) | null = null
  let stopped = false
  const listen = async (): Promise<void> => {
    const client = await connected
    if (!stopped) stop = client.on(event, listener)
  }
  listen().catch(report)
  return () => {
    stopped = true
    stop?.()
  }
}

const tellClosed = async (listener: () => void): Promise<void> => {
  const client = await connected
  await client.closed
  listener()
}

const bridge: DesktopBridge = {
  call,
  cancel: (callId) => running.get(callId)?.abort(),
  on,
  onClosed: (listener) => void tellClosed(listener).catch(report),
}

contextBridge.exposeInMainWorld(desktopBridgeKey, bridge)
