import type { Result } from '../../src-preload/contract/result.ts'
import { fail } from '../../src-preload/contract/result.ts'
import type { KinoraError } from '../../src-preload/contract/result.ts'
import type { LibraryChange } from '../../src-preload/contract/nouns.ts'
import type { ScanTask } from '../../src-preload/contract/indexer-api.ts'
import type { PathRef, SidecarFile } from '../../src-preload/contract/video-facts.ts'
import { pathKey } from '../foundation/path-ref.ts'
import type { Wanted } from './job-questions.ts'
import type { SeenFile } from './locations.ts'
import type { Store } from './store.ts'

/** A file whose content was looked at: which video it is, or why it could not be read. */
export type IdentifiedFile = SeenFile & {
  readonly content:
    { readonly ok: true; readonly videoId: string } | { readonly ok: false; readonly error: KinoraError }
}

export type ScanEnd = {
  readonly complete: boolean
  readonly online: boolean
  readonly unreadable: readonly { readonly path: PathRef; readonly error: KinoraError }[]
}

export type Found = {
  readonly files: (task: ScanTask, scan: number, files: readonly SeenFile[]) => readonly number[]
  readonly identified: (
    task: ScanTask,
    scan: number,
    files: readonly IdentifiedFile[],
    wanted: Wanted,
  ) => void
  /** Subtitle files beside films that are known by now. */
  readonly sidecars: (task: ScanTask, scan: number, files: readonly SidecarFile[]) => void
  readonly end: (task: ScanTask, scan: number, end: ScanEnd, wanted: Wanted) => Result<null>
}

/** Stage `found`: from what scans report to locations, videos, missing jobs and problems. `clock` in seconds. */
export const createFound = (
  store: Store,
  clock: () => number,
  tell: (change: LibraryChange) => void,
): Found => {
  const setOnline = (task: ScanTask, online: boolean): void => {
    const before = store.folders.all().find(({ id }) => id === task.folderId)?.online
    if (before === undefined || before === online) return
    store.folders.setOnline(task.folderId, online)
    tell({ kind: 'folder', path: task.root.path, online, watching: null })
  }
  /** What words and filters know of where films lie. */
  const refresh = (videoIds: readonly string[]): void => {
    store.texts.refreshNames(videoIds)
    store.filterRows.refresh(videoIds)
  }
  return {
    files: (task, scan, files) => {
      const back: string[] = []
      const unknown = store.locations.seen(task.folderId, scan, files, (videoId) => back.push(videoId))
      refresh(back)
      return unknown
    },
    identified: (task, scan, files, wanted) => {
      const named = new Set<string>()
      for (const file of files) {
        const subject = { videoId: null, path: file.path } as const
        const videoId = file.content.ok ? file.content.videoId : null
        const before = store.locations.videoAt(file.path.path)
        const { isNewVideo } = store.locations.identified(task.folderId, scan, { ...file, videoId }, clock())
        if (!file.content.ok) {
          if (before !== null) refresh([before])
          const isNews = store.problems.put(subject, 'found', file.content.error)
          if (isNews)
            tell({ kind: 'problem', path: file.path.path, stage: 'found', code: file.content.error.code })
          continue
        }
        store.problems.clear(subject, 'found')
        named.add(file.content.videoId)
        if (before !== null) named.add(before)
        store.jobs.insertMissing(wanted, file.content.videoId)
        // A known film in a new place: renamed, moved or copied.
        const kind = isNewVideo ? 'video-added' : 'location-found'
        if (before !== file.content.videoId)
          tell({ kind, videoId: file.content.videoId, path: file.path.path })
      }
      refresh([...named])
    },
    sidecars: (task, scan, files) => store.subtitles.sight(task.folderId, scan, files),
    end: (task, scan, end, wanted) => {
      if (!store.folders.all().some(({ id }) => id === task.folderId)) {
        return fail('not-found', 'The folder is not watched any more.')
      }
      const wholeFolder = task.deep && pathKey(task.path).equals(pathKey(task.root))
      const unmounted = wholeFolder && end.complete && store.locations.looksUnmounted(task.folderId, scan)
      const online = end.online && !unmounted
      setOnline(task, online)
      const unreadable = end.unreadable.map(({ path }) => path)
      if (online && end.complete && task.deep) store.problems.clearBelow(task.path, unreadable)
      for (const { path, error } of end.unreadable)
        store.problems.put({ videoId: null, path }, 'found', error)
      if (end.complete && online) {
        for (const path of store.locations.sweep(task, scan, unreadable)) {
          const videoId = store.locations.videoAt(path)
          if (videoId !== null) refresh([videoId])
          tell({ kind: 'location-gone', path })
        }
        for (const { videoId, path } of store.subtitles.sweep(task, scan, unreadable)) {
          store.problems.clear({ videoId: null, path }, 'probed')
          store.filterRows.refresh([videoId])
          tell({ kind: 'subtitles', videoId, path: path.path })
        }
      }
      store.jobs.insertMissing(wanted)
      return { ok: true, value: null }
    },
  }
}
