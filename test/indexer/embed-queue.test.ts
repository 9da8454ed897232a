import { describe, expect, test } from 'vitest'
import { expectOk, fail, ok, type Result } from '../../src-preload/contract/result.ts'
import { createEmbedQueue, type EmbedLane, type EmbedQueue } from '../../src-main/indexer/embed-queue.ts'

/** A picture is one byte, its vector that byte; 255 is a picture that no encoder takes. */
const fake = (batch: number, roomPerLane = batch) => {
  const runs: number[][] = []
  const timers: (() => void)[] = []
  const queue = createEmbedQueue({
    encoder: {
      batch,
      embed: async (pictures): Promise<Result<readonly Float32Array[]>> => {
        const values = pictures.map((picture) => picture[0]!)
        runs.push(values)
        await new Promise((resolve) => setImmediate(resolve))
        return values.includes(255)
          ? fail('model-failed', 'poison')
          : ok(values.map((value) => Float32Array.of(value)))
      },
    },
    roomPerLane,
    linger: 0.1,
    after: (_, act) => {
      timers.push(act)
      return () => timers.splice(timers.indexOf(act), 1)
    },
  })
  return { queue, runs, timers }
}
const push = async (lane: EmbedLane, ...values: number[]): Promise<void> => {
  for (const value of values) expectOk(await lane.push(Uint8Array.of(value)), 'push')
}
const taken = async (lane: EmbedLane): Promise<number[]> =>
  expectOk(await lane.take(), 'take').map((vector) => vector[0]!)
const open = (queue: EmbedQueue): EmbedLane => queue.open(new AbortController().signal)
const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setImmediate(resolve))
}

describe('the embed queue', () => {
  test('gives one film its vectors in order, in full batches', async () => {
    const { queue, runs } = fake(4)
    const lane = open(queue)
    await push(lane, 1, 2, 3, 4, 5, 6, 7, 8, 9)
    expect(await taken(lane)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(runs.map((run) => run.length)).toEqual([4, 4, 1])
    expect(await taken(lane)).toEqual([])
    await push(lane, 10)
    expect(await taken(lane)).toEqual([10])
  })

  test('mixes films in a batch, a fair share each', async () => {
    const { queue, runs } = fake(4, 100)
    const [a, b] = [open(queue), open(queue)]
    const many = push(a, ...Array.from({ length: 50 }, (_, i) => i))
    const few = push(b, 100, 101, 102, 103)
    await Promise.all([many, few])
    expect(await taken(b)).toEqual([100, 101, 102, 103])
    // the many that came first hold the few up by at most two batches
    expect(runs.length).toBeLessThanOrEqual(5)
    b.close()
    expect((await taken(a)).length).toBe(50)
  })

  test('waits for more while somebody may still push, then runs what there is', async () => {
    const { queue, runs, timers } = fake(4)
    const [a, b] = [open(queue), open(queue)]
    await push(a, 1)
    const answer = taken(a)
    await settle()
    expect(runs).toEqual([])
    expect(timers.length).toBe(1)
    timers[0]!()
    expect(await answer).toEqual([1])
    b.close()
  })

  test('does not wait when nobody is left to push', async () => {
    const { queue, runs } = fake(4)
    const [a, b] = [open(queue), open(queue)]
    await push(a, 1)
    await push(b, 2)
    const first = taken(a)
    expect(await Promise.all([first, taken(b)])).toEqual([[1], [2]])
    expect(runs).toEqual([[1, 2]])
  })

  test('a closed lane is nobody to wait for', async () => {
    const { queue } = fake(4)
    const [a, b] = [open(queue), open(queue)]
    await push(a, 1)
    const answer = taken(a)
    b.close()
    expect(await answer).toEqual([1])
  })

  test('slows down whoever pushes faster than it embeds', async () => {
    const { queue, runs } = fake(2, 4)
    const lane = open(queue)
    let pushed = 0
    const pushing = (async () => {
      for (let i = 0; i < 30; i += 1) {
        await push(lane, i)
        pushed += 1
        expect(pushed - runs.flat().length).toBeLessThanOrEqual(4)
      }
    })()
    await pushing
    expect((await taken(lane)).length).toBe(30)
  })

  test('cancels one film and not the others', async () => {
    const { queue, runs } = fake(8)
    const stop = new AbortController()
    const [a, b] = [queue.open(stop.signal), open(queue)]
    await push(a, 1, 2)
    await push(b, 3)
    const answer = a.take()
    stop.abort()
    expect(await answer).toMatchObject({ error: { code: 'cancelled' } })
    expect(await a.push(Uint8Array.of(4))).toMatchObject({ error: { code: 'cancelled' } })
    a.close()
    expect(await taken(b)).toEqual([3])
    expect(runs).toEqual([[3]])
  })

  test('lets a push that waits for room go when its film is cancelled', async () => {
    const { queue } = fake(2)
    const stop = new AbortController()
    const lane = queue.open(stop.signal)
    const pushes = Array.from({ length: 9 }, (_, i) => lane.push(Uint8Array.of(i)))
    stop.abort()
    expect((await Promise.all(pushes)).some((answer) => !answer.ok)).toBe(true)
    expect(await queue.open(stop.signal).take()).toMatchObject({ error: { code: 'cancelled' } })
  })

  test("one film's bad picture does not fail the films beside it", async () => {
    const { queue } = fake(4)
    const [a, b] = [open(queue), open(queue)]
    await push(a, 255, 1)
    await push(b, 2, 3)
    expect(await a.take()).toMatchObject({ error: { code: 'model-failed' } })
    expect(await taken(b)).toEqual([2, 3])
  })
})
