import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createMemoryWires } from '../../src-preload/contract/memory-wire.ts'
import { createPortWire } from '../../src-preload/contract/message-port-wire.ts'
import type { PortLike } from '../../src-preload/contract/message-port-wire.ts'
import type { Wire } from '../../src-preload/contract/wire.ts'
import { dialLibrary, listenForLibrary } from '../../src-main/foundation/library-socket.ts'
import { describeContract } from './suite.ts'
import type { WirePair } from './suite.ts'

describeContract('memory', () => {
  const [server, client] = createMemoryWires()
  return { server, client, close: () => server.close() }
})

describeContract('a MessagePort', () => {
  const { port1, port2 } = new MessageChannel()
  const server = createPortWire(port1 as unknown as PortLike)
  const client = createPortWire(port2 as unknown as PortLike)
  return { server, client, close: () => server.close() }
})

const openSocketPair = async (): Promise<WirePair> => {
  const library = await mkdtemp(join(tmpdir(), 'kinora-contract-'))
  const accepted = Promise.withResolvers<Wire>()
  const listener = await listenForLibrary(library, (_role, wire) => accepted.resolve(wire))
  const client = await dialLibrary(library, 'client')
  if (!client.ok) throw new Error(client.error.message)
  return {
    server: await accepted.promise,
    client: client.value,
    close: async () => {
      client.value.close()
      await listener.close()
      await rm(library, { recursive: true, force: true })
    },
  }
}

describeContract('the local socket', openSocketPair)
