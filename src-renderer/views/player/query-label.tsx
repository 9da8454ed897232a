import type { ReactElement } from 'react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { parseQuery } from '../../../src-main/domain/query.ts'
import type { QueryLike } from '../../../src-main/domain/query.ts'
import { drop } from '../../api/drop.ts'
import { clock, filmName } from '../../parts/format.ts'
import { FramePicture } from '../../parts/frame-picture.tsx'
import { useCard, wantCards } from '../../state/cards.ts'
import { useMediaBase } from '../../state/host.ts'

/** A picture that the query asks for, small. */
const Like = ({ like }: { readonly like: QueryLike }): ReactElement => {
  const { t } = useTranslation()
  const base = useMediaBase()
  const { reference } = like
  const id = reference.kind === 'frame' ? reference.video : ''
  const card = useCard(id)
  useEffect(() => {
    drop(wantCards([id]))
  }, [id])
  if (reference.kind === 'picture') return <>{t('player.likePicture')}</>
  const { seconds } = reference
  const name = card === undefined ? id : filmName(card.path)
  return (
    <>
      {card && (
        <span className="frame">
          <FramePicture base={base} card={card} seconds={seconds} start={seconds} end={seconds} />
        </span>
      )}
      {t('player.likeFrame', { name, time: clock(seconds) })}
    </>
  )
}

/** The query that opened the film: as it was written, but for pictures, which are seen. */
export const QueryLabel = ({ query }: { readonly query: string }): ReactElement => {
  const { likes } = parseQuery(query)
  const pieces = likes
    .toSorted((a, b) => a.start - b.start)
    .map((like, i, all) => ({ like, before: query.slice(all[i - 1]?.end ?? 0, like.start) }))
  return (
    <p className="player-query">
      {pieces.map(({ like, before }) => (
        <span key={like.start} className="player-query-like">
          {before}
          <Like like={like} />
        </span>
      ))}
      {query.slice(likes.at(-1)?.end ?? 0)}
    </p>
  )
}
