import type { LikeReference } from '../../src-preload/contract/search-nouns.ts'
import type { Misread } from './query-misread.ts'
import { quoteValue } from './query-quotes.ts'
import { readDuration } from './query-values.ts'

/** A picture that was kept: `search.keepPicture` answers such an id. */
const pictureId = /^p[0-9a-f]{20}$/
/** A film and a second of it, split at the last @ before a number (cli.md: VIDEO@SECONDS). */
const frame = /^(.+)@([\d.,:]+)$/s

/** Reads what stands behind `like:`: VIDEO@SECONDS (also @1:02:03), or the id of a kept picture. */
export const readLike = (written: string): { readonly reference: LikeReference } | Misread => {
  const value = written.trim()
  if (pictureId.test(value)) return { reference: { kind: 'picture', id: value } }
  const parts = frame.exec(value)
  const seconds = parts === null ? null : readDuration(parts[2] ?? '')
  if (parts?.[1] !== undefined && typeof seconds === 'number')
    return { reference: { kind: 'frame', video: parts[1], seconds } }
  return { message: '“like:” needs a film and a second of it, such as beach.mp4@12.5', suggestion: '' }
}

/** `like:` for a frame or a kept picture, as it stands in a query. */
export const writeLike = (reference: LikeReference): string => {
  if (reference.kind === 'picture') return `like:${reference.id}`
  const value = `${reference.video}@${Number(reference.seconds.toFixed(3))}`
  return `like:${quoteValue(value)}`
}
