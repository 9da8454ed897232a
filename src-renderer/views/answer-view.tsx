import { ChevronRight } from 'lucide-react'
import { memo, useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactElement } from 'react'
import { Button as AriaButton, Disclosure, DisclosurePanel } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Moment, SearchAnswer } from '../../src-preload/contract/search-nouns.ts'
import { drop } from '../api/drop.ts'
import { ContextMenu, menuPointOf } from '../parts/context-menu.tsx'
import type { MenuPoint } from '../parts/context-menu.tsx'
import { useWidth } from '../parts/use-size.ts'
import { moreLikeThis, notThis } from '../state/feedback.ts'
import { useFilm } from '../state/film.ts'
import { findSimilar } from '../state/find-similar.ts'
import { keepQuery } from '../state/history.ts'
import { askMoreOf, useMoreMoments } from '../state/more-moments.ts'
import { setPreferences, usePreferences } from '../state/preferences.ts'
import { momentKey } from '../state/same-answer.ts'
import { pressedShortcut } from '../state/shortcuts.ts'
import { splitBySureness, withMore } from './group-moments.ts'
import { MomentGroups } from './moment-groups.tsx'
import { moveFocus } from './move-focus.ts'
import { momentActions } from './tile-actions.ts'
import { firstScreen, useWholeAnswer } from './use-whole-answer.ts'
import { UnknownWords } from './unknown-words.tsx'
import { NothingNote, WeakNote } from './verdict-note.tsx'
import { useAnswerFocus } from './use-answer-focus.ts'

/** A moment and its margins are at least this wide, in pixels: a sprite's picture is 160 (domain/sprite-layout.ts). */
const leastColumn = 224

const none: ReadonlyMap<string, readonly Moment[]> = new Map()

const AnswerViewBase = ({ answer }: { readonly answer: SearchAnswer }): ReactElement => {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const columns = Math.max(1, Math.floor(useWidth(scroller) / leastColumn))
  const order = usePreferences((preferences) => preferences.results)
  const more = useMoreMoments(({ query, byFilm }) => (query === answer.query ? byFilm : none))
  const show = useFilm((film) => film.show)
  const [focused, setFocused] = useState<string | null>(null)
  /** The query whose weak answers are unfolded. */
  const [unfolded, setUnfolded] = useState<string | null>(null)
  const [menu, setMenu] = useState<{ readonly moment: Moment; readonly point: MenuPoint } | null>(null)
  const { strong, weak } = splitBySureness(answer.moments)
  const folded = withMore(answer.verdict === 'none' ? answer.moments : weak, more)
  const shown = withMore(answer.verdict === 'none' ? [] : strong, more)
  const { isWhole, wantWhole } = useWholeAnswer(answer.query)
  const everything = [...shown, ...folded]
  const isKnown = everything.some((moment) => momentKey(moment) === focused)
  const [first] = everything
  const roving = isKnown ? focused : first === undefined ? null : momentKey(first)
  useAnswerFocus(scroller, answer.query)

  // A new question is read from its beginning. Where nobody has scrolled, nothing has to be measured for that.
  const isScrolled = useRef(false)
  useLayoutEffect(() => {
    if (isScrolled.current) scroller.current?.scrollTo(0, 0)
  }, [answer.query, order])

  const open = useCallback(
    (moment: Moment) => {
      drop(keepQuery(answer.query))
      show({ videoId: moment.videoId, at: moment.peak, query: answer.query })
    },
    [show, answer.query],
  )
  const focus = useCallback((moment: Moment) => setFocused(momentKey(moment)), [])
  const openMenu = useCallback((moment: Moment, point: MenuPoint) => setMenu({ moment, point }), [])
  const askMore = useCallback(
    async (videoId: string) => {
      const found = await askMoreOf(answer, videoId)
      const [next] = found ?? []
      if (next === undefined) return
      const card = `[data-moment="${momentKey(next)}"]`
      requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(card)?.focus())
    },
    [answer],
  )
  const onMore = useCallback((videoId: string) => drop(askMore(videoId)), [askMore])
  const handlers = { roving, columns, order, onOpen: open, onFocus: focus, onMenu: openMenu, onMore }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { target, currentTarget } = event
    if (!(target instanceof HTMLElement) || !target.matches('.moment')) return
    const moment = everything.find((one) => momentKey(one) === target.dataset['moment'])
    const pressed = pressedShortcut(event, 'answers') ?? pressedShortcut(event, 'pictures')
    if (moment === undefined) return
    switch (pressed) {
      case 'similar':
        findSimilar({ kind: 'frame', video: moment.videoId, seconds: moment.peak })
        break
      case 'moreLikeThis':
        moreLikeThis(moment)
        break
      case 'notThis':
        notThis(moment)
        break
      case 'moreOfFilm':
        if (!more.has(moment.videoId)) onMore(moment.videoId)
        break
      case 'order':
        setPreferences({ results: order === 'films' ? 'flat' : 'films' })
        break
      case 'menu':
        openMenu(moment, menuPointOf({ clientX: 0, clientY: 0 }, target))
        break
      default:
        if (event.ctrlKey || event.metaKey || event.altKey) return
        if (!moveFocus(currentTarget, '.moment', target, event.key)) return
    }
    event.preventDefault()
  }

  return (
    <div
      className="results"
      ref={scroller}
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget }) => {
        isScrolled.current = currentTarget.scrollTop > 0
        wantWhole()
      }}
    >
      {shown.length === 0 && <NothingNote answer={answer} hasWeak={folded.length > 0} />}
      <UnknownWords words={answer.unknown} />
      {answer.verdict === 'weak' && shown.length > 0 && <WeakNote answer={answer} />}
      <MomentGroups moments={isWhole ? shown : shown.slice(0, firstScreen)} {...handlers} />
      {folded.length > 0 && (isWhole || shown.length <= firstScreen) && (
        <Disclosure
          className="results-folded"
          isExpanded={unfolded === answer.query}
          onExpandedChange={(isExpanded) => setUnfolded(isExpanded ? answer.query : null)}
        >
          <AriaButton slot="trigger" className="results-fold">
            <ChevronRight size={16} aria-hidden />
            {t('results.folded', { count: folded.length })}
          </AriaButton>
          <DisclosurePanel>
            {unfolded === answer.query && <MomentGroups moments={folded} {...handlers} />}
          </DisclosurePanel>
        </Disclosure>
      )}
      <ContextMenu
        label={t('menu.label')}
        point={menu?.point ?? null}
        actions={
          menu === null
            ? []
            : momentActions(t, menu.moment, {
                onOpen: () => open(menu.moment),
                onMore: more.has(menu.moment.videoId) ? null : () => onMore(menu.moment.videoId),
              })
        }
        onClose={() => setMenu(null)}
      />
    </div>
  )
}

/** One answer: what is sure of it, and what hardly is, folded away. */
export const AnswerView = memo(AnswerViewBase)
