import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { BrowsedFolder, BrowsedPlace } from '../../src-preload/contract/page-api.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { ignoredByName } from '../domain/ignore-rules.ts'
import { isWithin } from '../foundation/path-ref.ts'
import { createPlaceIds } from './place-ids.ts'

/** Ids kept: some hundred listings of a big folder. */
const mostPlaces = 20_000
const mostFolders = 1000
const mostEntries = 1000

/** The place above all roots; no path stands behind it. */
const rootsPlace = 'roots'

export type FolderBrowser = {
  /** Lists a place; null is the roots. `watched` are the library's folders. */
  readonly browse: (place: string | null, watched: readonly string[]) => Promise<Result<BrowsedPlace>>
  /** The real path of a listed place that still is a folder below a root. */
  readonly pathOf: (place: string) => Promise<Result<string>>
}

const isInside = (outer: string, inner: string): boolean => isWithin(Buffer.from(outer), Buffer.from(inner))

const realFolder = async (path: string): Promise<string | null> => {
  try {
    const real = await realpath(path)
    return (await stat(real)).isDirectory() ? real : null
  } catch {
    return null // gone, a broken link, or not for us: it is not listed
  }
}

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/**
 * Lets a page walk the folders below `roots` without ever naming a path: it gets names to show and unguessable ids
 * (from `random`) to come back with. Links count for where they lead to, which must be below a root too.
 */
export const createFolderBrowser = (roots: readonly string[], random: () => string): FolderBrowser => {
  const places = createPlaceIds(random, mostPlaces)

  const realRoots = async (): Promise<readonly string[]> => {
    const real = await Promise.all(roots.map(realFolder))
    return [...new Set(real.filter((root) => root !== null))]
  }

  const pathOf = async (place: string): Promise<Result<string>> => {
    if (place === rootsPlace) return fail('not-allowed', 'Choose a folder in here.')
    const known = places.pathOf(place)
    const real = known === null ? null : await realFolder(known)
    if (real === null)
      return fail('not-found', 'This folder is not there any more.', 'Begin again from the top.')
    // Between the listing and now a link may have taken the folder's place.
    if (!(await realRoots()).some((root) => isInside(root, real))) {
      return fail('not-allowed', 'This folder lies outside of what may be looked at.')
    }
    return ok(real)
  }

  const folder = (path: string, name: string, watched: readonly string[]): BrowsedFolder => ({
    place: places.idOf(path),
    name,
    watched: watched.some((root) => isInside(root, path)),
  })

  const childFolder = async (
    parent: string,
    entry: Dirent,
    allowed: readonly string[],
  ): Promise<{ readonly path: string; readonly name: string } | null> => {
    if (ignoredByName(entry.name, 'folder') !== null) return null
    if (!entry.isDirectory() && !entry.isSymbolicLink()) return null
    const path = await realFolder(join(parent, entry.name))
    return path !== null && allowed.some((root) => isInside(root, path)) ? { path, name: entry.name } : null
  }

  const list = async (
    path: string,
    allowed: readonly string[],
    watched: readonly string[],
  ): Promise<Result<BrowsedPlace>> => {
    let entries: readonly Dirent[]
    try {
      entries = await readdir(path, { withFileTypes: true })
    } catch {
      return fail('unreadable-folder', `${path} cannot be read.`, 'Look at its permissions.')
    }
    const found = await Promise.all(entries.map((entry) => childFolder(path, entry, allowed)))
    const folders = found
      .filter((child) => child !== null)
      .sort((left, right) => byName.compare(left.name, right.name))
      .slice(0, mostFolders)
    const isRoot = allowed.includes(path)
    return ok({
      place: places.idOf(path),
      path,
      parent: isRoot ? (allowed.length > 1 ? rootsPlace : null) : places.idOf(dirname(path)),
      folders: folders.map((child) => folder(child.path, child.name, watched)),
      films: entries
        .slice(0, mostEntries)
        .filter((entry) => entry.isFile() && ignoredByName(entry.name, 'file') === null).length,
    })
  }

  return {
    pathOf,
    browse: async (place, watched) => {
      const allowed = await realRoots()
      const [only, ...others] = allowed
      if (only === undefined) {
        return fail('not-found', 'No folder may be looked at here.', 'Start Kinora with --root DIR.')
      }
      if (place === null || place === rootsPlace) {
        if (others.length === 0) return list(only, allowed, watched)
        const folders = allowed.map((root) => folder(root, basename(root) || root, watched))
        return ok({ place: rootsPlace, path: '', parent: null, folders, films: 0 })
      }
      const path = await pathOf(place)
      return path.ok ? list(path.value, allowed, watched) : path
    },
  }
}
