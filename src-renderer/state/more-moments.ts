import { create } from 'zustand'
import type { Moment, SearchAnswer } from '../../src-preload/contract/search-nouns.ts'
import { library } from '../api/library.ts'
import { tellError } from './notices.ts'
import { isSameMoment } from './same-answer.ts'

/** What a film asked for by name may answer at most (contract/page-api.ts). */
const mostOfFilm = 200

type MoreMoments = {
  /** The answer's query that these belong to. */
  readonly query: string
  /** Of each film that was asked for more: what it had beside the moments of the answer. */
  readonly byFilm: ReadonlyMap<string, readonly Moment[]>
  readonly asking: ReadonlySet<string>
}

const nothing = { byFilm: new Map<string, readonly Moment[]>(), asking: new Set<string>() }

/** What more was asked of single films? Forgotten with the next query. */
export const useMoreMoments = create<MoreMoments>(() => ({ query: '', ...nothing }))

/** Asks one film for all its moments; answers those that are new, null where it could not be asked. */
export const askMoreOf = async (answer: SearchAnswer, videoId: string): Promise<readonly Moment[] | null> => {
  const { query } = answer
  useMoreMoments.setState((now) => {
    const mine = now.query === query ? now : nothing
    return { query, byFilm: mine.byFilm, asking: new Set(mine.asking).add(videoId) }
  })
  const result = await library.call.search.moments({ query, in: videoId, limit: mostOfFilm })
  const now = useMoreMoments.getState()
  if (now.query !== query) return null
  const asking = new Set(now.asking)
  asking.delete(videoId)
  if (!result.ok) {
    useMoreMoments.setState({ asking })
    tellError(result.error)
    return null
  }
  const shown = answer.moments.filter((moment) => moment.videoId === videoId)
  const more = result.value.moments.filter((moment) => !shown.some((one) => isSameMoment(one, moment)))
  useMoreMoments.setState({ asking, byFilm: new Map(now.byFilm).set(videoId, more) })
  return more
}
