import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { MouseEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShotList, VideoDetail } from '../../../src-preload/contract/nouns.ts'
import { fail } from '../../../src-preload/contract/result.ts'
import type { Moment } from '../../../src-preload/contract/search-nouns.ts'
import { drop } from '../../api/drop.ts'
import { ContextMenu } from '../../parts/context-menu.tsx'
import type { MenuPoint } from '../../parts/context-menu.tsx'
import { filmName } from '../../parts/format.ts'
import { hasCurve } from '../../state/curve.ts'
import type { OpenFilm } from '../../state/film.ts'
import { rangeOf, useRange } from '../../state/film-range.ts'
import { tellError } from '../../state/notices.ts'
import { usePlayback } from '../../state/playback.ts'
import { clearNotes } from '../../state/player-note.ts'
import { valueOr } from '../../state/resource.ts'
import { useSubtitles } from '../../state/subtitles.ts'
import { useTagging } from '../../state/tagging.ts'
import { Captions } from './captions.tsx'
import { createControls } from './controls.ts'
import { Fault } from './fault.tsx'
import { filmActions } from './film-actions.ts'
import { FilmSide } from './film-side.tsx'
import type { SideTab } from './film-side.tsx'
import { frameSubject, tagTargets } from './film-subject.ts'
import type { FilmSubject } from './film-subject.ts'
import { PlayerNotes } from './player-notes.tsx'
import { Stage } from './stage.tsx'
import { TagPopover } from './tag-popover.tsx'
import { Timeline } from './timeline.tsx'
import { Transport } from './transport.tsx'
import { useFilmCurve } from './use-curve.ts'
import { useFilmKeys } from './use-film-keys.ts'
import { useFilmShown } from './use-film-shown.ts'
import { useLoop } from './use-loop.ts'
import { useShotSteps } from './use-shot-steps.ts'
import { useTranscript } from './use-transcript.ts'

type FilmProps = {
  readonly open: OpenFilm
  readonly film: VideoDetail
  readonly hits: readonly Moment[]
  readonly shots: ShotList | null
}

const none = { analyzed: false, shots: [] } as const

/** What the person has done with one film is over when it is left. */
const forget = (): void => {
  useRange.getState().clear()
  useTagging.getState().close()
  clearNotes()
}

/** One film: its picture, the timeline with its controls, and what is known of it beside. */
export const FilmScreen = ({ open, film, hits, shots: list }: FilmProps): ReactElement => {
  const { t } = useTranslation()
  const video = useRef<HTMLVideoElement>(null)
  const stage = useRef<HTMLDivElement>(null)
  const fault = usePlayback((playback) => playback.fault)
  const [menu, setMenu] = useState<{ readonly subject: FilmSubject; readonly point: MenuPoint } | null>(null)
  const [tab, setTab] = useState<SideTab | null>(null)
  const [isFindAsked, setFindAsked] = useState(false)
  const controls = useMemo(
    () =>
      createControls({
        video: () => video.current,
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
  useEffect(() => forget, [])
  const isShown = useFilmShown(film.online)
  const curve = useFilmCurve(open, isShown)
  const transcript = useTranscript(open, isShown)
  const spoken = valueOr(transcript, null)
  const { shots } = list ?? none
  // A film that is away can show where its shots are, but not go there.
  const reachable = film.online ? shots : none.shots
  const stepShot = useShotSteps(film, reachable, controls.seek)
  const { loop, canLoop, goToHit, toggleLoop, endLoop } = useLoop(film, hits, controls.seek)
  const isBroken = fault !== null || !film.online
  /** The second of the picture that is seen: that of a film which cannot be played is its poster's or the moment's. */
  const now = (): number =>
    isBroken ? (open.at ?? film.pictures?.poster.time ?? 0) : usePlayback.getState().time

  const tag = (subject: FilmSubject): void => {
    const range = rangeOf(useRange.getState(), film.duration)
    useTagging.getState().open(tagTargets(subject, { duration: film.duration, hits, shots, range }))
  }
  const openMenu = useCallback((event: MouseEvent<HTMLElement>, subject: FilmSubject) => {
    event.preventDefault()
    setMenu({ subject, point: { x: event.clientX, y: event.clientY } })
  }, [])
  const takeFind = useCallback(() => setFindAsked(false), [])
  const tagNow = (): void => tag(frameSubject(now()))

  useFilmKeys({
    film,
    controls,
    transcript: spoken,
    now,
    onTag: tagNow,
    onHit: goToHit,
    onShot: stepShot,
    onLoop: toggleLoop,
    onCleared: endLoop,
    onFind: () => {
      setTab('lines')
      setFindAsked(true)
    },
    picture: () => stage.current,
  })

  return (
    <div className="player-body">
      <div className="player-main">
        <div className="stage" ref={stage} onContextMenu={(event) => openMenu(event, frameSubject(now()))}>
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
          {spoken !== null && !isBroken && <Captions transcript={spoken} />}
          <PlayerNotes />
        </div>
        <div className="player-deck">
          <div className="player-line">
            <Timeline
              film={film}
              hits={hits}
              shots={shots}
              query={hasCurve(open.query) ? open.query : ''}
              curve={curve}
              onSeek={controls.seek}
              onMenu={(event, seconds) => openMenu(event, frameSubject(seconds))}
            />
            <TagPopover film={film} />
          </div>
          <Transport
            controls={controls}
            videoId={film.id}
            duration={film.duration}
            shots={reachable}
            transcript={spoken}
            hitCount={hits.length}
            isLooping={loop !== null}
            canLoop={canLoop}
            onTag={tagNow}
            onShot={stepShot}
            onHit={goToHit}
            onLoop={toggleLoop}
          />
        </div>
      </div>
      <FilmSide
        film={film}
        hits={hits}
        shots={list}
        query={open.query}
        transcript={transcript}
        tab={tab}
        onTab={setTab}
        isFindAsked={isFindAsked}
        onFindTaken={takeFind}
        onRetryTranscript={() => drop(useSubtitles.getState().load(open))}
        onSeek={controls.seek}
        onTag={tagNow}
        onPlay={controls.playFrom}
        onMenu={openMenu}
      />
      <ContextMenu
        label={t('menu.label')}
        point={menu?.point ?? null}
        actions={
          menu === null
            ? []
            : filmActions(t, menu.subject, { videoId: film.id, playFrom: controls.playFrom, tag })
        }
        onClose={() => setMenu(null)}
      />
    </div>
  )
}
