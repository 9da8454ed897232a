import { createWireListeners } from './wire.ts'
import type { Wire } from './wire.ts'

/** Two joined ends in one process. Messages are cloned and arrive in a later microtask, as over any other transport. */
export const createMemoryWires = (): readonly [Wire, Wire] => {
  const left = createWireListeners()
  const right = createWireListeners()
  let open = true
  const close = (): void => {
    if (!open) return
    open = false
    queueMicrotask(() => {
      left.closed()
      right.closed()
    })
  }
  const end = (own: typeof left, other: typeof left): Wire => ({
    send: (message) => {
      if (!open) return
      const copy: unknown = structuredClone(message)
      queueMicrotask(() => other.deliver(copy))
    },
    onMessage: own.onMessage,
    onClose: own.onClose,
    close,
  })
  return [end(left, right), end(right, left)]
}
