import { createWireListeners } from './wire.ts'
import type { Wire } from './wire.ts'

/** What a browser's MessagePort, Node's and Electron's MessagePortMain (through a thin adapter) have in common. */
export type PortLike = {
  postMessage: (message: unknown) => void
  close: () => void
  addEventListener: (
    type: 'message' | 'close',
    listener: (event: { readonly data?: unknown }) => void,
  ) => void
  start?: () => void
}

/** A wire over a MessagePort; values are cloned by the port itself. */
export const createPortWire = (port: PortLike): Wire => {
  const listeners = createWireListeners()
  let open = true
  const closed = (): void => {
    open = false
    listeners.closed()
  }
  port.addEventListener('message', (event) => listeners.deliver(event.data))
  port.addEventListener('close', closed)
  port.start?.()
  return {
    send: (message) => {
      if (open) port.postMessage(message)
    },
    onMessage: listeners.onMessage,
    onClose: listeners.onClose,
    close: () => {
      port.close()
      closed()
    },
  }
}
