/** A stretch of a file, in bytes. */
export type Block = { readonly offset: number; readonly length: number }

/** Up to here a file is read whole. */
const wholeBytes = 1024 * 1024
const blockBytes = 64 * 1024
/** 16 x 64 KiB = 1 MiB of reading whatever the size: first, last and 14 evenly between (architecture.md, found). */
const blockCount = 16

/**
 * The blocks of a file of `size` bytes whose content, with the size, makes its fingerprint. In rising order, never
 * overlapping; empty for an empty file.
 */
export const sampledBlocks = (size: number): readonly Block[] => {
  if (size === 0) return []
  if (size <= wholeBytes) return [{ offset: 0, length: size }]
  return Array.from({ length: blockCount }, (_, index) => ({
    offset: Math.floor((index * (size - blockBytes)) / (blockCount - 1)),
    length: blockBytes,
  }))
}

/** What is hashed before the blocks. Its number changes with the plan of blocks: then every video is a new one. */
export const fingerprintPrefix = (size: number): string => `kinora-fingerprint-1\n${size}\n`

/** The id of the video whose fingerprint is `fingerprint` (64 hex digits): 80 bits, readable in logs and URLs. */
export const videoIdOf = (fingerprint: string): string => `v${fingerprint.slice(0, 20)}`
