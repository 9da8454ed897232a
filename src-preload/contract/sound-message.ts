/** Bytes of a MessagePack head and what follows it: `fixed` payload bytes, or a length field of so many bytes. */
type Head =
  | { readonly kind: 'fixed'; readonly bytes: number }
  | { readonly kind: 'sized'; readonly lengthBytes: 1 | 2 | 4; readonly extra: number }
  | { readonly kind: 'items'; readonly count: number }
  | { readonly kind: 'sized-items'; readonly lengthBytes: 2 | 4; readonly perItem: 1 | 2 }

const fixed = (bytes: number): Head => ({ kind: 'fixed', bytes })
const sized = (lengthBytes: 1 | 2 | 4, extra: number): Head => ({ kind: 'sized', lengthBytes, extra })
const sizedItems = (lengthBytes: 2 | 4, perItem: 1 | 2): Head => ({
  kind: 'sized-items',
  lengthBytes,
  perItem,
})

/** Heads 0xc0 to 0xdf in the order of the MessagePack specification; null is 0xc1, which it never uses. */
const heads: readonly (Head | null)[] = [
  ...[fixed(0), null, fixed(0), fixed(0)], // nil, unused, false, true
  ...[sized(1, 0), sized(2, 0), sized(4, 0)], // bin
  ...[sized(1, 1), sized(2, 1), sized(4, 1)], // ext: one more byte of type
  ...[fixed(4), fixed(8)], // float
  ...[fixed(1), fixed(2), fixed(4), fixed(8)], // unsigned
  ...[fixed(1), fixed(2), fixed(4), fixed(8)], // signed
  ...[fixed(2), fixed(3), fixed(5), fixed(9), fixed(17)], // fixext
  ...[sized(1, 0), sized(2, 0), sized(4, 0)], // str
  ...[sizedItems(2, 1), sizedItems(4, 1)], // array
  ...[sizedItems(2, 2), sizedItems(4, 2)], // map
]

const headOf = (byte: number): Head | null => {
  if (byte < 0x80 || byte >= 0xe0) return fixed(0) // small numbers
  if (byte < 0x90) return { kind: 'items', count: 2 * (byte & 0x0f) }
  if (byte < 0xa0) return { kind: 'items', count: byte & 0x0f }
  if (byte < 0xc0) return fixed(byte & 0x1f) // short string
  return heads[byte - 0xc0] ?? null
}

/**
 * True when `bytes` are exactly one MessagePack value whose lists are no longer than the bytes that are there.
 * The decoder makes a list of the length that its head claims before it reads one item: 100 bytes of nested heads
 * took 5 GB (measured with @msgpack/msgpack 3.1.3), so what comes from a page is looked at first.
 */
export const isSoundMessage = (bytes: Uint8Array): boolean => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let offset = 0
  let awaited = 1
  const number = (width: 1 | 2 | 4): number => {
    if (offset + width > bytes.length) return Number.POSITIVE_INFINITY
    const value =
      width === 1 ? view.getUint8(offset) : width === 2 ? view.getUint16(offset) : view.getUint32(offset)
    offset += width
    return value
  }
  while (awaited > 0) {
    // Each awaited value needs at least its head.
    if (awaited > bytes.length - offset) return false
    awaited -= 1
    const head = headOf(view.getUint8(offset))
    offset += 1
    if (head === null) return false
    if (head.kind === 'fixed') offset += head.bytes
    else if (head.kind === 'sized') {
      const length = number(head.lengthBytes)
      offset += length + head.extra
    } else awaited += head.kind === 'items' ? head.count : number(head.lengthBytes) * head.perItem
  }
  return offset === bytes.length
}
