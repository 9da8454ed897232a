import { inflateRawSync } from 'node:zlib'

const endRecord = 0x06054b50
const directoryRecord = 0x02014b50
const deflated = 8

/**
 * The files of a small ZIP archive by name: enough for a benchmark's own archive (stored or deflated, no
 * encryption, no ZIP64). Throws where it is anything else.
 */
export const zipEntries = (archive: Buffer): ReadonlyMap<string, string> => {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || archive.readUInt32LE(end) !== endRecord) throw new Error('no ZIP archive')
  const entries = new Map<string, string>()
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== directoryRecord) throw new Error('damaged ZIP directory')
    const method = archive.readUInt16LE(at + 10)
    const size = archive.readUInt32LE(at + 20)
    const name = archive.toString('utf8', at + 46, at + 46 + archive.readUInt16LE(at + 28))
    const local = archive.readUInt32LE(at + 42)
    const data = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const bytes = archive.subarray(data, data + size)
    if (!name.endsWith('/'))
      entries.set(name, (method === deflated ? inflateRawSync(bytes) : bytes).toString('utf8'))
    at += 46 + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return entries
}
