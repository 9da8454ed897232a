import { useTranslation } from 'react-i18next'
import type { VideoDetail } from '../../../src-preload/contract/nouns.ts'
import { fineClock } from '../../parts/format.ts'
import { useShortcuts } from '../../parts/use-shortcuts.ts'
import { useFilm } from '../../state/film.ts'
import { useRange } from '../../state/film-range.ts'
import { findSimilar } from '../../state/find-similar.ts'
import { tellNote, undoLast } from '../../state/player-note.ts'
import { setPreferences, usePreferences } from '../../state/preferences.ts'
import { usePickedTrack } from '../../state/subtitles.ts'
import type { Controls } from './controls.ts'
import { openMenuByKey } from './film-menu-key.ts'
import { trackName } from './subtitle-tracks.ts'
import { jumpSeconds } from './transport.tsx'
import type { Transcript } from './use-transcript.ts'
import { useTagActions } from './use-tag-actions.ts'

const volumeStep = 0.1
const arrowSeconds = 5

type KeysOf = {
  readonly film: VideoDetail
  readonly controls: Controls
  readonly transcript: Transcript | null
  /** The second of the picture that is seen. */
  readonly now: () => number
  readonly onTag: () => void
  readonly onHit: (direction: 1 | -1) => void
  readonly onShot: (direction: 1 | -1) => void
  readonly onLoop: () => void
  /** The marks were taken away. */
  readonly onCleared: () => void
  readonly onFind: () => void
  readonly picture: () => Element | null
}

/** What keys do while a film is open (state/shortcuts.ts has the table). */
export const useFilmKeys = (of: KeysOf): void => {
  const { film, controls, transcript, now, onTag, onHit, onShot, onLoop, onCleared, onFind, picture } = of
  const { t, i18n } = useTranslation()
  const close = useFilm((state) => state.close)
  const { rate } = useTagActions(film)

  const toggleCaptions = (): void => {
    const track = transcript?.track ?? null
    if (track === null) {
      tellNote(t('captions.none'))
      return
    }
    const isCaptioned = !(usePreferences.getState().isCaptioned && transcript?.isTrusted)
    setPreferences({ isCaptioned })
    if (isCaptioned) usePickedTrack.getState().pick(film.id, track.id)
    tellNote(
      isCaptioned ? t('captions.on', { track: trackName(t, track, i18n.language) }) : t('captions.nowOff'),
    )
  }
  const leave = (): void => {
    const { from, to, clear } = useRange.getState()
    if (from === null && to === null) {
      close()
      return
    }
    clear()
    onCleared()
    tellNote(t('range.cleared'))
  }

  useShortcuts('player', {
    back: leave,
    play: controls.togglePlay,
    jumpBack: () => controls.jump(-jumpSeconds),
    jumpOn: () => controls.jump(jumpSeconds),
    stepBack: () => controls.jump(-arrowSeconds),
    stepOn: () => controls.jump(arrowSeconds),
    frameBack: () => controls.stepFrames(-1),
    frameOn: () => controls.stepFrames(1),
    nextShot: () => onShot(1),
    previousShot: () => onShot(-1),
    nextHit: () => onHit(1),
    previousHit: () => onHit(-1),
    loop: onLoop,
    markIn: () => {
      const seconds = now()
      useRange.getState().setFrom(seconds)
      tellNote(t('range.in', { time: fineClock(seconds) }))
    },
    markOut: () => {
      const seconds = now()
      useRange.getState().setTo(seconds)
      tellNote(t('range.out', { time: fineClock(seconds) }))
    },
    tag: onTag,
    rate: (key) => rate(key === '0' ? null : Number(key)),
    similarNow: () => findSimilar({ kind: 'frame', video: film.id, seconds: now() }),
    filmMenu: () => openMenuByKey(picture()),
    captions: toggleCaptions,
    findInTranscript: onFind,
    undoInFilm: undoLast,
    louder: () => controls.setVolume(usePreferences.getState().volume + volumeStep),
    quieter: () => controls.setVolume(usePreferences.getState().volume - volumeStep),
    mute: controls.toggleMute,
    faster: () => controls.changeRate(1),
    slower: () => controls.changeRate(-1),
    fullScreen: controls.toggleFullScreen,
  })
}
