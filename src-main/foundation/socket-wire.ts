import type { Socket } from 'node:net'
import { decodeMessage, encodeMessage, maximumMessageBytes } from '../../src-preload/contract/codec.ts'
import { createWireListeners } from '../../src-preload/contract/wire.ts'
import type { Wire } from '../../src-preload/contract/wire.ts'

const headerBytes = 4

/**
 * Cuts a byte stream into frames: 4 bytes of length (big endian), then that many bytes. `onFrame` gets each
 * whole frame; a length above the limit is `onOversize`, and nothing is read after it.
 */
export const createFrameReader = (
  onFrame: (frame: Uint8Array) => void,
  onOversize: () => void,
): ((chunk: Buffer) => void) => {
  let parts: Buffer[] = []
  let have = 0
  let broken = false
  const take = (length: number): Buffer => {
    const all = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)
    parts = all.length > length ? [all.subarray(length)] : []
    have = all.length - length
    return all.subarray(0, length)
  }
  let want: number | null = null
  return (chunk) => {
    if (broken) return
    parts.push(chunk)
    have += chunk.length
    while (true) {
      if (want === null) {
        if (have < headerBytes) return
        want = take(headerBytes).readUInt32BE(0)
        if (want > maximumMessageBytes) {
          broken = true
          onOversize()
          return
        }
      }
      if (have < want) return
      const frame = take(want)
      want = null
      onFrame(frame)
    }
  }
}

/** Writes one frame. */
export const writeFrame = (socket: Socket, bytes: Uint8Array): void => {
  const header = Buffer.alloc(headerBytes)
  header.writeUInt32BE(bytes.length, 0)
  socket.cork()
  socket.write(header)
  socket.write(bytes)
  socket.uncork()
}

/**
 * A wire over a stream socket that has already been shaken hands on. `frames` hands over the reader so that a
 * frame that came in the same packet as the handshake is not lost.
 */
export const createSocketWire = (
  socket: Socket,
  takeOver: (onFrame: (frame: Uint8Array) => void) => void,
): Wire => {
  const listeners = createWireListeners()
  takeOver((frame) => listeners.deliver(decodeMessage(frame)))
  socket.on('close', () => listeners.closed())
  if (socket.destroyed) listeners.closed()
  return {
    send: (message) => {
      if (socket.writable) writeFrame(socket, encodeMessage(message))
    },
    onMessage: listeners.onMessage,
    onClose: listeners.onClose,
    close: () => void socket.end(() => socket.destroy()),
  }
}
