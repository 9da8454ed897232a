import { ArrowLeft } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../parts/button.tsx'
import { filmName } from '../../parts/format.ts'
import { firstKey } from '../../parts/key-names.ts'
import { LoadedView } from '../../parts/states.tsx'
import { useShortcuts } from '../../parts/use-shortcuts.ts'
import { useFilm } from '../../state/film.ts'
import type { OpenFilm } from '../../state/film.ts'
import { usePlayback } from '../../state/playback.ts'
import { FilmScreen } from './film-screen.tsx'
import { QueryLabel } from './query-label.tsx'
import { useFullScreen, useIsResting } from './use-full-screen.ts'
import './player-view.css'

/** Menus, boxes and notices over the film are dark as it is; they hang below the body. */
const useDarkRoom = (): void =>
  useEffect(() => {
    document.body.dataset['scheme'] = 'dark'
    return () => {
      delete document.body.dataset['scheme']
    }
  }, [])

/** The player over the whole window; always dark, as a room is where films are shown. */
export const PlayerView = ({ open }: { readonly open: OpenFilm }): ReactElement => {
  const { t } = useTranslation()
  const { detail, hits, shots, close, show } = useFilm()
  const name = detail.status === 'ready' ? filmName(detail.value.path) : ''
  const main = useRef<HTMLElement>(null)
  const isFull = useFullScreen()
  const isPlaying = usePlayback((playback) => playback.isPlaying)
  const isResting = useIsResting(isFull && isPlaying)
  useDarkRoom()
  useShortcuts('player', detail.status === 'ready' ? {} : { back: close })
  useEffect(() => main.current?.focus(), [])
  return (
    <main
      className={`player ${isFull ? 'player-full' : ''} ${isResting ? 'player-resting' : ''}`}
      data-scheme="dark"
      aria-label={t('player.label', { name })}
      tabIndex={-1}
      ref={main}
      onContextMenu={(event) => {
        // The browser's own menu is of use for text only.
        const hasText = event.target instanceof HTMLInputElement || getSelection()?.isCollapsed === false
        if (!hasText) event.preventDefault()
      }}
    >
      <header className="player-head">
        <IconButton icon={ArrowLeft} label={t('player.back')} keys={firstKey('back')} onPress={close} />
        <h1>{name}</h1>
        {open.query !== '' && <QueryLabel query={open.query} />}
      </header>
      <LoadedView loaded={detail} onRetry={() => show(open)}>
        {(film) => <FilmScreen key={film.id} open={open} film={film} hits={hits} shots={shots} />}
      </LoadedView>
    </main>
  )
}
