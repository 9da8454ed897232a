import type { ProbeTask } from '../../src-preload/contract/indexer-api.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import type { Log } from '../foundation/log.ts'
import type { IndexerLink } from './indexer-link.ts'
import { secondsSince } from './indexer-link.ts'
import { probeVideo } from './probe.ts'
import { readEmbedded } from './embedded-subtitles.ts'

/** Stage `probed`: the facts of a film, its own chapters and what its own subtitles say. */
export const doProbe = async (
  link: IndexerLink,
  task: ProbeTask,
  ffmpeg: FfmpegBinaries,
  log: Log,
  signal: AbortSignal,
): Promise<void> => {
  const start = performance.now()
  const facts = await probeVideo({ path: task.path, ffmpeg, signal, now: Date.now() / 1000 })
  if (signal.aborted) return
  if (!facts.ok) {
    await link.call.work.failed({ task: task.id, error: facts.error, seconds: secondsSince(start) })
    return
  }
  const subtitles = await readEmbedded({
    path: task.path,
    facts: facts.value,
    ffmpeg,
    signal,
    onProblem: (error) => log.warn({ path: task.path.path, error }, 'a subtitle could not be read'),
  })
  if (!subtitles.ok) return // cancelled: it has no other failure
  await link.call.work.probed({
    task: task.id,
    facts: facts.value,
    subtitles: subtitles.value.map(({ lines, ...one }) => ({ ...one, lines: [...lines] })),
    seconds: secondsSince(start),
  })
}
