import { parsedForPeople } from '../../src-main/domain/parsed-query.ts'
import { parseQuery } from '../../src-main/domain/query.ts'
import type { Moment, Reason, SearchAnswer } from '../../src-preload/contract/search-nouns.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { makeVideo } from './scenario.ts'
import type { Scenario } from './scenario.ts'

/** As many films answer by themselves (scenario.ts). */
const plainFilms = 9

/** The third film has every reason there is. */
const everyReason = (words: string): readonly Reason[] => [
  { kind: 'looks-like', text: words },
  { kind: 'said', text: `we should call it ${words}, shouldn’t we, said Emma on the way down to the water` },
  { kind: 'tagged', text: words },
  { kind: 'chapter', text: 'By the water' },
]

const momentOf = (
  video: { readonly id: string; readonly path: string },
  start: number,
  score: number,
): Moment => ({
  videoId: video.id,
  path: video.path,
  start,
  end: start + 6,
  peak: start + 2.5,
  score,
  confidence: score,
  reasons: [{ kind: 'looks-like', text: 'it' }],
  chapter: null,
})

/** The sixth film has two more for who asks it alone. */
const moreOf = (inside: string | undefined): readonly Moment[] =>
  inside === makeVideo(5).id ? [momentOf(makeVideo(5), 14, 0.6), momentOf(makeVideo(5), 25, 0.5)] : []

/**
 * The double's answer as the query and the scenario's `answering` change it: a film that the query is like comes first,
 * a moment that it is unlike is left out, and there may be more films, or fewer moments, than by themselves.
 */
export const adaptAnswer = (
  scenario: Scenario,
  inside: string | undefined,
  answer: SearchAnswer,
): SearchAnswer => {
  const { films, most } = scenario.answering
  const parsed = parseQuery(answer.query)
  const words = parsed.terms
    .filter(({ negative }) => !negative)
    .map(({ text }) => text)
    .join(' ')
  const frames = parsed.likes.flatMap(({ reference, negative }) =>
    reference.kind === 'frame' ? [{ ...reference, negative }] : [],
  )
  const isLiked = ({ videoId }: Moment): boolean =>
    frames.some(({ video, negative }) => video === videoId && !negative)
  const isUnlike = ({ videoId, start }: Moment): boolean =>
    frames.some(
      ({ video, seconds, negative }) => negative && video === videoId && Math.abs(seconds - start) < 6,
    )
  const others = inside === undefined ? scenario.videos.slice(plainFilms, films) : []
  const all = [...answer.moments, ...others.map((video) => momentOf(video, 8, 0.3)), ...moreOf(inside)]
  const reasonsOf = (moment: Moment): readonly Reason[] => {
    if (words === '') return [{ kind: 'similar', text: isLiked(moment) ? 'the picture' : 'it' }]
    return inside === undefined && moment.videoId === makeVideo(2).id ? everyReason(words) : moment.reasons
  }
  const moments = all
    .filter((moment) => !isUnlike(moment))
    .map((moment) => ({ ...moment, reasons: reasonsOf(moment) }))
    .toSorted((a, b) => Number(isLiked(b)) - Number(isLiked(a)))
    .slice(0, most)
  return { ...answer, parsed: parsedForPeople(parsed), moments }
}

/** The same for the answer of a call. */
export const adaptResult = async (
  scenario: Scenario,
  inside: string | undefined,
  answer: Promise<Result<SearchAnswer>> | Result<SearchAnswer>,
): Promise<Result<SearchAnswer>> => {
  const { milliseconds } = scenario.answering
  if (milliseconds > 0) await new Promise((wait) => setTimeout(wait, milliseconds))
  const result = await answer
  return result.ok ? { ok: true, value: adaptAnswer(scenario, inside, result.value) } : result
}
