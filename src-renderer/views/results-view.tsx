import { ChevronRight, SearchX } from 'lucide-react'
import { useCallback, useRef, useState } from 'react'
import type { MouseEvent, ReactElement } from 'react'
import { Button as AriaButton, Disclosure, DisclosurePanel } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Moment, SearchAnswer } from '../../src-preload/contract/search-nouns.ts'
import { ContextMenu } from '../parts/context-menu.tsx'
import type { MenuPoint } from '../parts/context-menu.tsx'
import { Failed, Message, Waiting } from '../parts/states.tsx'
import { useWidth } from '../parts/use-size.ts'
import { useFilm } from '../state/film.ts'
import { useSearch } from '../state/search.ts'
import { CoverageLine } from './coverage-line.tsx'
import { groupMoments, splitBySureness } from './group-moments.ts'
import { MomentGroups } from './moment-groups.tsx'
import { momentKey } from './moment-card.tsx'
import { moveFocus } from './move-focus.ts'
import { QueryChips } from './query-chips.tsx'
import { tileActions } from './tile-actions.ts'
import { UnknownWords } from './unknown-words.tsx'
import './results-view.css'

/** A moment and its margins are at least this wide, in pixels: a sprite's picture is 160 (domain/sprite-layout.ts). */
const leastColumn = 224

const Answer = ({ answer }: { readonly answer: SearchAnswer }): ReactElement => {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const columns = Math.max(1, Math.floor(useWidth(scroller) / leastColumn))
  const show = useFilm((film) => film.show)
  const [focused, setFocused] = useState<string | null>(null)
  const [menu, setMenu] = useState<{ readonly moment: Moment; readonly point: MenuPoint } | null>(null)
  const { strong, weak } = splitBySureness(answer.moments)
  const folded = answer.verdict === 'none' ? answer.moments : weak
  const shown = answer.verdict === 'none' ? [] : strong
  const known = answer.moments.some((moment) => momentKey(moment) === focused)
  const [firstShown] = shown.length > 0 ? shown : folded
  const roving = known ? focused : firstShown === undefined ? null : momentKey(firstShown)

  const open = useCallback(
    (moment: Moment) => show({ videoId: moment.videoId, at: moment.peak, query: answer.query }),
    [show, answer.query],
  )
  const focus = useCallback((moment: Moment) => setFocused(momentKey(moment)), [])
  const openMenu = useCallback((moment: Moment, event: MouseEvent<HTMLElement>) => {
    event.preventDefault()
    const box = event.currentTarget.getBoundingClientRect()
    const byKey = event.clientX === 0 && event.clientY === 0
    setMenu({
      moment,
      point: byKey ? { x: box.left + 16, y: box.top + 32 } : { x: event.clientX, y: event.clientY },
    })
  }, [])
  const handlers = { roving, columns, onOpen: open, onFocus: focus, onMenu: openMenu }

  return (
    <div
      className="results"
      ref={scroller}
      onKeyDown={(event) => {
        const { target, currentTarget } = event
        if (!(target instanceof HTMLElement) || !target.matches('.moment') || event.ctrlKey || event.metaKey)
          return
        if (moveFocus(currentTarget, '.moment', target, event.key)) event.preventDefault()
      }}
    >
      {shown.length === 0 && (
        <Message icon={SearchX} title={t('results.none', { query: answer.query })}>
          <p>{folded.length > 0 ? t('results.noneText') : t('results.noneAtAll')}</p>
        </Message>
      )}
      <UnknownWords words={answer.unknown} />
      {answer.verdict === 'weak' && shown.length > 0 && <p className="results-note">{t('results.weak')}</p>}
      <MomentGroups groups={groupMoments(shown)} {...handlers} />
      {folded.length > 0 && (
        <Disclosure className="results-folded">
          <AriaButton slot="trigger" className="results-fold">
            <ChevronRight size={16} aria-hidden />
            {t('results.folded', { count: folded.length })}
          </AriaButton>
          <DisclosurePanel>
            <MomentGroups groups={groupMoments(folded)} {...handlers} />
          </DisclosurePanel>
        </Disclosure>
      )}
      <ContextMenu
        label={t('menu.label')}
        point={menu?.point ?? null}
        actions={menu === null ? [] : tileActions(t, menu.moment, () => open(menu.moment))}
        onClose={() => setMenu(null)}
      />
    </div>
  )
}

/** The moments that answer the query, by film. */
export const ResultsView = (): ReactElement => {
  const { t } = useTranslation()
  const { answer, error, isSearching, submit } = useSearch()
  const { strong } = splitBySureness(answer?.moments ?? [])
  const films = new Set(strong.map(({ videoId }) => videoId)).size
  const count =
    answer === null || answer.verdict === 'none' ? '' : t('results.count', { count: strong.length })
  return (
    <>
      <header className="toolbar results-head">
        <QueryChips />
        <p className="results-count" role="status">
          {count !== '' && t('results.inFilms', { moments: count, count: films })}
        </p>
      </header>
      {answer !== null && error === null && <CoverageLine coverage={answer.coverage} onAgain={submit} />}
      <div
        className={isSearching && answer !== null ? 'results-body results-old' : 'results-body'}
        aria-busy={isSearching}
      >
        {error !== null && !isSearching && <Failed error={error} onRetry={submit} />}
        {error === null && answer !== null && <Answer key={answer.query} answer={answer} />}
        {answer === null && (isSearching || error === null) && <Waiting label={t('results.searching')} />}
      </div>
    </>
  )
}
