import type { Moment } from '../../src-preload/contract/search-nouns.ts'

export type MomentGroup = {
  readonly videoId: string
  readonly path: string
  readonly moments: readonly Moment[]
}

/** Moments by film: films in the order of their best moment, moments of a film in the order they were found. */
export const groupMoments = (moments: readonly Moment[]): readonly MomentGroup[] =>
  [...Map.groupBy(moments, ({ videoId }) => videoId)].map(([videoId, own]) => ({
    videoId,
    path: own[0]?.path ?? '',
    moments: own,
  }))

/** `moments` with what single films were asked for more, each film's behind the last that it had. */
export const withMore = (
  moments: readonly Moment[],
  more: ReadonlyMap<string, readonly Moment[]>,
): readonly Moment[] => {
  if (more.size === 0) return moments
  const lastOf = new Map(moments.map(({ videoId }, index) => [videoId, index]))
  return moments.flatMap((moment, index) =>
    lastOf.get(moment.videoId) === index ? [moment, ...(more.get(moment.videoId) ?? [])] : [moment],
  )
}

/** Below this nobody would call it an answer (catalog/search.ts calls such a verdict 'none'). */
const weakBelow = 0.2

/** The answers, and those that hardly are: they are folded away. */
export const splitBySureness = (
  moments: readonly Moment[],
): { readonly strong: readonly Moment[]; readonly weak: readonly Moment[] } => ({
  strong: moments.filter(({ confidence }) => confidence >= weakBelow),
  weak: moments.filter(({ confidence }) => confidence < weakBelow),
})
