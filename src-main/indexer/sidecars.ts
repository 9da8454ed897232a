import { stat } from 'node:fs/promises'
import type { PathRef, SidecarFile } from '../../src-preload/contract/video-facts.ts'
import { pairSidecars } from '../domain/sidecar-names.ts'
import { hasSubtitleEnding, hasVideoEnding } from '../domain/video-endings.ts'
import { fsPath } from '../foundation/path-ref.ts'
import { errnoOf } from './file-failure.ts'
import type { Seen } from './scan-batch.ts'
import type { Entry } from './scan-entry.ts'

type NamedPath = { readonly name: string; readonly path: PathRef; readonly isLink: boolean }

/** What one folder has of films and subtitle files, gathered while it is looked through; names only. */
export type SidecarGatherer = {
  readonly add: (entry: Entry, seen: Seen) => void
  /** The subtitle files that belong to a film there, with what the disk says of each. `isLink`: their film is a link. */
  readonly pairs: () => AsyncGenerator<{ readonly isLink: boolean; readonly file: SidecarFile }, void>
}

/** Files are stat-ed so many at a time, as all others are. */
const chunkSize = 32

/** Names that are not UTF-8 are compared as one letter a byte. */
const comparable = ({ path, name, dirent }: Entry): string =>
  path.bytes === null ? name : dirent.name.toString('latin1')

const look = async (path: PathRef): Promise<SidecarFile['facts']> => {
  try {
    const facts = await stat(fsPath(path))
    return facts.isFile() ? { size: facts.size, mtime: facts.mtimeMs / 1000 } : null
  } catch (error) {
    // Gone just now, which the next look sees; or a link to a drive that is away, whose lines must stay.
    if (errnoOf(error) === null) throw error
    return null
  }
}

/** Begins with an empty folder. */
export const gatherSidecars = (): SidecarGatherer => {
  const films: NamedPath[] = []
  const files: NamedPath[] = []
  return {
    add: (entry, seen) => {
      const isLink = seen.is === 'link'
      const isFilm = seen.is === 'file' || seen.is === 'unreadable' || (isLink && hasVideoEnding(entry.name))
      const isOther = isLink || (seen.is === 'ignored' && seen.rule === 'not-a-video')
      if (isFilm) films.push({ name: comparable(entry), path: entry.path, isLink })
      else if (isOther && hasSubtitleEnding(entry.name))
        files.push({ name: comparable(entry), path: entry.path, isLink })
    },
    pairs: async function* () {
      const pairs = pairSidecars(films, files)
      for (let from = 0; from < pairs.length; from += chunkSize) {
        const chunk = pairs.slice(from, from + chunkSize)
        const facts = await Promise.all(chunk.map(({ file }) => look(file.path)))
        for (const [i, { film, file, language }] of chunk.entries())
          yield {
            isLink: film.isLink,
            file: { film: film.path, path: file.path, language, facts: facts[i] ?? null },
          }
      }
    },
  }
}
