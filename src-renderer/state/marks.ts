import type { TagMark } from '../../src-preload/contract/nouns.ts'
import { library } from '../api/library.ts'
import type { Stretch } from './film-range.ts'
import { useFilm } from './film.ts'
import { tellError } from './notices.ts'

const marksNow = (videoId: string): readonly TagMark[] => {
  const { detail } = useFilm.getState()
  return detail.status === 'ready' && detail.value.id === videoId ? detail.value.marks : []
}

export const isSameMark = (a: TagMark, b: TagMark): boolean =>
  a.tag === b.tag && a.start === b.start && a.end === b.end

/** Gives a film 0 to 5 stars, or takes them away (null). Seen at once; a refusal puts back what was there. */
export const rateFilm = async (videoId: string, rating: number | null): Promise<boolean> => {
  const { detail, know } = useFilm.getState()
  const before = detail.status === 'ready' ? detail.value.rating : null
  know(videoId, { rating })
  const result = await library.call.videos.rate({ id: videoId, rating })
  if (result.ok) return true
  tellError(result.error)
  know(videoId, { rating: before })
  return false
}

/** Tags a film, or a stretch of it. False where the library refused; the person was told then. */
export const addTag = async (videoId: string, stretch: Stretch | null, tag: string): Promise<boolean> => {
  const result = await library.call.tags.add({ id: videoId, tags: [tag], ...stretch })
  if (!result.ok) tellError(result.error)
  else useFilm.getState().know(videoId, { marks: result.value })
  return result.ok
}

/** Takes a tag off. Answers all that went: with a film's own tag those of its stretches go, too (catalog/tags.ts). */
export const removeTag = async (videoId: string, mark: TagMark): Promise<readonly TagMark[]> => {
  const before = marksNow(videoId)
  const { tag, start, end } = mark
  const result = await library.call.tags.remove({
    id: videoId,
    tags: [tag],
    ...(start === null || end === null ? {} : { start, end }),
  })
  if (!result.ok) {
    tellError(result.error)
    return []
  }
  useFilm.getState().know(videoId, { marks: result.value })
  return before.filter((one) => !result.value.some((left) => isSameMark(one, left)))
}

/** Puts back what was taken off. */
export const restoreTags = async (videoId: string, marks: readonly TagMark[]): Promise<void> => {
  for (const { tag, start, end } of marks) {
    if (!(await addTag(videoId, start === null || end === null ? null : { start, end }, tag))) return
  }
}
