import type { LikeReference } from '../../src-preload/contract/search-nouns.ts'
import { writeLike } from '../../src-main/domain/query-like.ts'
import { useFilm } from './film.ts'
import { usePlace } from './place.ts'
import { useSearch } from './search.ts'

/** Looks for moments that look like a frame or a picture: the query becomes its chip, and the answers are shown. */
export const findSimilar = (reference: LikeReference): void => {
  useFilm.getState().close()
  usePlace.getState().go('library')
  useSearch.getState().setText(writeLike(reference))
  useSearch.getState().submit()
}
