import { realpath } from 'node:fs/promises'
import type { ErrorCode } from '../../src-preload/contract/result.ts'
import type { IgnoreRule } from '../domain/ignore-rules.ts'
import { fileFailure } from './file-failure.ts'
import { fsPath } from '../foundation/path-ref.ts'
import { batchBuilder, type ScanBatch } from './scan-batch.ts'
import { fileKey, followLink, type LinkContext } from './scan-links.ts'
import {
  offline,
  rootGone,
  scanOne,
  take,
  takeBeside,
  type Scan,
  type ScanInput,
  type Stop,
} from './scan-walk.ts'

/** How a scan ended. What a scan that is not complete did not find must not be taken for deleted. */
export type ScanSummary = {
  readonly complete: boolean
  /** Why it is not complete: `offline`, `unreadable-folder` (the root itself) or `cancelled`; else null. */
  readonly code: ErrorCode | null
  readonly message: string
  readonly files: number
  readonly folders: number
  readonly unreadable: number
  /** How often each rule held. */
  readonly ignored: Readonly<Record<IgnoreRule, number>>
  /** Device and inode of the root while it was scanned, or null. Another one: something else is mounted there. */
  readonly rootKey: string | null
}

const startScan = (input: ScanInput, rootKey: string | null): Scan => ({
  input,
  rootKey,
  batch: batchBuilder(input.batchSize ?? 256),
  folders: [input.path ?? input.root],
  links: [],
  besideLinks: new Map(),
  done: new Set(),
  count: {
    files: 0,
    folders: 0,
    unreadable: 0,
    ignored: {
      kinora: 0,
      trash: 0,
      system: 0,
      cache: 0,
      hidden: 0,
      'too-small': 0,
      'not-a-video': 0,
      'link-loop': 0,
    },
  },
})

const summaryOf = ({ input, rootKey, count }: Scan, stop: Stop | null): ScanSummary => {
  const why = input.signal.aborted ? { code: 'cancelled' as const, message: 'Stopped on request' } : stop
  return { complete: why === null, code: why?.code ?? null, message: why?.message ?? '', ...count, rootKey }
}

/** Works off the folders that are waiting, deepest first. */
async function* scanFolders(scan: Scan): AsyncGenerator<ScanBatch, Stop | null> {
  for (let next = scan.folders.pop(); next !== undefined; next = scan.folders.pop()) {
    if (scan.input.signal.aborted) return null
    const stop = yield* scanOne(scan, next)
    if (stop !== null) return stop
  }
  return null
}

/**
 * Everything real first, then the links, sorted: so a film in the root is always known by its real path, and of two
 * links to one place always the same one counts.
 */
async function* scanAll(scan: Scan, realRoot: string): AsyncGenerator<ScanBatch, Stop | null> {
  const context: LinkContext = { realRoot, given: new Set(), minimumBytes: scan.input.minimumBytes }
  for (;;) {
    const stop = yield* scanFolders(scan)
    if (stop !== null || scan.links.length === 0) return stop
    const links = scan.links.splice(0).sort((a, b) => (a.path < b.path ? -1 : 1))
    for (const link of links) {
      if (scan.input.signal.aborted) return null
      const seen = await followLink(link, context)
      const ended = (await take(scan, seen)) ?? (yield* scanFolders(scan))
      if (ended !== null) return ended
      if (seen.is === 'file') takeBeside(scan, link)
      const full = scan.batch.full() ? scan.batch.take() : null
      if (full !== null) yield full
    }
  }
}

/**
 * Stage `found`: streams the films under a folder in batches, with what was ignored and what could not be read. Holds
 * no files, only names of folders. Symbolic links are followed; what they lead to is given once. Expected failures are
 * in the batches and the summary; nothing is thrown but bugs.
 */
export async function* scanFolder(input: ScanInput): AsyncGenerator<ScanBatch, ScanSummary> {
  let rootKey: string | null
  let realRoot: string
  try {
    rootKey = await fileKey(input.root)
    realRoot = (await realpath(fsPath(input.root), 'buffer')).toString()
  } catch (error) {
    const { code, message } = fileFailure(error, input.root.path, 'unreadable-folder')
    const stop: Stop = code === 'missing-file' ? offline(input.root) : { code, message }
    return summaryOf(startScan(input, null), stop)
  }
  const scan = startScan(input, rootKey)
  const stop = yield* scanAll(scan, realRoot)
  const rest = scan.batch.take()
  if (rest !== null) yield rest
  return summaryOf(scan, stop ?? ((await rootGone(scan)) ? offline(input.root) : null))
}
