import { ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { ShotBoundary } from '../domain/film-tracks.ts'
import type { FrameMeasure } from '../domain/frame-measure.ts'
import { createShotDetector } from '../domain/shot-boundaries.ts'
import type { ShotModel } from '../foundation/shot-model.ts'

/** Finds the shot boundaries of one film in its tiny frames: the built-in detector, or a model in its place. */
export type ShotFinder = {
  /** Boundaries that have become certain, rising. Errors: model-failed. */
  readonly push: (measure: FrameMeasure, rgb: Uint8Array) => Promise<Result<readonly ShotBoundary[]>>
  /** No boundary before this second will come any more. */
  readonly settled: () => number
  readonly finish: (end: number) => Promise<Result<readonly ShotBoundary[]>>
}

/** `model` null: the built-in detector. One finder a film. */
export const createShotFinder = (model: ShotModel | null): ShotFinder => {
  if (model === null) {
    const detector = createShotDetector()
    return {
      push: (measure, rgb) => Promise.resolve(ok(detector.push(measure, rgb))),
      settled: detector.settled,
      finish: (end) => Promise.resolve(ok(detector.finish(end))),
    }
  }
  const detector = model.createDetector()
  return {
    push: ({ time }, rgb) => detector.push(time, rgb),
    settled: detector.settled,
    finish: detector.finish,
  }
}
