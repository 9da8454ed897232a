/**
 * Loaded before an engine: makes this Node process look like a utility process of an Electron whose runAsNode
 * fuse is off. Messages go over `process.parentPort`, there is no `process.send`, `fork` does not work, and the
 * process ends by `process.exit` only (electron#47228).
 */
import childProcess from 'node:child_process'
import { EventEmitter } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'

// eslint-disable-next-line @typescript-eslint/unbound-method -- it is called on `channel`
const { send } = process
/** Node's `send` looks at `connected`, which the engine must not see. */
const channel = Object.create(process, { connected: { value: true } }) as NodeJS.Process
const early: unknown[] = []

class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    if (send !== undefined) Reflect.apply(send, channel, [message])
  }
}
const parentPort = new ParentPort()
process.on('message', (data: unknown) => {
  if (parentPort.listenerCount('message') > 0) parentPort.emit('message', { data, ports: [] })
  else early.push(data)
})
parentPort.on('newListener', (event) => {
  if (event !== 'message') return
  setImmediate(() => {
    for (const data of early.splice(0)) parentPort.emit('message', { data, ports: [] })
  })
})
// With its parent gone a utility process is gone too.
process.on('disconnect', () => process.exit(1))

childProcess.fork = () => {
  throw new Error('child_process.fork does not work with the runAsNode fuse off')
}
syncBuiltinESMExports()
for (const [name, value] of Object.entries({
  parentPort,
  send: undefined,
  connected: undefined,
  disconnect: undefined,
})) {
  Object.defineProperty(process, name, { value, configurable: true })
}
