import { MessageChannelMain } from 'electron'
import type { MessagePortMain } from 'electron'
import { connectChannel, portChannel } from '../../src-preload/contract/desktop-channels.ts'
import { createPortWire } from '../../src-preload/contract/message-port-wire.ts'
import type { PortLike } from '../../src-preload/contract/message-port-wire.ts'
import type { Wire } from '../../src-preload/contract/wire.ts'
import { onTrustedMessage } from './ipc.ts'
import type { IpcOptions } from './ipc.ts'

/** Electron's port is an emitter of its own kind; the wire wants the browser's. */
const portLike = (port: MessagePortMain): PortLike => ({
  postMessage: (message) => port.postMessage(message),
  close: () => port.close(),
  start: () => port.start(),
  addEventListener: (type, listener) => {
    if (type === 'message') port.on('message', ({ data }) => listener({ data: data as unknown }))
    else port.on('close', () => listener({}))
  },
})

/**
 * Serves each page over a MessagePort of its own: a trusted page's preload asks, `attach` gets the wire, the
 * preload gets the other end. A page that asks again (it was reloaded) loses its first port.
 */
export const servePagePorts = (options: IpcOptions, attach: (wire: Wire) => void): void => {
  const open = new Map<number, Wire>()
  onTrustedMessage(connectChannel, options, ({ contents, frame }) => {
    open.get(contents.id)?.close()
    const { port1, port2 } = new MessageChannelMain()
    const wire = createPortWire(portLike(port1))
    open.set(contents.id, wire)
    wire.onClose(() => {
      if (open.get(contents.id) === wire) open.delete(contents.id)
    })
    attach(wire)
    frame.postMessage(portChannel, null, [port2])
  })
}
