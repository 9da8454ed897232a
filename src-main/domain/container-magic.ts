/** How many bytes of a file's beginning `looksLikeVideo` wants to see: three packets of 204 and a file header. */
export const magicBytes = 1024

const ascii = (head: Uint8Array, at: number, text: string): boolean =>
  String.fromCharCode(...head.subarray(at, at + text.length)) === text

const starts = (head: Uint8Array, ...bytes: readonly number[]): boolean =>
  bytes.every((byte, index) => head[index] === byte)

/** MPEG-TS has 0x47 at the start of every packet: 188 bytes, 192 with a time code before it (m2ts), 204 with parity. */
const isTransportStream = (head: Uint8Array): boolean =>
  [188, 192, 204].some((packet) => {
    const first = packet === 192 ? 4 : 0
    if (head.length < first + packet * 2 + 1) return head.length >= 188 && head[first] === 0x47
    return [0, 1, 2].every((n) => head[first + packet * n] === 0x47)
  })

const mpegStarts: ReadonlySet<number | undefined> = new Set([0xba, 0xb3, 0xb0, 0x67, 0x27, 0x40, 0x06, 0x09])
const mp4Boxes = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot', 'styp', 'uuid']

/**
 * True where the first `magicBytes` bytes are those of a known film container or elementary stream. False means
 * "not one I know", so it may only decide where an ending is ambiguous or ffprobe has already refused the file.
 */
export const looksLikeVideo = (head: Uint8Array): boolean =>
  isTransportStream(head) ||
  mp4Boxes.some((box) => ascii(head, 4, box)) ||
  starts(head, 0x1a, 0x45, 0xdf, 0xa3) || // Matroska, WebM
  (ascii(head, 0, 'RIFF') && (ascii(head, 8, 'AVI ') || ascii(head, 8, 'AMV '))) ||
  starts(head, 0x30, 0x26, 0xb2, 0x75) || // ASF, WMV
  starts(head, 0xb7, 0xd8, 0x00, 0x20) || // WTV
  starts(head, 0x06, 0x0e, 0x2b, 0x34) || // MXF
  ['FLV', 'OggS', '.RMF', 'YUV4MPEG2', 'DKIF', 'DHAV', 'BIKi', 'NSVf', 'nut/'].some((t) =>
    ascii(head, 0, t),
  ) ||
  (starts(head, 0, 0, 1) && mpegStarts.has(head[3])) ||
  (starts(head, 0, 0, 0, 1) && mpegStarts.has(head[4])) ||
  (starts(head, 0x1f, 0x07, 0x00) && head.length > 3) // DV
