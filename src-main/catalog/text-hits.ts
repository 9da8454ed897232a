import type { AskedWords } from './asked-words.ts'

/**
 * Words of a film that answer. `start` and `end`: seconds from the film's own start, null where they are about the film as
 * a whole. `text`: what to show. `share` of what was asked for is there; `score` orders the hits of one source (0..1).
 */
export type TextHit = {
  readonly videoId: string
  readonly start: number | null
  readonly end: number | null
  readonly text: string
  readonly share: number
  readonly score: number
}

/** Where to look. `only`: these films, or (null) all; `space`: the model by which wrong subtitles are known. */
export type TextScope = {
  readonly only: readonly string[] | null
  readonly space: string
  readonly limit: number
}

/** So many texts are read for one term and query of the index: more than are shown, few enough for milliseconds. */
export const candidateTexts = 200

/** The best first; of equals the first film, then the earliest. */
export const byScore = (a: TextHit, b: TextHit): number =>
  b.score - a.score ||
  (a.videoId < b.videoId ? -1 : a.videoId > b.videoId ? 1 : 0) ||
  (a.start ?? 0) - (b.start ?? 0)

const overlap = (a: TextHit, b: TextHit): boolean =>
  a.videoId === b.videoId &&
  (a.start === null || b.start === null || (a.start < (b.end ?? 0) && b.start < (a.end ?? 0)))

/** Hits in order, without those that speak of the same stretch as a better one (another language, another copy). */
export const distinctHits = (hits: readonly TextHit[], limit: number): readonly TextHit[] => {
  const kept = new Map<string, TextHit[]>()
  const all: TextHit[] = []
  for (const hit of hits.toSorted(byScore)) {
    const own = kept.get(hit.videoId) ?? []
    if (own.some((other) => overlap(hit, other))) continue
    kept.set(hit.videoId, [...own, hit])
    all.push(hit)
    if (all.length === limit) break
  }
  return all
}

/** Asks with each query of the index in turn, until there are enough hits. */
export const askInTurn = (
  { matches }: AskedWords,
  limit: number,
  ask: (match: string) => readonly TextHit[],
): readonly TextHit[] => {
  const hits: TextHit[] = []
  for (const match of matches) {
    hits.push(...ask(match))
    const distinct = distinctHits(hits, limit)
    if (distinct.length === limit) return distinct
  }
  return distinctHits(hits, limit)
}
