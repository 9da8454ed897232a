import type { ErrorCode, KinoraError } from '../../src-preload/contract/result.ts'
import type { PathRef, SidecarFile } from '../../src-preload/contract/video-facts.ts'
import type { IgnoreRule } from '../domain/ignore-rules.ts'

/** A file that ends like a film. `size` in bytes, `mtime` in seconds since 1970 with fractions. */
export type FoundFile = { readonly path: PathRef; readonly size: number; readonly mtime: number }

/** What is left out on purpose: a file, or a folder with all that is in it. */
export type IgnoredEntry = { readonly path: PathRef; readonly rule: IgnoreRule }

/**
 * What could not be looked at. Nothing at this path or below it was seen, so nothing there may be taken for deleted.
 */
export type UnreadableEntry = { readonly path: PathRef; readonly code: ErrorCode; readonly message: string }

/** A piece of a scan's findings, at most `batchSize` entries in all. */
export type ScanBatch = {
  readonly files: readonly FoundFile[]
  readonly ignored: readonly IgnoredEntry[]
  readonly unreadable: readonly UnreadableEntry[]
  /** Of films that are in this batch or in one before it. */
  readonly sidecars: readonly SidecarFile[]
}

/** What is known of one entry of a folder, before it is decided where it goes. */
export type Seen =
  | { readonly is: 'file'; readonly file: FoundFile }
  | { readonly is: 'folder'; readonly path: PathRef }
  | { readonly is: 'link'; readonly path: PathRef }
  | { readonly is: 'ignored'; readonly path: PathRef; readonly rule: IgnoreRule }
  | { readonly is: 'unreadable'; readonly path: PathRef; readonly error: KinoraError }
  | { readonly is: 'sidecar'; readonly file: SidecarFile }
  /** It was there when the folder was read and is not any more. */
  | { readonly is: 'gone' }

/** Collects findings up to `size` and hands them out. */
export type BatchBuilder = {
  readonly add: (seen: Extract<Seen, { is: 'file' | 'ignored' | 'unreadable' | 'sidecar' }>) => void
  readonly full: () => boolean
  /** What was collected, or null when that is nothing; the builder is empty afterwards. */
  readonly take: () => ScanBatch | null
}

/** A builder of batches of at most `size` entries. 'not-a-video' is not kept: the summary counts it. */
export const batchBuilder = (size: number): BatchBuilder => {
  let files: FoundFile[] = []
  let ignored: IgnoredEntry[] = []
  let unreadable: UnreadableEntry[] = []
  let sidecars: SidecarFile[] = []
  const count = (): number => files.length + ignored.length + unreadable.length + sidecars.length
  return {
    add: (seen) => {
      if (seen.is === 'file') files.push(seen.file)
      else if (seen.is === 'sidecar') sidecars.push(seen.file)
      else if (seen.is === 'unreadable')
        unreadable.push({ path: seen.path, code: seen.error.code, message: seen.error.message })
      else if (seen.rule !== 'not-a-video') ignored.push({ path: seen.path, rule: seen.rule })
    },
    full: () => count() >= size,
    take: () => {
      if (count() === 0) return null
      const batch = { files, ignored, unreadable, sidecars }
      files = []
      ignored = []
      unreadable = []
      sidecars = []
      return batch
    },
  }
}
