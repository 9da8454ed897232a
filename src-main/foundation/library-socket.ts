import { randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createConnection, createServer } from 'node:net'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode, encode } from '@msgpack/msgpack'
import * as v from 'valibot'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Wire } from '../../src-preload/contract/wire.ts'
import { createFrameReader, createSocketWire, writeFrame } from './socket-wire.ts'

/** Both ends must speak the same contract; raised with every change that an older end would misread. */
const protocolVersion = 1
const handshakeMilliseconds = 5_000

/** Who connects: a person's host (window, terminal) or one of the engines. */
export const roles = ['client', 'indexer', 'encoder'] as const
export type Role = (typeof roles)[number]

const hello = v.strictObject({ role: v.picklist(roles), token: v.string(), protocol: v.number() })
const welcome = v.variant('ok', [
  v.strictObject({ ok: v.literal(true) }),
  v.strictObject({ ok: v.literal(false), reason: v.string() }),
])
const serviceFile = v.strictObject({ address: v.string(), token: v.string(), pid: v.number() })

/** Where a running service says how to reach it; only its user may read the file. */
const serviceFilePath = (library: string): string => join(library, 'service.json')

export type LibraryListener = { readonly close: () => Promise<void> }

/** Reads frames before and after the handshake with one reader, so that none is lost in between. */
const readFrames = (
  socket: Socket,
  first: (frame: Uint8Array) => void,
): ((next: (frame: Uint8Array) => void) => void) => {
  let consumer: (frame: Uint8Array) => void = first
  const reader = createFrameReader(
    (frame) => consumer(frame),
    () => socket.destroy(),
  )
  socket.on('data', reader)
  socket.on('error', () => socket.destroy())
  return (next) => {
    consumer = next
  }
}

const parseFrame = (frame: Uint8Array): unknown => {
  try {
    return decode(frame)
  } catch {
    return undefined // not ours: fails the schema that reads it next
  }
}

/**
 * Listens for the library in `library` (an existing folder) on a socket that only this user can reach: a Unix
 * socket in a private folder, or a named pipe with a random name; both ask for the token of `service.json`.
 */
export const listenForLibrary = async (
  library: string,
  onConnection: (role: Role, wire: Wire) => void,
): Promise<LibraryListener> => {
  const token = randomBytes(24).toString('hex')
  // A Unix socket's path may have some 100 characters: not inside a library of any depth.
  const directory = process.platform === 'win32' ? null : await mkdtemp(join(tmpdir(), 'kinora-'))
  const address =
    directory === null
      ? `\\\\.\\pipe\\kinora-${randomBytes(12).toString('hex')}`
      : join(directory, 'library.sock')

  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    const timer = setTimeout(() => socket.destroy(), handshakeMilliseconds)
    const refuse = (reason: string): void => {
      writeFrame(socket, encode({ ok: false, reason }))
      socket.end()
    }
    const takeOver = readFrames(socket, (frame) => {
      clearTimeout(timer)
      const parsed = v.safeParse(hello, parseFrame(frame))
      if (!parsed.success) {
        socket.destroy()
        return
      }
      const { role, protocol } = parsed.output
      const given = Buffer.from(parsed.output.token)
      const expected = Buffer.from(token)
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
        socket.destroy()
        return
      }
      if (protocol !== protocolVersion) {
        refuse('another version of Kinora has this library open')
        return
      }
      writeFrame(socket, encode({ ok: true }))
      onConnection(role, createSocketWire(socket, takeOver))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, resolve)
  })

  const file = serviceFilePath(library)
  const temporary = `${file}.${process.pid}`
  await mkdir(library, { recursive: true })
  await writeFile(temporary, JSON.stringify({ address, token, pid: process.pid }), { mode: 0o600 })
  await rename(temporary, file)

  return {
    close: async () => {
      await rm(file, { force: true })
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.end()
      const timer = setTimeout(() => {
        for (const socket of sockets) socket.destroy()
      }, 500)
      await closed
      clearTimeout(timer)
      if (directory !== null) await rm(directory, { recursive: true, force: true })
    },
  }
}

const readServiceFile = async (library: string): Promise<v.InferOutput<typeof serviceFile> | null> => {
  try {
    const parsed = v.safeParse(serviceFile, JSON.parse(await readFile(serviceFilePath(library), 'utf8')))
    return parsed.success ? parsed.output : null
  } catch {
    return null // no file, or half of one from a crash: nobody is there, which is what null says
  }
}

/** Connects to the running service of `library`; `disconnected` when there is none, `not-allowed` when it refuses. */
export const dialLibrary = async (library: string, role: Role): Promise<Result<Wire>> => {
  const service = await readServiceFile(library)
  if (service === null) return fail('disconnected', 'No Kinora is running for this library.')
  return new Promise((resolve) => {
    const socket = createConnection(service.address)
    const timer = setTimeout(() => socket.destroy(), handshakeMilliseconds)
    const settle = (result: Result<Wire>): void => {
      clearTimeout(timer)
      socket.off('close', gone)
      resolve(result)
    }
    const gone = (): void => settle(fail('disconnected', 'No Kinora is running for this library.'))
    socket.on('close', gone)
    const takeOver = readFrames(socket, (frame) => {
      const parsed = v.safeParse(welcome, parseFrame(frame))
      if (parsed.success && parsed.output.ok) {
        settle(ok(createSocketWire(socket, takeOver)))
        return
      }
      const reason = parsed.success && !parsed.output.ok ? parsed.output.reason : 'it speaks another language'
      settle(fail('not-allowed', `The library cannot be opened: ${reason}.`, 'Close the other Kinora first.'))
      socket.destroy()
    })
    socket.on('connect', () =>
      writeFrame(socket, encode({ role, token: service.token, protocol: protocolVersion })),
    )
  })
}
