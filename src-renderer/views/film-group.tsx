import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { VideoCard } from '../../src-preload/contract/nouns.ts'
import type { Moment } from '../../src-preload/contract/search-nouns.ts'
import { clock, filmName } from '../parts/format.ts'
import { HitBar } from '../parts/hit-bar.tsx'
import './film-group.css'

type FilmGroupProps = {
  readonly path: string
  readonly card: VideoCard | undefined
  readonly moments: readonly Moment[]
  readonly columns: number
  readonly children: ReactNode
}

/** The moments of one film, under its name and a bar that shows where in the film they are. */
export const FilmGroup = ({ path, card, moments, columns, children }: FilmGroupProps): ReactElement => {
  const { t } = useTranslation()
  const span = Math.min(columns, moments.length)
  return (
    <section className="film-group" style={{ gridColumn: `span ${span}` }}>
      <header>
        <h2 title={path}>{filmName(path)}</h2>
        <span>{card && clock(card.duration)}</span>
        {card?.online === false && <span>{t('tile.offline')}</span>}
      </header>
      <HitBar moments={moments} duration={card?.duration ?? 0} />
      <div className="film-group-moments" style={{ gridTemplateColumns: `repeat(${span}, minmax(0, 1fr))` }}>
        {children}
      </div>
    </section>
  )
}
