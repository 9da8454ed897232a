import type { SidecarTask } from '../../src-preload/contract/indexer-api.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import type { IndexerLink } from './indexer-link.ts'
import { secondsSince } from './indexer-link.ts'
import { readSidecar } from './sidecar-text.ts'

/** Reads a subtitle file that came or changed beside a film. Without an ffmpeg all but .ass and .ssa. */
export const doSidecar = async (
  link: IndexerLink,
  task: SidecarTask,
  ffmpeg: Result<FfmpegBinaries>,
  signal: AbortSignal,
): Promise<void> => {
  const start = performance.now()
  const { path, language, duration } = task
  const read = await readSidecar({ path, language, duration, ffmpeg, signal })
  if (signal.aborted) return
  if (!read.ok)
    await link.call.work.failed({ task: task.id, error: read.error, seconds: secondsSince(start) })
  else
    await link.call.work.sidecarRead({
      task: task.id,
      language: read.value.language,
      lines: [...read.value.lines],
      seconds: secondsSince(start),
    })
}
