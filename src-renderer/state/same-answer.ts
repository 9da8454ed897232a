import type { Moment, SearchAnswer } from '../../src-preload/contract/search-nouns.ts'

/** What a moment is called everywhere: a film may have several, but only one with these borders. */
export const momentKey = ({ videoId, start, end }: Moment): string => `${videoId} ${start} ${end}`

/** Whether `next` may take the place of `shown` unseen: it says the same, or more of it at the end. */
export const goesOn = (shown: SearchAnswer, next: SearchAnswer): boolean =>
  shown.verdict === next.verdict &&
  shown.moments.length <= next.moments.length &&
  shown.moments.every((moment, i) => {
    const other = next.moments[i]
    return other !== undefined && momentKey(other) === momentKey(moment)
  })
