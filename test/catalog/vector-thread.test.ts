import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { createKernel } from '../../src-main/catalog/vector-kernel.ts'
import type { VectorKernel } from '../../src-main/catalog/vector-kernel.ts'
import { pieceNumbers, runAlone } from '../../src-main/catalog/vector-passes.ts'
import type { Loop, Pass } from '../../src-main/catalog/vector-passes.ts'
import { control, gate, startVectorThread } from '../../src-main/catalog/vector-thread.ts'
import type { VectorThread } from '../../src-main/catalog/vector-thread.ts'
import { engineEntries } from '../../src-main/foundation/engine-entries.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

const scratch = mkdtempSync(join(tmpdir(), 'kinora-thread-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const random = seededRandom(4)
const [pieces, rows, bytes] = [40, 320, 64]

/** A memory of random codes, and a pass over all of them; `sums` as they stand there now. */
const anyPass = (loop: Loop): { kernel: VectorKernel; pass: Pass; sums: () => Uint8Array } => {
  const kernel = createKernel()
  const listAt = 4_096
  const codesAt = listAt + pieces * rows * 4
  const outAt = codesAt + pieces * rows * bytes
  const piecesAt = outAt + pieces * rows * 4
  kernel.reserve(piecesAt + pieces * pieceNumbers * 4)
  const memory = kernel.memory()
  const all = new Uint8Array(memory)
  for (let i = 0; i < outAt; i += 1) all[i] = Math.floor(random() * (i < listAt ? 16 : 256))
  new Uint32Array(memory, listAt, pieces * rows).forEach((_, i, list) => {
    list[i] = Math.floor(random() * pieces * rows)
  })
  const table = new Uint32Array(memory, piecesAt, pieces * pieceNumbers)
  for (let piece = 0; piece < pieces; piece += 1) {
    const from = piece * rows
    // Blocks of sixteen vectors have two bytes of signs for each, `bytes` in all.
    const at = loop === 'signs' ? codesAt + (from / 16) * bytes : listAt + from * 4
    const out = outAt + from * (loop === 'signs' ? 2 : 4)
    table.set([at, loop === 'signs' ? rows / 16 : rows, out], piece * pieceNumbers)
  }
  const own: Pass['arguments'] = loop === 'signs' ? [bytes, 0, 0] : [codesAt, bytes, 0]
  const sums = (): Uint8Array => new Uint8Array(memory, outAt, pieces * rows * (loop === 'signs' ? 2 : 4))
  return { kernel, sums, pass: { loop, piecesAt, count: pieces, arguments: own } }
}

/** What a pass leaves, done by `run` into sums that were wiped. */
const sumsOf = ({ kernel, pass, sums }: ReturnType<typeof anyPass>, run: VectorThread['run']): Uint8Array => {
  sums().fill(0)
  run(kernel, pass)
  return sums().slice()
}

test.each(['signs', 'nibbles'] as const)('two threads find what one finds: %s', async (loop) => {
  const thread = startVectorThread(engineEntries(import.meta.url).vectorHelper)
  const one = anyPass(loop)
  const right = sumsOf(one, runAlone)
  expect(new Set(right).size).toBeGreaterThan(10)
  // Before it stands, while it comes, and when it is there.
  for (let round = 0; round < 300; round += 1) {
    expect(Buffer.compare(sumsOf(one, thread.run), right)).toBe(0)
    if (round % 30 === 0) await wait(20)
  }
  // Memory that has grown, and another kernel, are seen by both.
  one.kernel.reserve(8_000_000)
  expect(Buffer.compare(sumsOf(one, thread.run), right)).toBe(0)
  const other = anyPass(loop)
  expect(Buffer.compare(sumsOf(other, thread.run), sumsOf(other, runAlone))).toBe(0)
  await thread.close()
  expect(Buffer.compare(sumsOf(one, thread.run), right)).toBe(0)
})

test('a thread that cannot start, or ends, is done without', async () => {
  const one = anyPass('signs')
  const right = sumsOf(one, runAlone)
  const missing = startVectorThread(join(scratch, 'nothing.ts'))
  expect(Buffer.compare(sumsOf(one, missing.run), right)).toBe(0)
  await wait(200)
  expect(Buffer.compare(sumsOf(one, missing.run), right)).toBe(0)
})

test('a thread that takes pieces and never ends is given up, and its pieces are done again', async () => {
  const file = join(scratch, 'stuck.mjs')
  writeFileSync(
    file,
    `import { workerData as shared } from 'node:worker_threads'
     while (Atomics.compareExchange(shared, ${control.gate}, ${gate.open}, ${gate.inside}) !== ${gate.open})
       Atomics.wait(shared, ${control.gate}, ${gate.closed})
     Atomics.add(shared, ${control.next}, 3)
     for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)`,
  )
  const stuck = startVectorThread(file)
  await wait(300)
  const one = anyPass('nibbles')
  const right = sumsOf(one, runAlone)
  let [rounds, longest] = [0, 0]
  for (; rounds < 50 && longest < 1_000; rounds += 1) {
    const start = performance.now()
    expect(Buffer.compare(sumsOf(one, stuck.run), right)).toBe(0)
    longest = Math.max(longest, performance.now() - start)
  }
  expect(longest).toBeGreaterThan(1_000)
  const start = performance.now()
  expect(Buffer.compare(sumsOf(one, stuck.run), right)).toBe(0)
  expect(performance.now() - start).toBeLessThan(1_000)
  await stuck.close()
})
