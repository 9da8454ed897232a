import type { TFunction } from 'i18next'
import type { LikeReference } from '../../../src-preload/contract/search-nouns.ts'
import { parseQuery } from '../../../src-main/domain/query.ts'
import { clock, filmName } from '../../parts/format.ts'
import { knownCard } from '../../state/cards.ts'
import { useGivenPictures } from '../../state/given-pictures.ts'
import { isVideoId } from '../../state/video-id.ts'

/** "Beach day at 0:12", or the name of a picture that was given. Reads what is known now; `useCard` tells when more is. */
export const likeWords = (t: TFunction, reference: LikeReference): string => {
  if (reference.kind === 'picture') {
    const name = useGivenPictures.getState().byId.get(reference.id)?.name ?? ''
    return name === '' ? t('chips.picture') : name
  }
  const { video, seconds } = reference
  const path = isVideoId(video) ? knownCard(video)?.path : video
  return path === undefined
    ? t('chips.frame', { time: clock(seconds) })
    : t('chips.frameOf', { name: filmName(path), time: clock(seconds) })
}

/** A query to be read aloud: names and times in the place of ids. */
export const spokenQuery = (t: TFunction, text: string): string =>
  parseQuery(text).likes.reduceRight(
    (words, { start, end, negative, reference }) =>
      `${words.slice(0, start)}${negative ? '−' : ''}${likeWords(t, reference)}${words.slice(end)}`,
    text,
  )
