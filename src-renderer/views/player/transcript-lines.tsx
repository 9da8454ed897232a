import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, MouseEvent, ReactElement, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { drop } from '../../api/drop.ts'
import { Button } from '../../parts/button.tsx'
import { copyText } from '../../parts/copy.ts'
import { rowStep } from '../../parts/roving-rows.ts'
import { lineSubject } from './film-subject.ts'
import type { FilmSubject } from './film-subject.ts'
import { TranscriptLine } from './transcript-line.tsx'
import type { Transcript } from './use-transcript.ts'

/** Height of a line that has room in one row, in pixels; longer ones are measured. */
const lineHeight = 34

/** What the box above the lines may ask of them. */
export type LinesHandle = { readonly show: (index: number) => void; readonly focus: () => void }

type LinesProps = {
  readonly transcript: Transcript
  /** Indices of the lines that are shown. */
  readonly shown: readonly number[]
  /** The line that was said last; -1 before the first. */
  readonly here: number
  readonly words: readonly string[]
  readonly find: string
  /** The line that the person's search stands at. */
  readonly foundLine: number
  readonly handle: RefObject<LinesHandle | null>
  readonly onPlay: (seconds: number) => void
  readonly onMenu: (event: MouseEvent<HTMLElement>, subject: FilmSubject) => void
}

/** The lines, of which only those in sight exist; they follow the film until the person looks elsewhere. */
export const TranscriptLines = (props: LinesProps): ReactElement => {
  const { transcript, shown, here, words, find, foundLine, handle, onPlay, onMenu } = props
  const { lines, folded } = transcript
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const [isFollowing, setFollowing] = useState(true)
  const [roving, setRoving] = useState<number | null>(null)
  /** The row that shall get the focus, and the one that got it by key and stays in sight. */
  const wanted = useRef<number | null>(null)
  const held = useRef<number | null>(null)
  /** The row of the last line that was said, of those that are shown. */
  const hereRow = shown.length === lines.length ? here : shown.findLastIndex((line) => line <= here)
  const rovingRow = Math.min(shown.length - 1, roving ?? Math.max(0, hereRow))
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    // By line and not by row: what was measured stays true when only some lines are shown.
    getItemKey: (row) => shown[row] ?? row,
    overscan: 8,
    useFlushSync: false,
    // The line with the focus always exists, or the keyboard would lose its place.
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range)
      return seen.includes(rovingRow) || rovingRow < 0 ? seen : [...seen, rovingRow].sort((a, b) => a - b)
    },
  })

  useEffect(() => {
    if (isFollowing && hereRow >= 0) rows.scrollToIndex(hereRow, { align: 'center' })
  }, [rows, isFollowing, hereRow, shown])

  const lineAt = (row: number): HTMLElement | null =>
    scroller.current?.querySelector<HTMLElement>(`[data-index="${row}"] button`) ?? null
  /** Focuses the wanted line as soon as it exists. */
  const focusWanted = (): void => {
    const line = wanted.current === null ? null : lineAt(wanted.current)
    if (line === null) return
    held.current = wanted.current
    wanted.current = null
    line.focus({ preventScroll: true })
    line.scrollIntoView({ block: 'nearest' })
  }
  useEffect(focusWanted)
  // Lines above it that are measured only now push it out of sight again.
  const height = rows.getTotalSize()
  useEffect(() => {
    if (held.current !== null) lineAt(held.current)?.scrollIntoView({ block: 'nearest' })
  }, [height])

  const goTo = (row: number, hasFocus: boolean): void => {
    wanted.current = hasFocus ? row : null
    held.current = null
    setFollowing(false)
    setRoving(row)
    rows.scrollToIndex(row, { align: hasFocus ? 'auto' : 'center' })
    focusWanted()
  }
  useEffect(() => {
    handle.current = {
      show: (index) => {
        const row = shown.indexOf(index)
        if (row !== -1) goTo(row, false)
      },
      focus: () => goTo(rovingRow, true),
    }
  })

  const look = (): void => {
    held.current = null
    setFollowing(false)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const line = lines[shown[rovingRow] ?? -1]
    if ((event.ctrlKey || event.metaKey) && event.key === 'c' && line !== undefined) {
      drop(copyText(line.text))
    } else {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
      const next = rowStep(event.key, rovingRow, shown.length)
      if (next === null) return
      goTo(next, true)
    }
    event.preventDefault()
  }
  const play = useCallback(
    (index: number) => {
      held.current = null
      setFollowing(true)
      onPlay(lines[index]?.start ?? 0)
    },
    [lines, onPlay],
  )
  const focusLine = useCallback((index: number) => setRoving(shown.indexOf(index)), [shown])
  const openMenu = useCallback(
    (event: MouseEvent<HTMLElement>, index: number) => {
      const line = lines[index]
      if (line !== undefined) onMenu(event, lineSubject(line))
    },
    [lines, onMenu],
  )
  const { startIndex: first, endIndex: last } = rows.range ?? { startIndex: 0, endIndex: 0 }
  const isAway = !isFollowing && hereRow >= 0 && (hereRow < first || hereRow > last)
  return (
    <div className="lines">
      <div
        className="lines-scroller"
        ref={scroller}
        onWheel={look}
        onTouchMove={look}
        onPointerDown={(event) => {
          // The scroll bar is the scroller's own.
          if (event.target === event.currentTarget) look()
        }}
      >
        <div
          role="list"
          aria-label={t('transcript.label')}
          className="lines-all"
          style={{ height }}
          onKeyDown={onKeyDown}
        >
          {rows.getVirtualItems().map((row) => {
            const index = shown[row.index] ?? 0
            const line = lines[index]
            return (
              <div
                key={row.key}
                role="listitem"
                aria-posinset={row.index + 1}
                aria-setsize={shown.length}
                className="lines-row"
                data-index={row.index}
                ref={rows.measureElement}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                {line !== undefined && (
                  <TranscriptLine
                    line={line}
                    folded={folded[index] ?? ''}
                    index={index}
                    words={words}
                    find={find}
                    isHere={index === here}
                    isFound={index === foundLine}
                    isRoving={row.index === rovingRow}
                    onPlay={play}
                    onFocus={focusLine}
                    onMenu={openMenu}
                  />
                )}
              </div>
            )
          })}
        </div>
      </div>
      {isAway && (
        <div className="lines-back">
          <Button icon={hereRow < first ? ArrowUp : ArrowDown} onPress={() => setFollowing(true)}>
            {t('transcript.backToNow')}
          </Button>
        </div>
      )}
    </div>
  )
}
