import { leastShare, phraseAt, shareOf } from '../domain/word-match.ts'
import type { Query, QueryTerm } from '../domain/query.ts'
import type { FusedHit } from '../domain/rank-fusion.ts'
import { wordsOf } from '../domain/fold-words.ts'
import type { AskedWords } from './asked-words.ts'
import { distinctHits } from './text-hits.ts'
import type { TextHit, TextScope } from './text-hits.ts'
import type { TextSearch } from './text-search.ts'

/** What the query's words found, source by source, best first; each hit with the text to show and its `share` of the words. */
export type TextSources = {
  /** Lines of subtitles. */
  readonly said: readonly TextHit[]
  /** Names of files and folders; about whole films. */
  readonly named: readonly TextHit[]
  /** Tags of films and stretches. */
  readonly tagged: readonly TextHit[]
  /** Titles of chapters. */
  readonly chapters: readonly TextHit[]
  /**
   * What stands in quotation marks must really be there: in the film's names or tags, or in a line, chapter or tag of just
   * this stretch; and what is quoted behind a minus must not.
   */
  readonly isWritten: (hit: Pick<FusedHit<string>, 'videoId' | 'start' | 'end'>) => boolean
}

type Source = 'said' | 'named' | 'tagged' | 'chapters'
const sources: readonly Source[] = ['said', 'named', 'tagged', 'chapters']

type ReadTerm = { readonly term: QueryTerm; readonly asked: AskedWords }

/** A line belongs to what is shown up to so many seconds away (methods.md row 7). */
const reach = 15
/** A phrase that is said more often in one film is said everywhere in it. */
const mostPlaces = 1_000

/** Hits of several terms in one list: what several terms find together counts for all of them, by their weights. */
const together = (
  found: readonly (readonly [QueryTerm, readonly TextHit[]])[],
  limit: number,
): readonly TextHit[] => {
  const [only] = found
  if (found.length <= 1) return only?.[1] ?? []
  const total = found.reduce((sum, [{ weight }]) => sum + weight, 0)
  const meets = (a: TextHit, b: TextHit): boolean =>
    a.videoId === b.videoId &&
    (a.start === null ||
      b.start === null ||
      (a.start < (b.end ?? 0) + reach && b.start < (a.end ?? 0) + reach))
  const summed = found.flatMap(([term, hits]) =>
    hits.map((hit) => {
      const sum = (of: 'share' | 'score'): number =>
        found.reduce((all, [other, theirs]) => {
          if (other === term) return all + term.weight * hit[of]
          const near = theirs.find((one) => meets(hit, one))
          return all + other.weight * (near?.[of] ?? 0)
        }, 0) / total
      return { ...hit, share: sum('share'), score: sum('score') }
    }),
  )
  return distinctHits(summed, limit)
}

const says = ({ phrase, wanted, read }: AskedWords, text: string): boolean => {
  const words = wordsOf(text)
  if (phrase !== null) return phrase.length > 0 && phraseAt(words, phrase) >= 0
  return shareOf(wanted, read({ words, language: null })) >= leastShare
}

/** True for a hit near a place where the phrase is written; a place without a stretch is the whole film. */
const isNear = (
  places: readonly TextHit[],
  { start, end }: { start: number | null; end: number | null },
): boolean =>
  places.some(
    (place) =>
      place.start === null ||
      place.end === null ||
      (start !== null && end !== null && place.start < end + reach && place.end > start - reach),
  )

/**
 * Looks for the terms of a query in lines, names, tags and chapter titles. Of a description behind a minus (`beach
 * -people`) the hits that say it are left out; a quotation in the query is judged by `isWritten`.
 */
export const findTexts = (texts: TextSearch, query: Query, scope: TextScope): TextSources => {
  const read: readonly ReadTerm[] = query.terms.map((term) => ({
    term,
    asked: texts.ask(term.text, term.kind === 'exact'),
  }))
  const wanted = read.filter(({ term }) => !term.negative)
  const unwanted = read.filter(({ term }) => term.negative).map(({ asked }) => asked)
  const of = (source: Source): readonly TextHit[] =>
    together(
      wanted.map(({ term, asked }) => [term, texts[source](asked, scope)] as const),
      scope.limit,
    ).filter(({ text }) => !unwanted.some((asked) => says(asked, text)))

  const quoted = read.filter(({ asked }) => asked.phrase !== null)
  const cache = new Map<string, readonly TextHit[]>()
  const placesOf = (asked: AskedWords, videoId: string): readonly TextHit[] => {
    const key = `${videoId} ${asked.phrase?.join(' ') ?? ''}`
    const known = cache.get(key)
    if (known !== undefined) return known
    const inFilm = { ...scope, only: [videoId], limit: mostPlaces }
    const places = sources.flatMap((source) => texts[source](asked, inFilm))
    cache.set(key, places)
    return places
  }
  return {
    said: of('said'),
    named: of('named'),
    tagged: of('tagged'),
    chapters: of('chapters'),
    isWritten: (hit) =>
      quoted.every(({ term, asked }) => {
        const places = placesOf(asked, hit.videoId)
        // A whole film is spoiled by what stands anywhere in it.
        return term.negative
          ? !(isNear(places, hit) || (hit.start === null && places.length > 0))
          : isNear(places, hit)
      }),
  }
}
