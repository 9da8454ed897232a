import type { VectorKernel } from './vector-kernel.ts'

/** The loops of the kernel that go over a whole segment. */
export type Loop = 'signs' | 'nibbles'

/** What all pieces of a pass have in common: `bytes` and `table` of `signs`; `codes`, `bytes` and `weights` of `nibbles`. */
export type PassArguments = readonly [number, number, number]

/**
 * A pass over a segment in pieces, each of which any thread may do: three 32-bit numbers a piece in the kernel's memory at
 * `piecesAt`, where it begins (`blocks` or `list`), its count, and where its sums go.
 */
export type Pass = {
  readonly loop: Loop
  readonly piecesAt: number
  readonly count: number
  readonly arguments: PassArguments
}

/** 32-bit numbers a piece. */
export const pieceNumbers = 3
/** Rows of a piece: half a millisecond of signs, so that no thread waits long for another one's last. */
export const pieceRows = 65_536
/** As long for codes, which lie apart. */
export const pieceListed = 4_096

/** Does one piece of a pass. */
export const runPiece = (kernel: VectorKernel, pass: Pass, piece: number): void => {
  const [at = 0, count = 0, out = 0] = new Uint32Array(
    kernel.memory(),
    pass.piecesAt + piece * pieceNumbers * 4,
    pieceNumbers,
  )
  const [first, second, third] = pass.arguments
  if (pass.loop === 'signs') kernel.signs(at, count, first, second, out)
  else kernel.nibbles(at, count, first, second, third, out)
}

/** Does all pieces of a pass, one after the other. */
export const runAlone = (kernel: VectorKernel, pass: Pass): void => {
  for (let piece = 0; piece < pass.count; piece += 1) runPiece(kernel, pass, piece)
}
