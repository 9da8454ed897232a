import { Worker } from 'node:worker_threads'
import { drop } from '../foundation/drop.ts'
import type { VectorKernel } from './vector-kernel.ts'
import { runAlone, runPiece } from './vector-passes.ts'
import type { Pass } from './vector-passes.ts'

/**
 * A second thread for passes over segments. It looks at the same memory as we do, and both take the next piece until none is
 * left: where it comes late, because others use the machine, we do them all.
 */
export type VectorThread = {
  /** Does all pieces of a pass; blocks until they are done. Without the other thread's help where it does not come. */
  readonly run: (kernel: VectorKernel, pass: Pass) => void
  readonly close: () => Promise<void>
}

/** What both threads look at: 32-bit numbers of a memory of their own. */
export const control = {
  gate: 0,
  next: 1,
  count: 2,
  kernel: 3,
  loop: 4,
  piecesAt: 5,
  arguments: 6,
  numbers: 9,
} as const
/** Nobody is asked; the other thread may come; it is at work. */
export const gate = { closed: 0, open: 1, inside: 2 } as const
export const loops = ['signs', 'nibbles'] as const

/** A kernel that the other thread has not seen yet. */
export type KernelNews = { readonly id: number; readonly memory: WebAssembly.Memory }

/** A piece takes a millisecond: who has not ended then will not. */
const patienceMilliseconds = 2_000
/** So often is looked whether the other one has ended its last piece, before we sleep: 20 µs. */
const looks = 2_000

/** One life of the other thread. */
type Helper = {
  readonly shared: Int32Array
  readonly worker: Worker
  readonly ids: WeakMap<VectorKernel, number>
  isLost: boolean
}

const startHelper = (entry: string): Helper => {
  const shared = new Int32Array(new SharedArrayBuffer(control.numbers * 4))
  const worker = new Worker(entry, { workerData: shared })
  worker.unref()
  const helper: Helper = { shared, worker, ids: new WeakMap(), isLost: false }
  const lose = (): void => {
    helper.isLost = true
  }
  worker.on('error', lose)
  worker.on('exit', lose)
  return helper
}

/** What each of the two threads does: takes the next piece until none is left. */
export const takePieces = (shared: Int32Array, kernel: VectorKernel, pass: Pass): void => {
  for (;;) {
    const piece = Atomics.add(shared, control.next, 1)
    if (piece >= pass.count) return
    runPiece(kernel, pass, piece)
  }
}

/** Waits until the other thread has ended its last piece; false when it does not. */
const isLeft = (shared: Int32Array): boolean => {
  for (let i = 0; i < looks; i += 1) {
    if (Atomics.load(shared, control.gate) !== gate.inside) return true
  }
  return Atomics.wait(shared, control.gate, gate.inside, patienceMilliseconds) !== 'timed-out'
}

/** Starts the thread, which is of use as soon as it stands. `entry`: the file of `vector-helper.ts`. */
export const startVectorThread = (entry: string): VectorThread => {
  let helper = startHelper(entry)
  let lastId = 0
  /** A thread that never collects garbage keeps the memory of every kernel that it has seen: then another one comes. */
  let isStale = false
  const gone = new FinalizationRegistry<null>(() => {
    isStale = true
  })
  const end = async (): Promise<void> => {
    helper.isLost = true
    await helper.worker.terminate()
  }
  const renew = (): void => {
    isStale = false
    drop(end())
    helper = startHelper(entry)
  }
  const idOf = (kernel: VectorKernel): number => {
    const known = helper.ids.get(kernel)
    if (known !== undefined) return known
    lastId += 1
    helper.ids.set(kernel, lastId)
    gone.register(kernel, null)
    const news: KernelNews = { id: lastId, memory: kernel.shared }
    helper.worker.postMessage(news)
    return lastId
  }

  return {
    run: (kernel, pass) => {
      if (isStale && !helper.isLost) renew()
      if (helper.isLost || pass.count < 2) {
        runAlone(kernel, pass)
        return
      }
      const { shared } = helper
      shared[control.kernel] = idOf(kernel)
      shared[control.loop] = loops.indexOf(pass.loop)
      shared[control.piecesAt] = pass.piecesAt
      shared[control.count] = pass.count
      shared.set(pass.arguments, control.arguments)
      Atomics.store(shared, control.next, 0)
      Atomics.store(shared, control.gate, gate.open)
      Atomics.notify(shared, control.gate)
      takePieces(shared, kernel, pass)
      const found = Atomics.compareExchange(shared, control.gate, gate.open, gate.closed)
      if (found !== gate.inside || isLeft(shared)) return
      // It hangs, or the machine stood still: its pieces are done again, and it is not asked any more.
      drop(end())
      runAlone(kernel, pass)
    },
    close: end,
  }
}
