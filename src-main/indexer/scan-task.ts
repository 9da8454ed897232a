import PQueue from 'p-queue'
import type { ScanTask } from '../../src-preload/contract/indexer-api.ts'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import type { KinoraError } from '../../src-preload/contract/result.ts'
import { readFileIdentity } from './fingerprint.ts'
import type { IndexerLink } from './indexer-link.ts'
import { secondsSince } from './indexer-link.ts'
import type { FoundFile, ScanBatch } from './scan-batch.ts'
import { scanFolder } from './scan.ts'

/** Files whose content is read at once: enough to keep a disk busy, few enough for a network drive. */
const readers = 4

const identifyAll = async (
  link: IndexerLink,
  task: ScanTask,
  files: readonly FoundFile[],
  signal: AbortSignal,
): Promise<void> => {
  const queue = new PQueue({ concurrency: readers })
  const identified = await queue.addAll(
    files.map((file) => async () => {
      const identity = await readFileIdentity({ path: file.path, signal })
      if (!identity.ok) return { ...file, content: { ok: false as const, error: identity.error } }
      const { videoId, size, mtime } = identity.value
      return { path: file.path, size, mtime, content: { ok: true as const, videoId } }
    }),
  )
  // What went away meanwhile is the next scan's business, not a problem.
  const there = identified.filter(({ content }) => content.ok || content.error.code !== 'missing-file')
  if (!signal.aborted && there.length > 0) await link.call.scan.identified({ task: task.id, files: there })
}

const report = async (
  link: IndexerLink,
  task: ScanTask,
  batch: ScanBatch,
  signal: AbortSignal,
): Promise<void> => {
  if (batch.ignored.length > 0) {
    await link.call.scan.ignored({ task: task.id, entries: [...batch.ignored], counts: [] })
  }
  if (batch.files.length > 0) {
    const answer = await link.call.scan.files({ task: task.id, files: [...batch.files] })
    if (!answer.ok) return
    const unknown = new Set(answer.value.unknown)
    await identifyAll(
      link,
      task,
      batch.files.filter((_, index) => unknown.has(index)),
      signal,
    )
  }
  // Behind the films: only beside a known film is a text file a subtitle.
  if (batch.sidecars.length > 0 && !signal.aborted)
    await link.call.scan.sidecars({ task: task.id, files: [...batch.sidecars] })
}

/** Looks through a folder or a part of it and reports as it goes; nothing of it is held in memory. */
export const doScan = async (
  link: IndexerLink,
  task: ScanTask,
  library: string,
  signal: AbortSignal,
): Promise<void> => {
  const start = performance.now()
  const unreadable: { readonly path: PathRef; readonly error: KinoraError }[] = []
  const scan = scanFolder({
    root: task.root,
    path: task.path,
    deep: task.deep,
    minimumBytes: task.minimumBytes,
    libraryDirectory: library,
    signal,
  })
  // The next batch is looked for while this one is told.
  let step = scan.next()
  let next = await step
  while (next.done !== true) {
    step = scan.next()
    for (const { path, code, message } of next.value.unreadable) {
      unreadable.push({
        path,
        error: { code, message, advice: 'Allow Kinora to read it, or stop watching it.' },
      })
    }
    await report(link, task, next.value, signal)
    next = await step
  }
  const summary = next.value
  if (signal.aborted) return
  const counts = Object.entries(summary.ignored).map(([rule, count]) => ({ rule, count }))
  if (task.deep && task.path.path === task.root.path) {
    await link.call.scan.ignored({ task: task.id, entries: [], counts })
  }
  await link.call.scan.done({
    task: task.id,
    complete: summary.complete,
    online: summary.code !== 'offline',
    unreadable,
    seconds: secondsSince(start),
  })
}
