import type { Result } from '../../src-preload/contract/result.ts'
import { findFfmpeg } from './ffmpeg-binaries.ts'
import type { FfmpegBinaries } from './ffmpeg-binaries.ts'

/** The ffmpeg to use; `path` is a person's choice, or null. */
export type ProvenFfmpeg = (path: string | null) => Promise<Result<FfmpegBinaries>>

/** Proving an ffmpeg starts it twice: one that was good stays so for the life of this process, a failure is looked at anew. */
export const createProvenFfmpeg = (environment: NodeJS.ProcessEnv): ProvenFfmpeg => {
  const proven = new Map<string | null, Promise<Result<FfmpegBinaries>>>()
  return async (path) => {
    const asked = proven.get(path) ?? findFfmpeg({ ffmpegPath: path ?? undefined, environment })
    proven.set(path, asked)
    const found = await asked
    if (!found.ok && proven.get(path) === asked) proven.delete(path)
    return found
  }
}
