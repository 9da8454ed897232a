import { join } from 'node:path'
import { ok, type Result } from '../../src-preload/contract/result.ts'
import { shotModelManifest, type ShotModelManifest } from '../../src-preload/contract/shot-model-manifest.ts'
import type { ShotBoundary } from '../domain/film-tracks.ts'
import { createPredictionReader } from '../domain/shot-predictions.ts'
import { createShotWindows, shotWindow, type ShotWindow } from '../domain/shot-windows.ts'
import { checkModelFile, readModelManifest } from './model-files.ts'
import { openShotSession, type ShotSession } from './shot-session.ts'

/** Finds the shots of one film; one call at a time. */
export type ShotModelDetector = {
  /**
   * The next frame: seconds, and its 48 x 27 rgb24 (copied). Answers the boundaries that have become certain, rising.
   * About every 50th call runs the model and blocks this thread. Errors: model-failed.
   */
  readonly push: (time: number, rgb: Uint8Array) => Promise<Result<readonly ShotBoundary[]>>
  /** No boundary before this second will come any more: some 75 frames behind. -Infinity before the first window. */
  readonly settled: () => number
  /** The film ends at `end` seconds: the boundaries that were left. Errors: model-failed. */
  readonly finish: (end: number) => Promise<Result<readonly ShotBoundary[]>>
}

/** A shot model in memory; whoever opens it disposes it. Its detectors may take turns. */
export type ShotModel = {
  readonly manifest: ShotModelManifest
  /** A detector for one film, from whichever frame on. */
  readonly createDetector: () => ShotModelDetector
  readonly dispose: () => Promise<void>
}

export type OpenShotModelOptions = {
  /** Threads inside one operator. */
  readonly threads: number
  /** Also compare the file's sha256: when it is chosen, not at each start. */
  readonly verify?: boolean
  readonly signal?: AbortSignal
}

const advice = 'Download or copy the shot model again.'

/**
 * Opens the folder of a shot model (docs/shot-model.md): reads model.json, checks the file's size (and digest), loads
 * the graph and compares names and shapes. Errors: model-missing, bad-model, model-failed, cancelled.
 */
export const openShotModel = async (
  directory: string,
  options: OpenShotModelOptions,
): Promise<Result<ShotModel>> => {
  const read = await readModelManifest(directory, shotModelManifest, advice)
  if (!read.ok) return read
  const manifest = read.value
  const { threads, verify = false, signal } = options
  const checked = await checkModelFile(directory, manifest, { verify, signal, advice })
  if (!checked.ok) return checked
  const opened = await openShotSession(join(directory, manifest.file), manifest, { threads })
  if (!opened.ok) return opened
  const session = opened.value
  return ok({ manifest, createDetector: () => createDetector(session), dispose: session.dispose })
}

const none: Result<readonly ShotBoundary[]> = ok([])

const createDetector = (session: ShotSession): ShotModelDetector => {
  const windows = createShotWindows()
  const reader = createPredictionReader()
  let ended: number | null = null
  const read = async ({ rgb, times, lights }: ShotWindow): Promise<Result<readonly ShotBoundary[]>> => {
    const answer = await session.predict(rgb)
    if (!answer.ok) return answer
    return ok(reader.push(times, answer.value.subarray(shotWindow.context), lights))
  }
  return {
    push: (time, rgb) => {
      const window = windows.push(time, rgb)
      return window === null ? Promise.resolve(none) : read(window)
    },
    settled: () => ended ?? reader.settled(),
    finish: async (end) => {
      const found: ShotBoundary[] = []
      for (const window of windows.finish()) {
        const boundaries = await read(window)
        if (!boundaries.ok) return boundaries
        found.push(...boundaries.value)
      }
      ended = end
      return ok(found.filter(({ time }) => time < end))
    },
  }
}
