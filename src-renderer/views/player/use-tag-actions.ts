import { useTranslation } from 'react-i18next'
import type { TagMark, VideoDetail } from '../../../src-preload/contract/nouns.ts'
import { drop } from '../../api/drop.ts'
import { clockRange } from '../../parts/format.ts'
import type { Stretch } from '../../state/film-range.ts'
import { useKnownTags } from '../../state/known-tags.ts'
import { addTag, rateFilm, removeTag, restoreTags } from '../../state/marks.ts'
import { tellNote } from '../../state/player-note.ts'

type TagActions = {
  readonly add: (tag: string, stretch: Stretch | null) => void
  readonly remove: (mark: TagMark) => void
  readonly rate: (rating: number | null) => void
}

/** Tags and rates a film, says so over the picture, and lets it be taken back. */
export const useTagActions = (film: Pick<VideoDetail, 'id' | 'rating'>): TagActions => {
  const { t } = useTranslation()
  const renewKnown = useKnownTags((resource) => resource.load)
  const { id } = film

  const add = async (tag: string, stretch: Stretch | null): Promise<void> => {
    if (!(await addTag(id, stretch, tag))) return
    drop(renewKnown())
    const mark = { tag, start: stretch?.start ?? null, end: stretch?.end ?? null }
    tellNote(
      stretch === null
        ? t('tags.addedFilm', { tag })
        : t('tags.added', { tag, time: clockRange(stretch.start, stretch.end) }),
      { undo: () => drop(removeTag(id, mark)) },
    )
  }
  const remove = async (mark: TagMark): Promise<void> => {
    const gone = await removeTag(id, mark)
    if (gone.length === 0) return
    drop(renewKnown())
    const { tag } = mark
    const stretches = gone.filter(({ start }) => start !== null).length
    const text =
      mark.start !== null && mark.end !== null
        ? t('tags.removed', { tag, time: clockRange(mark.start, mark.end) })
        : stretches === 0
          ? t('tags.removedFilm', { tag })
          : t('tags.removedAll', { tag, count: stretches })
    tellNote(text, { undo: () => drop(restoreTags(id, gone)) })
  }
  const rate = async (rating: number | null): Promise<void> => {
    const before = film.rating
    if (rating === before || !(await rateFilm(id, rating))) return
    tellNote(rating === null ? t('rating.none') : t('rating.stars', { count: rating }), {
      ...(rating === null ? {} : { stars: rating }),
      undo: () => drop(rateFilm(id, before)),
    })
  }
  return {
    add: (tag, stretch) => drop(add(tag, stretch)),
    remove: (mark) => drop(remove(mark)),
    rate: (rating) => drop(rate(rating)),
  }
}
