import { useEffect } from 'react'
import type { ReactElement, RefObject } from 'react'
import { filmAddress } from '../../api/media.ts'
import { useMediaBase } from '../../state/host.ts'
import { stopped, usePlayback } from '../../state/playback.ts'
import type { PlaybackFault } from '../../state/playback.ts'
import { usePreferences } from '../../state/preferences.ts'

type StageProps = {
  readonly video: RefObject<HTMLVideoElement | null>
  readonly videoId: string
  /** Opens here and stands still; null plays from the start. */
  readonly at: number | null
  readonly label: string
  readonly loop: { readonly start: number; readonly end: number } | null
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
export const Stage = ({ video, videoId, at, label, loop, onToggle }: StageProps): ReactElement => {
  const base = useMediaBase()
  const volume = usePreferences((preferences) => preferences.volume)
  const isMuted = usePreferences((preferences) => preferences.isMuted)

  useEffect(() => {
    usePlayback.setState(stopped)
  }, [videoId])
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
        if (loop !== null && element.currentTime >= loop.end) element.currentTime = loop.start
        usePlayback.setState({ time: element.currentTime })
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
      src={base === '' ? undefined : filmAddress(base, videoId)}
      aria-label={label}
      preload="auto"
      playsInline
      autoPlay={at === null}
      onClick={onToggle}
      onLoadedMetadata={({ currentTarget: element }) => {
        // A film whose pictures the engine cannot decode still gives its sound.
        if (element.videoWidth === 0) usePlayback.setState({ fault: 'unsupported' })
        usePlayback.setState({ duration: element.duration })
        if (at !== null) element.currentTime = at
      }}
      onDurationChange={({ currentTarget: element }) => usePlayback.setState({ duration: element.duration })}
      onSeeked={({ currentTarget: element }) => usePlayback.setState({ time: element.currentTime })}
      onPlay={() => usePlayback.setState({ isPlaying: true })}
      onPause={({ currentTarget: element }) =>
        usePlayback.setState({ isPlaying: false, time: element.currentTime })
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
