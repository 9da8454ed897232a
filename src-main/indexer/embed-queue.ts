import { ok, type KinoraError, type Result } from '../../src-preload/contract/result.ts'
import type { After } from '../foundation/after.ts'
import { drop } from '../foundation/drop.ts'
import type { ImageEncoder } from './image-encoder.ts'

export type EmbedQueueOptions = {
  readonly encoder: Pick<ImageEncoder, 'batch' | 'embed'>
  /** Pictures that may wait a film; at least one batch. It bounds memory: 0.15 MB each at 224 x 224. */
  readonly roomPerLane: number
  /** Seconds a batch that is not full waits for more pictures before it is run as it is. */
  readonly linger: number
  readonly after: After
}

/** One film's place in the queue. */
export type EmbedLane = {
  /**
   * Hands over a picture (rgb24 at the model's size, not to be changed afterwards) and waits while the lane is
   * full: that is what slows the decoder down. Errors: the lane's first one, from then on.
   */
  readonly push: (picture: Uint8Array) => Promise<Result<null>>
  /**
   * Waits for everything pushed so far; the vectors since the last `take`, in the order of pushing. One at a
   * time. Errors: bad-arguments, model-failed, cancelled.
   */
  readonly take: () => Promise<Result<readonly Float32Array[]>>
  /** Seconds for which the encoder has computed for this lane: its share of each batch. */
  readonly computed: () => number
  /** Gives the place back; what still waits is forgotten. */
  readonly close: () => void
}

/** Many films feed one encoder: full batches where possible, a fair share for each lane. */
export type EmbedQueue = {
  /** A lane that ends as cancelled when `signal` fires. Whoever opens it closes it. */
  readonly open: (signal: AbortSignal) => EmbedLane
}

type Lane = {
  waiting: Uint8Array[]
  running: number
  done: Float32Array[]
  failure: KinoraError | null
  taking: boolean
  computed: number
  /** Called after every change, for the pushes and the take that wait. */
  wake: (() => void)[]
}

const cancelled: KinoraError = { code: 'cancelled', message: 'Embedding was cancelled', advice: '' }

/** A queue in front of `encoder`; it owns nothing that would have to be disposed. */
export const createEmbedQueue = ({ encoder, roomPerLane, linger, after }: EmbedQueueOptions): EmbedQueue => {
  const room = Math.max(roomPerLane, encoder.batch)
  let lanes: readonly Lane[] = []
  let running = false
  let stopWaiting: (() => void) | null = null

  const wakeUp = (lane: Lane): void => {
    const sleepers = lane.wake
    lane.wake = []
    for (const wake of sleepers) wake()
  }
  const changed = (lane: Lane): Promise<void> => new Promise((resolve) => lane.wake.push(resolve))

  const consider = (): void => {
    stopWaiting?.()
    stopWaiting = null
    if (running) return
    const waiting = lanes.reduce((sum, lane) => sum + lane.waiting.length, 0)
    if (waiting === 0) return
    // Nobody is left who could fill the batch: waiting longer would be for nothing.
    const nobodyPushes = lanes.every((lane) => lane.taking)
    if (waiting >= encoder.batch || nobodyPushes) drop(run(pick()))
    else stopWaiting = after(linger, () => drop(run(pick())))
  }

  /** Takes a batch off the lanes, one picture of each in turn; who came first this time comes last next time. */
  const pick = (): ReadonlyMap<Lane, readonly Uint8Array[]> => {
    const picked = new Map<Lane, Uint8Array[]>()
    let left = encoder.batch
    while (left > 0 && lanes.some((lane) => lane.waiting.length > 0))
      for (const lane of lanes) {
        const picture = left > 0 ? lane.waiting.shift() : undefined
        if (picture === undefined) continue
        picked.set(lane, [...(picked.get(lane) ?? []), picture])
        lane.running += 1
        left -= 1
      }
    lanes = [...lanes.slice(1), ...lanes.slice(0, 1)]
    return picked
  }

  const run = async (picked: ReadonlyMap<Lane, readonly Uint8Array[]>): Promise<void> => {
    running = true
    const parts = [...picked.values()]
    const start = performance.now()
    const together = await encoder.embed(parts.flat())
    const secondsEach = (performance.now() - start) / 1000 / parts.flat().length
    let from = 0
    for (const [lane, pictures] of picked) {
      // One film's bad picture must not fail the films that shared its batch.
      const answer: Result<readonly Float32Array[]> = together.ok
        ? ok(together.value.slice(from, from + pictures.length))
        : picked.size === 1
          ? together
          : await encoder.embed(pictures)
      from += pictures.length
      lane.running -= pictures.length
      lane.computed += secondsEach * pictures.length
      if (answer.ok) lane.done.push(...answer.value)
      else fallOut(lane, answer.error)
      wakeUp(lane)
    }
    running = false
    consider()
  }

  const fallOut = (lane: Lane, error: KinoraError): void => {
    lane.failure ??= error
    lane.waiting = []
    wakeUp(lane)
  }

  const open = (signal: AbortSignal): EmbedLane => {
    const lane: Lane = {
      waiting: [],
      running: 0,
      done: [],
      failure: null,
      taking: false,
      computed: 0,
      wake: [],
    }
    const cancel = (): void => {
      fallOut(lane, cancelled)
      consider()
    }
    signal.addEventListener('abort', cancel, { once: true })
    lanes = [...lanes, lane]
    if (signal.aborted) cancel()

    return {
      push: async (picture) => {
        while (lane.failure === null && lane.waiting.length >= room) await changed(lane)
        if (lane.failure !== null) return { ok: false, error: lane.failure }
        lane.waiting.push(picture)
        consider()
        return ok(null)
      },
      take: async () => {
        lane.taking = true
        consider()
        while (lane.failure === null && lane.waiting.length + lane.running > 0) await changed(lane)
        lane.taking = false
        if (lane.failure !== null) return { ok: false, error: lane.failure }
        const vectors = lane.done
        lane.done = []
        return ok(vectors)
      },
      computed: () => lane.computed,
      close: () => {
        signal.removeEventListener('abort', cancel)
        lanes = lanes.filter((other) => other !== lane)
        cancel()
      },
    }
  }

  return { open }
}
