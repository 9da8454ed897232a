import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import * as v from 'valibot'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import { shotModelManifest, type ShotModelManifest } from '../../src-preload/contract/shot-model-manifest.ts'
import type { ShotBoundary } from '../domain/film-tracks.ts'
import { createPredictionReader } from '../domain/shot-predictions.ts'
import { createShotWindows, shotWindow, type ShotWindow } from '../domain/shot-windows.ts'
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

const again = 'Download or copy the shot model again.'

/**
 * Opens the folder of a shot model (docs/shot-model.md): reads model.json, checks the file's size (and digest), loads
 * the graph and compares names and shapes. Errors: model-missing, bad-model, model-failed, cancelled.
 */
export const openShotModel = async (
  directory: string,
  options: OpenShotModelOptions,
): Promise<Result<ShotModel>> => {
  const read = await readManifest(directory)
  if (!read.ok) return read
  const manifest = read.value
  const path = join(directory, manifest.file)
  const checked = await checkFile(path, manifest, options)
  if (!checked.ok) return checked
  const opened = await openShotSession(path, manifest, { threads: options.threads })
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

const readManifest = async (directory: string): Promise<Result<ShotModelManifest>> => {
  let text: string
  try {
    text = await readFile(join(directory, 'model.json'), 'utf8')
  } catch (error) {
    return fail('model-missing', `No model.json in ${directory} (${reason(error)})`, again)
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return fail('bad-model', `model.json is not JSON: ${reason(error)}`, again)
  }
  const parsed = v.safeParse(shotModelManifest, json)
  if (parsed.success) return ok(parsed.output)
  const [first] = parsed.issues
  return fail('bad-model', `model.json, key ${v.getDotPath(first) ?? '(whole)'}: ${first.message}`, again)
}

const checkFile = async (
  path: string,
  { file, bytes, sha256 }: ShotModelManifest,
  { verify = false, signal }: OpenShotModelOptions,
): Promise<Result<null>> => {
  let found
  try {
    found = await stat(path)
  } catch (error) {
    return fail('model-missing', `No ${file} beside its model.json (${reason(error)})`, again)
  }
  if (!found.isFile()) return fail('bad-model', `${file} is not a file`, again)
  if (found.size !== bytes)
    return fail('bad-model', `${file} has ${found.size} bytes, model.json says ${bytes}`, again)
  if (!verify) return ok(null)
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { signal })
  } catch (error) {
    if (signal?.aborted) return fail('cancelled', 'Checking the shot model was cancelled')
    return fail('bad-model', `${file} cannot be read (${reason(error)})`, again)
  }
  const digest = hash.digest('hex')
  return digest === sha256
    ? ok(null)
    : fail('bad-model', `${file} differs from what model.json says: sha256 ${digest}`, again)
}

const reason = (error: unknown): string =>
  error instanceof Error
    ? ((error as NodeJS.ErrnoException).code ?? error.message.split('\n')[0] ?? '')
    : String(error)
