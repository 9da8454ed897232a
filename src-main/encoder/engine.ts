import { availableParallelism } from 'node:os'
import { createServer } from '../../src-preload/contract/server.ts'
import { encoderApi } from '../../src-preload/contract/encoder-api.ts'
import { after } from '../foundation/after.ts'
import { engineArguments } from '../foundation/engine-arguments.ts'
import { libraryPaths } from '../foundation/library-paths.ts'
import { dialLibrary } from '../foundation/library-socket.ts'
import { createLog } from '../foundation/log.ts'
import { createProvenFfmpeg } from '../foundation/proven-ffmpeg.ts'
import { createEncoder } from './encoder.ts'

/** The encoder's process: joins its library's service, answers, and ends when nobody has asked for a while. */
const idleSeconds = 120

const { library } = engineArguments(process.argv.slice(2))
const log = createLog('encoder', libraryPaths(library).log)
process.on('uncaughtException', (err) => {
  log.fatal({ err }, 'uncaught')
  process.exit(1)
})
const leave = (): never => process.exit(0)
process.on('SIGTERM', leave)
process.on('SIGINT', leave)

const wire = await dialLibrary(library, 'encoder')
if (!wire.ok) {
  log.info({ error: wire.error }, 'no service to work for')
  leave()
} else {
  let stopIdling = after(idleSeconds, leave)
  const handlers = createEncoder({
    threads: Math.min(4, availableParallelism()),
    after,
    ffmpeg: createProvenFfmpeg(process.env),
  })
  const server = createServer(encoderApi, handlers, {
    onFault: ({ where, cause }) => log.error({ where, err: cause }, 'fault'),
  })
  server.attach(wire.value)
  wire.value.onMessage(() => {
    stopIdling()
    stopIdling = after(idleSeconds, leave)
  })
  wire.value.onClose(leave)
}
