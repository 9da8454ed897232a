import type { Moment, Reason, ReasonKind } from '../../src-preload/contract/search-nouns.ts'
import { fuseHits } from '../domain/rank-fusion.ts'
import type { FusedHit } from '../domain/rank-fusion.ts'
import type { ResolvedLike } from './like-vectors.ts'
import type { QueryPlan } from './query-plan.ts'
import type { TextSources } from './text-sources.ts'
import type { KnownVideo } from './videos.ts'
import type { VisualMoment } from './visual-search.ts'

/** What words and pictures have found, and how it is to be told. */
export type Found = {
  readonly plan: QueryPlan
  readonly pictures: readonly VisualMoment[]
  readonly words: TextSources
  /** How sure a moment's fit is, 0..1. */
  readonly sureness: (fit: number) => number
}

/** Words that were really said or stand in a name are as sure as a good picture. */
const wordSureness = 0.8
/** Pictures that hardly fit do not outrank words that do. */
const unsureWeight = 0.5
const unsure = 0.2

const secondsAsClock = (seconds: number): string => {
  const whole = Math.floor(seconds)
  const part = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  return hours > 0 ? `${hours}:${part(minutes)}:${part(whole % 60)}` : `${minutes}:${part(whole % 60)}`
}

const likeName = ({ name, seconds }: ResolvedLike): string =>
  seconds === null ? name : `${name} ${secondsAsClock(seconds)}`

/** Why pictures are an answer: their order, their words, what they are like. */
const pictureReasons = ({ steps }: QueryPlan): readonly Reason[] => {
  const [first, ...more] = steps
  if (first === undefined) return []
  const nameOf = (step: typeof first): string =>
    [step.words, ...step.likes.map(likeName)].filter((text) => text !== '').join(', ')
  if (more.length > 0) return [{ kind: 'in-order', text: steps.map(nameOf).join(' → ') }]
  return [
    ...(first.words === '' ? [] : [{ kind: 'looks-like', text: first.words } as const]),
    ...first.likes.map((like) => ({ kind: 'similar', text: likeName(like) }) as const),
  ]
}

/** Sources in their order: stretches of pictures first, whole films last (`fuseHits`). */
const wordKinds = [
  ['said', 'said'],
  ['chapter', 'chapters'],
  ['tagged', 'tagged'],
  ['named', 'named'],
] as const satisfies readonly (readonly [ReasonKind, Exclude<keyof TextSources, 'isWritten'>])[]

/** An answer's stretch with every source that speaks for it, best first. */
export type FoundHit = FusedHit<string> & {
  readonly picture: VisualMoment | null
  /** How much of the asked words is written there, 0..1; 0 where only pictures speak for it. */
  readonly written: number
}

/** One list of what was found (methods.md 2k: reciprocal ranks). `isShown`: films that may be shown. */
export const fuseFound = (
  { pictures, words, sureness }: Found,
  isShown: (videoId: string) => boolean,
): readonly FoundHit[] => {
  const best = pictures.reduce((most, { fit }) => Math.max(most, sureness(fit)), 0)
  const written = wordKinds.map(([kind, list]) => ({
    kind,
    hits: words[list].filter(({ videoId }) => isShown(videoId)),
  }))
  const seen = pictures.map(({ videoId, start, end }) => ({ videoId, start, end, text: '' }))
  const fused = fuseHits<string>([
    { kind: 'picture', weight: best >= unsure ? 1 : unsureWeight, hits: seen },
    ...written,
  ])
  return fused.filter(words.isWritten).map((hit) => {
    const seenAs = hit.reasons.find(({ kind }) => kind === 'picture')
    const shares = hit.reasons.map(
      ({ kind, index }) => written.find((source) => source.kind === kind)?.hits[index]?.share ?? 0,
    )
    return {
      ...hit,
      picture: seenAs === undefined ? null : (pictures[seenAs.index] ?? null),
      written: Math.max(0, ...shares),
    }
  })
}

const isWordKind = (kind: string): kind is (typeof wordKinds)[number][0] =>
  wordKinds.some(([known]) => known === kind)

/** A hit as people get it. `most`: the largest fused score of the answer. */
export const toMoment = (
  hit: FoundHit,
  { video, facts }: KnownVideo,
  { plan, sureness }: Found,
  most: number,
): Moment => {
  const start = hit.start ?? 0
  const looks = hit.picture === null ? 0 : sureness(hit.picture.fit)
  const reasons = hit.reasons.flatMap(({ kind, text }): readonly Reason[] => {
    if (kind === 'picture') return pictureReasons(plan)
    return isWordKind(kind) ? [{ kind, text }] : []
  })
  return {
    videoId: hit.videoId,
    path: video.path,
    start,
    end: hit.end ?? facts.duration,
    peak: hit.picture?.peak ?? start,
    score: hit.fused / most,
    confidence: Math.max(looks, wordSureness * hit.written),
    reasons,
    chapter: facts.chapters.find((chapter) => chapter.start <= start && start < chapter.end)?.title ?? null,
  }
}
