import { useEffect } from 'react'
import type { ReactElement, RefObject } from 'react'
import type { VideoDetail } from '../../../src-preload/contract/nouns.ts'
import { filmAddress } from '../../api/media.ts'
import type { Stretch } from '../../state/film-range.ts'
import { useMediaBase } from '../../state/host.ts'
import { usePlayback } from '../../state/playback.ts'
import type { PlaybackFault } from '../../state/playback.ts'
import { usePreferences } from '../../state/preferences.ts'
import { timeOf } from './controls.ts'
import { engineOffset } from '../../parts/film-clock.ts'

type StageProps = {
  readonly video: RefObject<HTMLVideoElement | null>
  readonly film: VideoDetail
  /** Opens here and stands still; null plays from the start. */
  readonly at: number | null
  readonly label: string
  readonly loop: Stretch | null
  readonly onToggle: () => void
}

const faultOf = (error: MediaError | null): PlaybackFault => {
  switch (error?.code) {
    case MediaError.MEDIA_ERR_DECODE:
      return 'damaged'
    case MediaError.MEDIA_ERR_NETWORK:
      return 'unreachable'
    default:
      return 'unsupported'
  }
}

/** The film itself. What it does is told to `usePlayback`. */
export const Stage = ({ video, film, at, label, loop, onToggle }: StageProps): ReactElement => {
  const base = useMediaBase()
  const volume = usePreferences((preferences) => preferences.volume)
  const isMuted = usePreferences((preferences) => preferences.isMuted)

  useEffect(() => {
    const element = video.current
    if (element === null) return
    element.volume = volume
    element.muted = isMuted
  }, [video, volume, isMuted])
  useEffect(() => {
    let frame = 0
    const follow = (): void => {
      const element = video.current
      if (element && !element.paused) {
        const { offset } = usePlayback.getState()
        if (loop !== null && timeOf(element) >= loop.end) element.currentTime = loop.start + offset
        usePlayback.setState({ time: timeOf(element) })
      }
      frame = requestAnimationFrame(follow)
    }
    frame = requestAnimationFrame(follow)
    return () => cancelAnimationFrame(frame)
  }, [video, loop])

  return (
    <video
      ref={video}
      className="stage-video"
      src={base === '' ? undefined : filmAddress(base, film.id)}
      aria-label={label}
      preload="auto"
      playsInline
      autoPlay={at === null}
      onClick={onToggle}
      onLoadedMetadata={({ currentTarget: element }) => {
        // A film whose pictures the engine cannot decode still gives its sound.
        if (element.videoWidth === 0) {
          element.pause()
          usePlayback.setState({ fault: 'unsupported' })
        }
        const offset = engineOffset(film, element.duration)
        usePlayback.setState({ offset })
        if (at !== null) element.currentTime = at + offset
      }}
      onSeeked={({ currentTarget: element }) => usePlayback.setState({ time: timeOf(element) })}
      onPlay={() => usePlayback.setState({ isPlaying: true })}
      onPause={({ currentTarget: element }) =>
        usePlayback.setState({ isPlaying: false, time: timeOf(element) })
      }
      onWaiting={() => usePlayback.setState({ isWaiting: true })}
      onCanPlay={() => usePlayback.setState({ isWaiting: false })}
      onPlaying={() => usePlayback.setState({ isWaiting: false })}
      onError={({ currentTarget: element }) =>
        usePlayback.setState({ fault: faultOf(element.error), isWaiting: false, isPlaying: false })
      }
    />
  )
}
