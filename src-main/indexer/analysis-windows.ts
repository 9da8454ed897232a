import { ok } from '../../src-preload/contract/result.ts'
import type { KinoraError, Result } from '../../src-preload/contract/result.ts'
import { windowSeconds } from '../domain/frame-sampling.ts'
import type { Candidate } from '../domain/frame-sampling.ts'
import { drop } from '../foundation/drop.ts'
import type { FineFrame, WindowEmbedder } from './window-embedder.ts'

/** Collects the candidates of a film and hands them over window by window, one window behind the decoder at most. */
export type AnalysisWindows = {
  readonly add: (candidate: Candidate, strips: readonly Uint8Array[]) => void
  /** Where the window that is being filled ends. */
  readonly end: () => number
  /** Hands the window over and begins the next; `cuts` lie anywhere. Waits for the window before. `end` where the film ends sooner. */
  readonly close: (cuts: readonly number[], end?: number) => Promise<Result<null>>
  /** No window is at the encoder: what `take` gives is complete up to the window that is being filled. */
  readonly isIdle: () => boolean
  /** Waits until it is. */
  readonly idle: () => Promise<Result<null>>
  /** Each embedder's chosen frames since the last call. */
  readonly take: () => readonly (readonly FineFrame[])[]
}

type Held = { readonly candidate: Candidate; readonly strips: readonly Uint8Array[] }

/** Windows begin at multiples of their length, wherever the decoder began: so each is decided as it always would be. */
export const createAnalysisWindows = (
  from: number,
  embedders: readonly WindowEmbedder[],
): AnalysisWindows => {
  let start = from
  let held: Held[] = []
  let chosen: FineFrame[][] = embedders.map(() => [])
  let failure: KinoraError | null = null
  let atEncoder: Promise<void> | null = null
  const endOf = (second: number): number => (Math.floor(second / windowSeconds + 1e-9) + 1) * windowSeconds

  const embed = async (
    window: readonly Held[],
    cuts: readonly number[],
    begin: number,
    end: number,
  ): Promise<void> => {
    const candidates = window.map(({ candidate }) => candidate)
    const inside = cuts.filter((cut) => cut > begin && cut < end)
    for (const [i, embedder] of embedders.entries()) {
      const strips = window.flatMap((one) => one.strips.slice(i, i + 1))
      const frames = await embedder.embed({ from: begin, to: end, candidates, cuts: inside }, strips)
      if (frames.ok) chosen[i]?.push(...frames.value)
      else failure ??= frames.error
    }
  }
  const idle = async (): Promise<Result<null>> => {
    await atEncoder
    return failure === null ? ok(null) : { ok: false, error: failure }
  }

  return {
    add: (candidate, strips) => void held.push({ candidate, strips }),
    end: () => endOf(start),
    close: async (cuts, filmEnd) => {
      const before = await idle()
      if (!before.ok) return before
      const end = Math.min(endOf(start), filmEnd ?? Number.POSITIVE_INFINITY)
      const window = held.filter(({ candidate }) => candidate.time < end)
      held = held.filter(({ candidate }) => candidate.time >= end)
      if (window.length > 0) {
        const work = embed(window, cuts, start, end)
        atEncoder = work
        drop(
          work.finally(() => {
            if (atEncoder === work) atEncoder = null
          }),
        )
      }
      start = end
      return ok(null)
    },
    isIdle: () => atEncoder === null,
    idle,
    take: () => {
      const all = chosen
      chosen = embedders.map(() => [])
      return all
    },
  }
}
