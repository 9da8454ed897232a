import { hasVideoEnding } from './video-endings.ts'

/** Why an entry of a folder is not looked at. Closed, and each is shown to the user. */
export const ignoreRules = [
  'kinora',
  'trash',
  'system',
  'cache',
  'hidden',
  'too-small',
  'not-a-video',
  'link-loop',
] as const

export type IgnoreRule = (typeof ignoreRules)[number]

/** A folder with this file in it is a Kinora library: its posters and sprites are no films of the user. */
export const libraryMarker = '.kinora-library'

/** Names of files that Kinora is still writing end so, in a folder of the user's too (a rendered reel). */
export const partEnding = '.kinora-part'

const trash: ReadonlySet<string> = new Set([
  '$recycle.bin',
  'recycler',
  'recycled',
  '#recycle',
  '@recycle',
  '.trashes',
])

const system: ReadonlySet<string> = new Set([
  ...[
    'system volume information',
    'lost+found',
    'lost.dir',
    'config.msi',
    'msocache',
    '$windows.~bt',
    '$windows.~ws',
  ],
  ...[
    '$winreagent',
    '$sysreset',
    '$extend',
    'windows.old',
    '.fseventsd',
    '.spotlight-v100',
    '.temporaryitems',
  ],
  ...['.documentrevisions-v100', '.vol', '#snapshot', '@snapshot', '.snapshot', '.snapshots', '.zfs'],
])

const cache: ReadonlySet<string> = new Set([
  ...[
    '.cache',
    'cache',
    'caches',
    'node_modules',
    '__pycache__',
    'thumbnails',
    '.thumbnails',
    '.thumbs',
    '.thumb',
  ],
  ...['@eadir', 'media cache', 'media cache files', 'peak files', 'adobe premiere pro video previews'],
])

/**
 * The rule by which the entry `name` of a folder is left out, or null. By name only: sizes, links and the library
 * marker need the disk (`indexer/scan.ts`). For a file the ending decides first, so that other files are merely
 * counted ('not-a-video') and not listed.
 */
export const ignoredByName = (name: string, kind: 'file' | 'folder'): IgnoreRule | null => {
  const lower = name.toLowerCase()
  if (lower.endsWith(partEnding)) return 'kinora'
  if (kind === 'file') {
    if (!hasVideoEnding(name)) return 'not-a-video'
    return name.startsWith('.') ? 'hidden' : null
  }
  if (trash.has(lower) || lower.startsWith('.trash')) return 'trash'
  if (system.has(lower)) return 'system'
  if (cache.has(lower)) return 'cache'
  return name.startsWith('.') ? 'hidden' : null
}

/** 'too-small' for a film below `minimumBytes`. An empty file is not ignored: it becomes the problem `empty-file`. */
export const ignoredBySize = (bytes: number, minimumBytes: number): IgnoreRule | null =>
  bytes > 0 && bytes < minimumBytes ? 'too-small' : null
