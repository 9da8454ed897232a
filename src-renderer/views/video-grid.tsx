import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoreApi, UseBoundStore } from 'zustand'
import type { VideoCard } from '../../src-preload/contract/nouns.ts'
import { drop } from '../api/drop.ts'
import { ContextMenu } from '../parts/context-menu.tsx'
import type { MenuPoint } from '../parts/context-menu.tsx'
import { useWidth } from '../parts/use-size.ts'
import { useFilm } from '../state/film.ts'
import { keepQuery } from '../state/history.ts'
import { useMediaBase } from '../state/host.ts'
import { usePreferences } from '../state/preferences.ts'
import { useProblems } from '../state/problems.ts'
import { valueOr } from '../state/resource.ts'
import type { VideoList } from '../state/video-list.ts'
import { gridStep } from './grid-step.ts'
import { secondOf, tileActions } from './tile-actions.ts'
import { VideoTile } from './video-tile.tsx'
import './video-grid.css'

type GridProps = { readonly useList: UseBoundStore<StoreApi<VideoList>>; readonly label: string }

type Menu = { readonly card: VideoCard; readonly point: MenuPoint; readonly seconds: number | null }

/** Between tiles, and below a picture, in pixels; the same numbers stand in the style sheets. */
const gap = 18
const captionHeight = 47
const rowGap = 22
/** Waits until fast scrolling has come to rest before pieces are asked for, in milliseconds. */
const restMilliseconds = 60

/** A grid of videos of any length: only what is in sight exists. */
export const VideoGrid = ({ useList, label }: GridProps): ReactElement => {
  const { t } = useTranslation()
  const list = useList()
  const base = useMediaBase()
  const aimed = usePreferences((preferences) => preferences.tileWidth)
  const loaded = useProblems((resource) => resource.loaded)
  const problems = useMemo(
    () => new Map(valueOr(loaded, []).map(({ videoId, code }) => [videoId, code])),
    [loaded],
  )
  const show = useFilm((film) => film.show)
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const [roving, setRoving] = useState(list.place.index)
  const wantsFocus = useRef(false)
  const [menu, setMenu] = useState<Menu | null>(null)

  const total = list.total ?? 0
  const columns = Math.max(1, Math.round((width + gap) / (aimed + gap)))
  const tileWidth = (width - gap * (columns - 1)) / columns
  const rowHeight = Math.round((tileWidth * 9) / 16) + captionHeight + rowGap
  const rovingRow = Math.floor(roving / columns)
  const rows = useVirtualizer({
    count: width === 0 ? 0 : Math.ceil(total / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 2,
    useFlushSync: false,
    // The focused tile always exists, or the keyboard would lose its place.
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range)
      return seen.includes(rovingRow) || rovingRow >= range.count
        ? seen
        : [...seen, rovingRow].sort((a, b) => a - b)
    },
  })
  const inSight = rows.getVirtualItems()
  const first = (rows.range?.startIndex ?? 0) * columns
  const last = ((rows.range?.endIndex ?? 0) + 1) * columns - 1

  useLayoutEffect(() => rows.measure(), [rows, rowHeight])

  // Back to where the person was, once there is something to scroll.
  const isPlaced = useRef(false)
  useLayoutEffect(() => {
    if (isPlaced.current || width === 0 || scroller.current === null) return
    isPlaced.current = true
    scroller.current.scrollTop = list.place.scroll
  }, [width, list.place.scroll])

  const { ensure } = list
  useEffect(() => {
    const timer = setTimeout(() => ensure(first, last), restMilliseconds)
    return () => clearTimeout(timer)
  }, [ensure, first, last])

  const leaving = useRef({ scroll: 0, index: 0 })
  useEffect(() => {
    leaving.current = { scroll: rows.scrollOffset ?? 0, index: roving }
  })
  const { remember } = list
  useEffect(() => () => remember(leaving.current), [remember])

  useEffect(() => {
    if (!wantsFocus.current) return
    const tile = scroller.current?.querySelector<HTMLElement>(`[data-index="${roving}"]`)
    if (!tile) return
    wantsFocus.current = false
    tile.focus({ preventScroll: true })
  })

  const open = useCallback(
    (card: VideoCard, at: number | null) => {
      // Whoever opens a film has found what the filters were for.
      drop(keepQuery(useList.getState().filter))
      show({ videoId: card.id, at, query: '' })
    },
    [show, useList],
  )
  const openMenu = useCallback(
    (card: VideoCard, point: MenuPoint, seconds: number | null) => setMenu({ card, point, seconds }),
    [],
  )

  const move = (key: string): boolean => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight)) * columns
    const next = gridStep(key, roving, total, columns, page)
    if (next === null) return false
    wantsFocus.current = true
    setRoving(next)
    rows.scrollToIndex(Math.floor(next / columns), { align: 'auto' })
    return true
  }

  return (
    <div className="video-grid" ref={scroller}>
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={Math.ceil(total / columns)}
        aria-colcount={columns}
        className="video-grid-all"
        style={{ height: rows.getTotalSize() }}
        onKeyDown={(event) => {
          if (!event.defaultPrevented && !event.ctrlKey && !event.metaKey && move(event.key))
            event.preventDefault()
        }}
      >
        {inSight.map((row) => (
          <div
            key={row.key}
            role="row"
            aria-rowindex={row.index + 1}
            className="video-grid-row"
            style={{
              transform: `translateY(${row.start}px)`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {Array.from({ length: Math.min(columns, total - row.index * columns) }, (_, column) => {
              const index = row.index * columns + column
              const card = list.at(index)
              if (card === undefined) {
                return (
                  <div
                    key={index}
                    role="gridcell"
                    aria-busy
                    aria-label={t('state.loading')}
                    className="tile tile-empty"
                  >
                    <div className="frame" />
                  </div>
                )
              }
              return (
                <VideoTile
                  key={card.id}
                  card={card}
                  index={index}
                  column={column}
                  base={base}
                  problem={problems.get(card.id)}
                  isRoving={index === roving}
                  onOpen={open}
                  onMenu={openMenu}
                  onFocus={setRoving}
                />
              )
            })}
          </div>
        ))}
      </div>
      <ContextMenu
        label={t('menu.label')}
        point={menu?.point ?? null}
        actions={
          menu === null
            ? []
            : tileActions(t, menu.card, secondOf(menu.card, menu.seconds), () =>
                open(menu.card, menu.seconds),
              )
        }
        onClose={() => setMenu(null)}
      />
    </div>
  )
}
