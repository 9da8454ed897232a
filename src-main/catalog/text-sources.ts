import type { Query } from '../domain/query.ts'
import type { FusedHit, SourceHit } from '../domain/rank-fusion.ts'
import type { TextSearch } from './text-search.ts'

/** What the query's words found in subtitles and names, best first. */
export type TextSources = {
  readonly said: readonly SourceHit<string>[]
  readonly named: readonly SourceHit<string>[]
  /** What stands in quotation marks must really be there: in the film's names, or said in just this stretch. */
  readonly isWritten: (hit: FusedHit<string>) => boolean
}

const mostHits = 100

/** Looks for every wanted term in subtitles and in the names of files and folders. */
export const findTexts = (texts: TextSearch, query: Query): TextSources => {
  const found = query.terms
    .filter(({ negative }) => !negative)
    .map((term) => {
      const exact = term.kind === 'exact'
      const said = texts.cues(term.text, exact, mostHits)
      const named = texts.names(term.text, exact, mostHits).map(({ videoId, name }) => ({
        videoId,
        start: null,
        end: null,
        text: name.split('\n')[0] ?? name,
      }))
      return { exact, said, named }
    })
  const quoted = found.filter(({ exact }) => exact)
  return {
    said: found.flatMap(({ said }) => said),
    named: found.flatMap(({ named }) => named),
    isWritten: (hit) =>
      quoted.every(({ said, named }) => {
        const isNamed = named.some(({ videoId }) => videoId === hit.videoId)
        const isSaid = said.some(({ videoId }) => videoId === hit.videoId)
        return isNamed || (isSaid && hit.reasons.some(({ kind }) => kind === 'said'))
      }),
  }
}
