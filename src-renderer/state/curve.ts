import { ok } from '../../src-preload/contract/result.ts'
import type { RelevanceCurve } from '../../src-preload/contract/search-nouns.ts'
import { library } from '../api/library.ts'
import { createFilmPart } from './film-part.ts'
import { queryMode } from './query-mode.ts'

/** Has this query anything that a picture can answer better or worse? */
export const hasCurve = (query: string): boolean => queryMode(query) === 'moments'

/** How well each part of the film answers the query that opened it; null where it was opened by none. */
export const useCurve = createFilmPart<RelevanceCurve | null>(({ videoId, query }) =>
  hasCurve(query) ? library.call.search.curve({ query, id: videoId }) : Promise.resolve(ok(null)),
)
