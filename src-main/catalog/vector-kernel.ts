import { kernelBytes } from './vector-kernel-bytes.ts'

/**
 * The inner loops (resources/vector-kernel/kernel.wat) over a memory of their own. All places are bytes in that memory,
 * multiples of 16; how the data must lie is said there. On one core at 3 GHz (measured): `exact` 2 µs and `halves`
 * 17 µs a chunk of 64 x 512, `signs` 4.3 ns and `nibbles` 18 ns a vector of 512 in the cache.
 */
export type VectorKernel = {
  /** float16 -> int16, 32767 for 1. `count` is a multiple of 8. */
  readonly halves: (from: number, count: number, to: number) => void
  /** Cosines (float32) of `count` int16 unit vectors of `bytes` bytes each with one. */
  readonly exact: (vectors: number, count: number, bytes: number, query: number, out: number) => void
  /** Sums (16 bits) of `count` blocks of signs, `bytes` bytes each. */
  readonly signs: (blocks: number, count: number, bytes: number, table: number, out: number) => void
  /** Writes which of `count` sums have factor x (low + unit x sum) >= least, counted from `first`; answers how many. */
  readonly above: (
    sums: number,
    factors: number,
    count: number,
    first: number,
    low: number,
    unit: number,
    least: number,
    out: number,
  ) => number
  /** Sums (32 bits) of the 4-bit codes of the `count` vectors that `list` (32 bits each) names. */
  readonly nibbles: (
    list: number,
    count: number,
    codes: number,
    bytes: number,
    weights: number,
    out: number,
  ) => void
  /** The memory as it is now: a view made before `reserve` sees no more than was there then. */
  readonly memory: () => SharedArrayBuffer
  /** The memory itself, for another thread's kernel. */
  readonly shared: WebAssembly.Memory
  /** Makes the memory at least `bytes` long. It never shrinks: a dropped kernel gives it back once it is collected (collect-garbage.ts). */
  readonly reserve: (bytes: number) => void
}

const page = 65_536
let compiled: WebAssembly.Module | undefined

/** All that 32-bit places reach. */
const mostPages = 65_536

/** A kernel over a memory, or an empty one of its own. Compiling takes a millisecond, once a thread. */
export const createKernel = (
  memory = new WebAssembly.Memory({ initial: 1, maximum: mostPages, shared: true }),
): VectorKernel => {
  compiled ??= new WebAssembly.Module(Buffer.from(kernelBytes, 'base64'))
  const { exports } = new WebAssembly.Instance(compiled, { kinora: { memory } })
  const loops = exports as unknown as Omit<VectorKernel, 'memory' | 'shared' | 'reserve'>
  return {
    ...loops,
    shared: memory,
    memory: () => memory.buffer as unknown as SharedArrayBuffer,
    reserve: (bytes) => {
      const missing = Math.ceil((bytes - memory.buffer.byteLength) / page)
      if (missing > 0) memory.grow(missing)
    },
  }
}
