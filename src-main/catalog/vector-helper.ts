import { receiveMessageOnPort, parentPort, workerData } from 'node:worker_threads'
import { createKernel } from './vector-kernel.ts'
import type { VectorKernel } from './vector-kernel.ts'
import type { Pass } from './vector-passes.ts'
import { control, gate, loops, takePieces } from './vector-thread.ts'
import type { KernelNews } from './vector-thread.ts'

/** The other thread of `vector-thread.ts`: sleeps until the gate opens, and takes pieces until none is left. */
const shared = workerData as Int32Array
const kernels = new Map<number, VectorKernel>()

const readNews = (): void => {
  if (parentPort === null) return
  for (
    let news = receiveMessageOnPort(parentPort);
    news !== undefined;
    news = receiveMessageOnPort(parentPort)
  ) {
    const { id, memory } = news.message as KernelNews
    kernels.set(id, createKernel(memory))
  }
}

const number = (at: number): number => shared[at] ?? 0

for (;;) {
  Atomics.wait(shared, control.gate, gate.closed)
  if (Atomics.compareExchange(shared, control.gate, gate.open, gate.inside) !== gate.open) continue
  readNews()
  const kernel = kernels.get(number(control.kernel))
  const pass: Pass = {
    loop: loops[number(control.loop)] ?? 'signs',
    // Places of a memory of more than 2 GB are negative here.
    piecesAt: number(control.piecesAt) >>> 0,
    count: number(control.count),
    arguments: [number(control.arguments), number(control.arguments + 1), number(control.arguments + 2)],
  }
  if (kernel !== undefined) takePieces(shared, kernel, pass)
  Atomics.store(shared, control.gate, gate.closed)
  Atomics.notify(shared, control.gate)
}
