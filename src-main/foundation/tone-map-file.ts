import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import envPaths from 'env-paths'
import { filterSafe } from '../domain/display-filters.ts'
import { toneMapCube, toneMapVersion, type HdrKind } from '../domain/tone-map.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { makeFolder } from './make-folder.ts'

/** Private to the user, and may be emptied at any time. */
const cacheFolder = (): string => join(envPaths('kinora', { suffix: '' }).cache, 'tone-maps')

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile() && found.size > 0,
    () => false,
  )

/** Temporary name, fsync, rename: whoever finds the file finds all of it, and two processes may write it at once. */
const write = async (path: string, kind: HdrKind): Promise<void> => {
  const unfinished = `${path}.${randomUUID()}.unfinished`
  try {
    {
      await using handle = await open(unfinished, 'w')
      await handle.writeFile(toneMapCube(kind))
      await handle.sync()
    }
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

const inFolder = async (folder: string, kind: HdrKind): Promise<string> => {
  const path = join(folder, `${kind}-${toneMapVersion}.cube`)
  if (!(await isThere(path))) {
    makeFolder(folder)
    await write(path, kind)
  }
  return path
}

/** For homes that cannot be written to: made once a process, and gone with it. */
let spare: string | null = null
const spareFolder = (): string => {
  if (spare !== null) return spare
  const made = mkdtempSync(join(tmpdir(), 'kinora-tone-maps-'))
  process.once('exit', () => rmSync(made, { recursive: true, force: true }))
  return (spare = made)
}

/**
 * The filter-safe name of the tone map for a film (`rgbFilter` takes it), or null where `hdr` is. The file (0.75 MB a
 * kind) is made in `folder`, the user's cache where not said, by whoever needs it first, and never changes; where that
 * cannot be written to, in a temporary folder. Throws when nothing can be written at all.
 */
export const toneMapReference = async (
  hdr: VideoFacts['hdr'],
  folder: string = cacheFolder(),
): Promise<string | null> => {
  if (hdr === null) return null
  const path = await inFolder(folder, hdr).catch(() => inFolder(spareFolder(), hdr))
  // Windows takes either slash, and a backslash would need four.
  return filterSafe(process.platform === 'win32' ? path.replaceAll('\\', '/') : path)
}
