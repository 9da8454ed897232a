import type { LikeReference } from '../../src-preload/contract/search-nouns.ts'
import { writeLike } from '../../src-main/domain/query-like.ts'
import { drop } from '../api/drop.ts'
import { useFilm } from './film.ts'
import { keepQuery } from './history.ts'
import { usePlace } from './place.ts'
import { appendPart } from './query-mode.ts'
import { useSearch } from './search.ts'

const show = (text: string): void => {
  useFilm.getState().close()
  usePlace.getState().go('library')
  useSearch.getState().setText(text)
  useSearch.getState().submit()
  drop(keepQuery(text))
}

/** Looks for moments that look like a frame or a picture: the query becomes its chip, and the answers are shown. */
export const findSimilar = (reference: LikeReference): void => show(writeLike(reference))

/** The same beside what stands in the box already. */
export const addSimilar = (reference: LikeReference): void =>
  show(appendPart(useSearch.getState().text, writeLike(reference)))
