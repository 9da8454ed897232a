import type { Moment } from '../../src-preload/contract/search-nouns.ts'
import { parseQuery } from '../../src-main/domain/query.ts'
import { writeLike } from '../../src-main/domain/query-like.ts'
import { tellNews } from './notices.ts'
import { appendPart, replaceSpan } from './query-mode.ts'
import { useSearch } from './search.ts'

/** The chip that a moment becomes: its best frame. */
const chipOf = ({ videoId, peak }: Moment): string =>
  writeLike({ kind: 'frame', video: videoId, seconds: peak })

const without = (text: string, chip: string): string => {
  const like = parseQuery(text).likes.find((one) => one.text === chip)
  return like === undefined ? text : replaceSpan(text, like.start, like.end, '')
}

/** Puts a moment's chip into the query, or its opposite in the place of it; taking it back leaves what was typed since. */
const answerWith = (moment: Moment, chip: string, other: string): void => {
  const { text, setText } = useSearch.getState()
  if (parseQuery(text).likes.some((one) => one.text === chip)) return
  const hadOther = without(text, other) !== text
  setText(appendPart(without(text, other), chip))
  tellNews(chip.startsWith('-') ? 'not-this' : 'more-like-this', moment.path, () => {
    const now = without(useSearch.getState().text, chip)
    useSearch.getState().setText(hadOther ? appendPart(now, other) : now)
  })
}

/** The answer should hold more that looks like this moment. */
export const moreLikeThis = (moment: Moment): void => {
  const chip = chipOf(moment)
  answerWith(moment, chip, `-${chip}`)
}

/** The answer should hold less that looks like this moment. */
export const notThis = (moment: Moment): void => {
  const chip = chipOf(moment)
  answerWith(moment, `-${chip}`, chip)
}

/** What the query says of a moment already. */
export const feedbackOn = (text: string, moment: Moment): 'more' | 'less' | null => {
  const chip = chipOf(moment)
  if (!text.includes(chip)) return null
  const { likes } = parseQuery(text)
  if (likes.some((like) => like.text === chip)) return 'more'
  return likes.some((like) => like.text === `-${chip}`) ? 'less' : null
}
