import { usePlayback } from '../../state/playback.ts'
import { setPreferences, usePreferences } from '../../state/preferences.ts'

export const rates = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4] as const

/** What keys and buttons may do with the film. All times in seconds. */
export type Controls = {
  readonly togglePlay: () => void
  readonly seek: (seconds: number) => void
  readonly jump: (seconds: number) => void
  /** Goes there and plays on. */
  readonly playFrom: (seconds: number) => void
  /** Steps by whole frames; the film stands still then. */
  readonly stepFrames: (frames: number) => void
  readonly setRate: (rate: number) => void
  readonly changeRate: (steps: number) => void
  readonly setVolume: (volume: number) => void
  readonly toggleMute: () => void
  readonly toggleFullScreen: () => void
}

/** A film whose container does not say: what most cameras make. */
export const usualFrameRate = 25

/** Where the film is, in its own time. */
export const timeOf = (element: HTMLVideoElement): number =>
  Math.max(0, element.currentTime - usePlayback.getState().offset)

type Elements = {
  readonly video: () => HTMLVideoElement | null
  readonly frameRate: () => number | null
  readonly onPlayFailed: (cause: unknown) => void
}

export const createControls = ({ video, frameRate, onPlayFailed }: Elements): Controls => {
  const withVideo = (act: (element: HTMLVideoElement) => void): void => {
    const element = video()
    if (element !== null) act(element)
  }
  const seek = (seconds: number): void =>
    withVideo((element) => {
      const { offset } = usePlayback.getState()
      const end = Number.isFinite(element.duration) ? element.duration - offset : seconds
      const time = Math.min(Math.max(0, seconds), Math.max(0, end - 0.01))
      element.currentTime = time + offset
      usePlayback.setState({ time })
    })
  const setRate = (rate: number): void =>
    withVideo((element) => {
      element.playbackRate = rate
      usePlayback.setState({ rate })
    })
  return {
    togglePlay: () =>
      withVideo((element) => {
        if (element.paused) element.play().catch(onPlayFailed)
        else element.pause()
      }),
    seek,
    jump: (seconds) => withVideo((element) => seek(timeOf(element) + seconds)),
    playFrom: (seconds) =>
      withVideo((element) => {
        seek(seconds)
        element.play().catch(onPlayFailed)
      }),
    stepFrames: (frames) =>
      withVideo((element) => {
        element.pause()
        seek(timeOf(element) + frames / (frameRate() ?? usualFrameRate))
      }),
    setRate,
    changeRate: (steps) => {
      const now = rates.findIndex((rate) => rate >= usePlayback.getState().rate)
      setRate(rates[Math.min(rates.length - 1, Math.max(0, now + steps))] ?? 1)
    },
    setVolume: (volume) => {
      setPreferences({ volume: Math.min(1, Math.max(0, volume)), isMuted: false })
    },
    toggleMute: () => setPreferences({ isMuted: !usePreferences.getState().isMuted }),
    toggleFullScreen: () => {
      // The whole page, so that menus, boxes and notices over the film are seen, too (player-view.css hides the rest).
      const done =
        document.fullscreenElement === null
          ? document.documentElement.requestFullscreen()
          : document.exitFullscreen()
      // A window that may not fill the screen stays as it is; nothing is lost by that.
      done.catch(() => undefined)
    },
  }
}
