import { closeSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { openIfThere, readLayout } from './segment-file.ts'
import { recordBytes } from './segment-layout.ts'

/** Reads vectors (float16) from a segment's file. */
export type VectorReader = {
  /** How many it has. */
  readonly size: number
  /** False for a vector that is not as it was written: its chunk has it. 3 µs from the system's cache. */
  readonly read: (row: number, into: Uint8Array) => boolean
  readonly close: () => void
}

/** Opens a segment for single vectors; null when it is gone or none. Whoever opens, closes. */
export const openVectors = (file: string, dimensions: number): VectorReader | null => {
  const handle = openIfThere(file)
  if (handle === null) return null
  const layout = readLayout(handle, dimensions)
  if (layout === null) {
    closeSync(handle)
    return null
  }
  const record = Buffer.alloc(recordBytes(dimensions))
  const numbers = record.subarray(0, dimensions * 2)
  return {
    size: layout.vectors,
    read: (row, into) => {
      const read = readSync(handle, record, 0, record.length, layout.vectorsAt + row * record.length)
      if (read < record.length || crc32(numbers) !== record.readUInt32LE(numbers.length)) return false
      into.set(numbers)
      return true
    },
    close: () => closeSync(handle),
  }
}
