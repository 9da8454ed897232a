import { overlapOf, type Interval } from './intervals.ts'
import { compareIds, type VideoId } from './ranking.ts'

/** Reciprocal rank fusion's usual constant (methods.md 2k): how little the first ranks differ. */
const rankConstant = 60

/** A spoken line belongs to the picture up to so many seconds away (methods.md row 7). */
const cueReach = 15

/** What one source found in one film; `start` and `end` null: the film as a whole (a name, a tag). Best first. */
export type SourceHit<Id extends VideoId = VideoId> = {
  readonly videoId: Id
  readonly start: number | null
  readonly end: number | null
  /** What to tell the person: the line that was said, the name that fits. */
  readonly text: string
}

export type HitSource<Id extends VideoId = VideoId> = {
  readonly kind: string
  /** How much its ranks count; 1 unless said. Lower it where the source is not sure of itself. */
  readonly weight?: number
  readonly hits: readonly SourceHit<Id>[]
}

/** A stretch (or a whole film, `start` null) with every source that speaks for it. */
export type FusedHit<Id extends VideoId = VideoId> = {
  readonly videoId: Id
  readonly start: number | null
  readonly end: number | null
  /** Sum of weight / (60 + rank): orders, means nothing else. */
  readonly fused: number
  /** One a source, `index` being its hit's place in that source. */
  readonly reasons: readonly { readonly kind: string; readonly index: number; readonly text: string }[]
}

/** Scores of reciprocal rank fusion: key -> sum of weight / (k + rank), ranks from 1; a list's repeats count once. */
export const reciprocalRanks = <Key>(
  lists: readonly { readonly keys: readonly Key[]; readonly weight?: number }[],
  k: number = rankConstant,
): ReadonlyMap<Key, number> => {
  const scores = new Map<Key, number>()
  for (const { keys, weight = 1 } of lists) {
    for (const [index, key] of [...new Set(keys)].entries()) {
      scores.set(key, (scores.get(key) ?? 0) + weight / (k + index + 1))
    }
  }
  return scores
}

type Place = { readonly videoId: VideoId; readonly stretch: Interval | null }

const placeOf = (hit: SourceHit): Place => ({
  videoId: hit.videoId,
  stretch: hit.start === null || hit.end === null ? null : { start: hit.start, end: hit.end },
})

/** True where `hit` speaks of the same film and, if it names a stretch, of the same 15 s around. */
const speaksFor = (place: Place, hit: Place): boolean => {
  if (place.videoId !== hit.videoId) return false
  if (!hit.stretch) return true
  if (!place.stretch) return false
  const near = { start: place.stretch.start - cueReach, end: place.stretch.end + cueReach }
  return overlapOf(near, hit.stretch) > 0 || (hit.stretch.start >= near.start && hit.stretch.end <= near.end)
}

/**
 * One list out of several sources' (methods.md 2k). Earlier sources' stretches stay as they are; a hit of a later
 * source joins every stretch it speaks for, and stands for itself only where there is none (so put pictures
 * first, then words, then names). Ties: film, then start.
 */
export const fuseHits = <Id extends VideoId>(
  sources: readonly HitSource<Id>[],
  k: number = rankConstant,
): readonly FusedHit<Id>[] => {
  const fused: (FusedHit<Id> & { place: Place; fused: number; reasons: FusedHit['reasons'][number][] })[] = []
  const inFilm = new Map<Id, (typeof fused)[number][]>()
  for (const { kind, weight = 1, hits } of sources) {
    const earlier = new Map([...inFilm].map(([id, list]) => [id, [...list]]))
    for (const [index, hit] of hits.entries()) {
      const place = placeOf(hit)
      const gain = weight / (k + index + 1)
      const reason = { kind, index, text: hit.text }
      const joined = (earlier.get(hit.videoId) ?? []).filter((other) => speaksFor(other.place, place))
      for (const other of joined.filter((one) => one.reasons.every((given) => given.kind !== kind))) {
        other.fused += gain
        other.reasons.push(reason)
      }
      if (joined.length > 0) continue
      const own = {
        videoId: hit.videoId,
        start: hit.start,
        end: hit.end,
        fused: gain,
        reasons: [reason],
        place,
      }
      fused.push(own)
      inFilm.set(hit.videoId, [...(inFilm.get(hit.videoId) ?? []), own])
    }
  }
  return fused
    .sort((a, b) => b.fused - a.fused || compareIds(a.videoId, b.videoId) || (a.start ?? 0) - (b.start ?? 0))
    .map(({ videoId, start, end, fused: score, reasons }) => ({ videoId, start, end, fused: score, reasons }))
}
