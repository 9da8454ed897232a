import { ArrowLeft } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { fail } from '../../../src-preload/contract/result.ts'
import type { ShotList, VideoDetail } from '../../../src-preload/contract/nouns.ts'
import type { Moment } from '../../../src-preload/contract/search-nouns.ts'
import { IconButton } from '../../parts/button.tsx'
import { filmName } from '../../parts/format.ts'
import { firstKey } from '../../parts/key-names.ts'
import { LoadedView } from '../../parts/states.tsx'
import { useShortcuts } from '../../parts/use-shortcuts.ts'
import { useFilm } from '../../state/film.ts'
import type { OpenFilm } from '../../state/film.ts'
import { tellError } from '../../state/notices.ts'
import { usePlayback } from '../../state/playback.ts'
import { usePreferences } from '../../state/preferences.ts'
import { createControls } from './controls.ts'
import { Fault } from './fault.tsx'
import { FilmSide } from './film-side.tsx'
import { neighbourHit } from './neighbour-hit.ts'
import { Stage } from './stage.tsx'
import { Timeline } from './timeline.tsx'
import { jumpSeconds, Transport } from './transport.tsx'
import { useShotSteps } from './use-shot-steps.ts'
import './player-view.css'

const volumeStep = 0.1
const arrowSeconds = 5

type FilmProps = {
  readonly open: OpenFilm
  readonly film: VideoDetail
  readonly hits: readonly Moment[]
  readonly shots: ShotList | null
}

const none = { analyzed: false, shots: [] } as const

const Film = ({ open, film, hits, shots: list }: FilmProps): ReactElement => {
  const close = useFilm((state) => state.close)
  const video = useRef<HTMLVideoElement>(null)
  const whole = useRef<HTMLDivElement>(null)
  const fault = usePlayback((playback) => playback.fault)
  const [loop, setLoop] = useState<Moment | null>(null)
  const controls = useMemo(
    () =>
      createControls({
        video: () => video.current,
        whole: () => whole.current,
        frameRate: () => film.frameRate,
        onPlayFailed: (cause) => {
          // Pausing at once interrupts a start; that is no failure. What cannot be played says so on the stage.
          const isOurs =
            cause instanceof DOMException && ['AbortError', 'NotSupportedError'].includes(cause.name)
          if (!isOurs) tellError(fail('internal', String(cause)).error)
        },
      }),
    [film.frameRate],
  )
  const { shots } = list ?? none
  // A film that is away can show where its shots are, but not go there.
  const reachable = film.online ? shots : none.shots
  const { step: stepShot, spoken } = useShotSteps(film, reachable, controls.seek)
  const goToHit = (direction: 1 | -1): void => {
    const hit = neighbourHit(hits, usePlayback.getState().time, direction)
    if (hit === null) return
    if (loop !== null) setLoop(hit)
    controls.seek(hit.peak)
  }
  const toggleLoop = (): void => {
    const { time } = usePlayback.getState()
    const hit =
      hits.find(({ start, end }) => time >= start - 0.05 && time <= end) ?? neighbourHit(hits, time, 1)
    setLoop(loop === null ? hit : null)
    if (loop === null && hit !== null) controls.seek(hit.start)
  }

  useShortcuts('player', {
    back: close,
    play: controls.togglePlay,
    jumpBack: () => controls.jump(-jumpSeconds),
    jumpOn: () => controls.jump(jumpSeconds),
    stepBack: () => controls.jump(-arrowSeconds),
    stepOn: () => controls.jump(arrowSeconds),
    frameBack: () => controls.stepFrames(-1),
    frameOn: () => controls.stepFrames(1),
    nextShot: () => stepShot(1),
    previousShot: () => stepShot(-1),
    nextHit: () => goToHit(1),
    previousHit: () => goToHit(-1),
    loop: toggleLoop,
    louder: () => controls.setVolume(usePreferences.getState().volume + volumeStep),
    quieter: () => controls.setVolume(usePreferences.getState().volume - volumeStep),
    mute: controls.toggleMute,
    faster: () => controls.changeRate(1),
    slower: () => controls.changeRate(-1),
    fullScreen: controls.toggleFullScreen,
  })

  const isBroken = fault !== null || !film.online
  return (
    <div className="player-body">
      <div className="player-main" ref={whole}>
        <div className="stage">
          {film.online && (
            <Stage
              video={video}
              film={film}
              at={open.at}
              label={filmName(film.path)}
              loop={loop}
              onToggle={controls.togglePlay}
            />
          )}
          {isBroken && <Fault film={film} fault={fault ?? 'unreachable'} at={open.at} />}
        </div>
        <div className="player-deck">
          <Timeline film={film} hits={hits} shots={shots} onSeek={controls.seek} />
          <Transport
            controls={controls}
            duration={film.duration}
            shots={reachable}
            onShot={stepShot}
            hitCount={hits.length}
            isLooping={loop !== null}
            onHit={goToHit}
            onLoop={toggleLoop}
          />
          <p className="hidden" role="status">
            {spoken}
          </p>
        </div>
      </div>
      <FilmSide film={film} hits={hits} shots={list} onSeek={controls.seek} />
    </div>
  )
}

/** The player over the whole window; always dark, as a room is where films are shown. */
export const PlayerView = ({ open }: { readonly open: OpenFilm }): ReactElement => {
  const { t } = useTranslation()
  const { detail, hits, shots, close, show } = useFilm()
  const name = detail.status === 'ready' ? filmName(detail.value.path) : ''
  const main = useRef<HTMLElement>(null)
  useShortcuts('player', detail.status === 'ready' ? {} : { back: close })
  useEffect(() => main.current?.focus(), [])
  return (
    <main
      className="player"
      data-scheme="dark"
      aria-label={t('player.label', { name })}
      tabIndex={-1}
      ref={main}
    >
      <header className="player-head">
        <IconButton icon={ArrowLeft} label={t('player.back')} keys={firstKey('back', '')} onPress={close} />
        <h1>{name}</h1>
        {open.query !== '' && <p>{open.query}</p>}
      </header>
      <LoadedView loaded={detail} onRetry={() => show(open)}>
        {(film) => <Film key={film.id} open={open} film={film} hits={hits} shots={shots} />}
      </LoadedView>
    </main>
  )
}
