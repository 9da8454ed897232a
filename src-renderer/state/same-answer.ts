import type { Moment, SearchAnswer } from '../../src-preload/contract/search-nouns.ts'

/** What a moment is called everywhere: a film may have several, but only one with these borders. */
export const momentKey = ({ videoId, start, end }: Moment): string => `${videoId} ${start} ${end}`

/** Two stretches that share so much of the shorter one show the same. */
const sameShare = 0.5

/** Whether two moments are one to a person: the borders of one film's own answer may differ a little from another's. */
export const isSameMoment = (a: Moment, b: Moment): boolean => {
  if (a.videoId !== b.videoId) return false
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start)
  return shared >= sameShare * Math.min(a.end - a.start, b.end - b.start)
}

/** Whether `next` may take the place of `shown` unseen: it says the same, or more of it at the end. */
export const goesOn = (shown: SearchAnswer, next: SearchAnswer): boolean =>
  shown.verdict === next.verdict &&
  shown.moments.length <= next.moments.length &&
  shown.moments.every((moment, i) => {
    const other = next.moments[i]
    return other !== undefined && momentKey(other) === momentKey(moment)
  })
