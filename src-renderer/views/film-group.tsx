import { ListPlus, LoaderCircle } from 'lucide-react'
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
  /** Whether the film was asked for all it has: `open` not yet, `done` it was. */
  readonly more: 'open' | 'asking' | 'done'
  readonly onMore: () => void
  readonly children: ReactNode
}

/** An answer holds so many moments of one film (catalog/search.ts); who has fewer has most likely no others. */
const cap = 3

/** The moments of one film, under its name and a bar that shows where in the film they are. */
export const FilmGroup = (props: FilmGroupProps): ReactElement => {
  const { path, card, moments, columns, more, onMore, children } = props
  const { t } = useTranslation()
  const span = Math.min(columns, moments.length)
  const name = filmName(path)
  return (
    <section className="film-group" aria-label={name} style={{ gridColumn: `span ${span}` }}>
      <header>
        <h2 title={path}>{name}</h2>
        {more === 'asking' && <LoaderCircle className="spin" size={14} aria-hidden />}
        {more === 'open' && (
          <span className={moments.length >= cap ? 'film-group-more' : 'film-group-more film-group-quiet'}>
            {/* A plain button: there is one a film, and a hundred films are drawn while somebody types. */}
            <button type="button" aria-label={t('results.more')} title={t('results.more')} onClick={onMore}>
              <ListPlus size={15} aria-hidden />
              {span > 1 && t('results.more')}
            </button>
          </span>
        )}
        {more === 'done' && <span>{t('results.allOfFilm', { count: moments.length })}</span>}
        {card?.online === false && <span>{t('tile.offline')}</span>}
        <span>{card && clock(card.duration)}</span>
      </header>
      <HitBar moments={moments} duration={card?.duration ?? 0} />
      <div className="film-group-moments" style={{ gridTemplateColumns: `repeat(${span}, minmax(0, 1fr))` }}>
        {children}
      </div>
    </section>
  )
}
