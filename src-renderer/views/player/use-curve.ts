import { useEffect } from 'react'
import type { RelevanceCurve } from '../../../src-preload/contract/search-nouns.ts'
import { drop } from '../../api/drop.ts'
import { useCurve } from '../../state/curve.ts'
import type { OpenFilm } from '../../state/film.ts'
import { useFilm } from '../../state/film.ts'
import { ofFilm } from '../../state/film-part.ts'
import { valueOr } from '../../state/resource.ts'

/** The film's curve for the query that opened it, asked for once `isWanted` and when the film was looked at anew; null until it is there. */
export const useFilmCurve = (open: OpenFilm, isWanted: boolean): RelevanceCurve | null => {
  const part = useCurve()
  const renewals = useFilm((film) => film.renewals)
  const { load } = part
  useEffect(() => {
    if (isWanted) drop(load(open))
  }, [isWanted, open, load, renewals])
  return valueOr(ofFilm(part, open), null)
}
