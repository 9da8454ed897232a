import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { runInThisContext } from 'node:vm'
import { ipcMain } from './ipc.ts'
import type { MessagePortMain } from './ports.ts'

export type PageFrame = {
  readonly frameTreeNodeId: number
  url: string
  parent: PageFrame | null
  postMessage: (channel: string, message: unknown, ports?: readonly MessagePortMain[]) => void
}

/** What a page sees: the keys that the preload put on its window. */
export type PageWorld = Readonly<Record<string, unknown>>

type Contents = { readonly mainFrame: PageFrame }

/** What crosses Electron's context bridge: functions as proxies, promises, clones of the rest; anything else throws. */
const acrossBridge = (value: unknown): unknown => {
  if (typeof value === 'function') {
    return (...args: unknown[]): unknown =>
      acrossBridge((value as (...args: unknown[]) => unknown)(...args.map(acrossBridge)))
  }
  if (value instanceof Promise) return value.then(acrossBridge)
  if (Array.isArray(value)) return value.map(acrossBridge)
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, acrossBridge(inner)]))
  }
  return structuredClone(value)
}

/** Runs a built preload as a sandboxed window would: one CommonJS file that may require three modules and `electron`. */
export const loadPreload = (file: string, contents: Contents): PageWorld => {
  const world: Record<string, unknown> = {}
  const listeners = new EventEmitter()
  const ipcRenderer = {
    once: (channel: string, listener: (...args: unknown[]) => void) => listeners.once(channel, listener),
    on: (channel: string, listener: (...args: unknown[]) => void) => listeners.on(channel, listener),
    send: (channel: string) =>
      setImmediate(() => ipcMain.emit(channel, { sender: contents, senderFrame: contents.mainFrame })),
  }
  contents.mainFrame.postMessage = (channel, message, ports = []) =>
    setImmediate(() => listeners.emit(channel, { ports: ports.map(({ inner }) => inner) }, message))
  const electron = {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld: (key: string, api: unknown) => {
        world[key] = acrossBridge(api)
      },
    },
  }
  const requireInSandbox = (name: string): unknown => {
    if (name === 'electron') return electron
    throw new Error(`a sandboxed preload cannot require ${name}`)
  }
  const code = readFileSync(file, 'utf8')
  const preload = runInThisContext(`(function (require, module, exports) {${code}\n})`, {
    filename: file,
  }) as (require: (name: string) => unknown, module: object, exports: object) => void
  preload(requireInSandbox, {}, {})
  return world
}
