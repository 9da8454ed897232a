import type { ShotBoundary } from './film-tracks.ts'

/** A frame with a higher probability is one of a transition (methods.md a-2). */
const certain = 0.5

/** Frames of a transition that still are a cut: TransNetV2 marks the last frame of the old shot, now and then one more. */
const longestCut = 2

/** Mean light (0 to 255) of a gradual change's darkest frame below which it is a fade through black (methods.md a-1). */
const darkest = 12

/** Seconds after which a run is no transition any more, but a picture that the model does not understand. */
const longestRun = 10

export type PredictionReader = {
  /** The next frames' times, probabilities (0 to 1) and lights; the boundaries that have become known, rising. */
  readonly push: (
    times: readonly number[],
    probabilities: ArrayLike<number>,
    lights: readonly number[],
  ) => readonly ShotBoundary[]
  /** No boundary before this second will come any more. -Infinity before the first frame. */
  readonly settled: () => number
}

type Run = { readonly from: number; readonly atFirstFrame: boolean; frames: number; light: number }

/**
 * Reads boundaries from a shot model's probabilities: a run of frames above 0.5, from its first frame to the first
 * one after it, where the new shot is. Up to two frames are a cut, at that first frame of the new shot; more are a
 * dissolve, or a fade where the picture goes through black. A run that begins with the very first frame or never ends
 * parts nothing from nothing, and one of more than 10 seconds is dropped.
 */
export const createPredictionReader = (): PredictionReader => {
  let run: Run | null = null
  let last = Number.NEGATIVE_INFINITY
  return {
    push: (times, probabilities, lights) => {
      const found: ShotBoundary[] = []
      times.forEach((time, i) => {
        const light = lights[i] ?? 255
        if ((probabilities[i] ?? 0) > certain) {
          run ??= { from: time, atFirstFrame: last === Number.NEGATIVE_INFINITY, frames: 0, light }
          run.frames += 1
          run.light = Math.min(run.light, light)
        } else if (run !== null) {
          if (!run.atFirstFrame && time - run.from <= longestRun) found.push(boundaryOf(run, time))
          run = null
        }
        last = time
      })
      return found
    },
    settled: () => (run !== null && last - run.from <= longestRun ? run.from : last),
  }
}

const boundaryOf = (run: Run, to: number): ShotBoundary =>
  run.frames <= longestCut
    ? { time: to, from: to, to, kind: 'cut' }
    : {
        time: (run.from + to) / 2,
        from: run.from,
        to,
        kind: run.light < darkest ? 'fade' : 'dissolve',
      }

/** Probabilities in place of logits. */
export const sigmoid = (logits: Float32Array): Float32Array =>
  logits.map((logit) => 1 / (1 + Math.exp(-logit)))
