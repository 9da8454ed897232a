import { availableParallelism } from 'node:os'
import { createServer } from '../../src-preload/contract/server.ts'
import { encoderApi } from '../../src-preload/contract/encoder-api.ts'
import { after } from '../foundation/after.ts'
import { engineArguments } from '../foundation/engine-arguments.ts'
import { findFfmpeg } from '../foundation/ffmpeg-binaries.ts'
import { libraryPaths } from '../foundation/library-paths.ts'
import { dialLibrary } from '../foundation/library-socket.ts'
import { createLog } from '../foundation/log.ts'
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

/** Proving an ffmpeg starts it twice; one that was good stays so for the life of this process. */
const proven = new Map<string | null, Awaited<ReturnType<typeof findFfmpeg>>>()
const provenFfmpeg = async (path: string | null): ReturnType<typeof findFfmpeg> => {
  const known = proven.get(path)
  if (known !== undefined) return known
  const found = await findFfmpeg({ ffmpegPath: path ?? undefined, environment: process.env })
  if (found.ok) proven.set(path, found)
  return found
}

const wire = await dialLibrary(library, 'encoder')
if (!wire.ok) {
  log.info({ error: wire.error }, 'no service to work for')
  leave()
} else {
  let stopIdling = after(idleSeconds, leave)
  const handlers = createEncoder({
    threads: Math.min(4, availableParallelism()),
    after,
    ffmpeg: provenFfmpeg,
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
