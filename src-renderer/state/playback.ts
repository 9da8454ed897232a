import { create } from 'zustand'

/** Why the browser engine cannot show a film. */
export type PlaybackFault = 'unsupported' | 'damaged' | 'unreachable'

type Playback = {
  /** In the film's own time. */
  readonly time: number
  /** The engine's clock at the film's own zero. */
  readonly offset: number
  readonly isPlaying: boolean
  readonly isWaiting: boolean
  readonly rate: number
  readonly fault: PlaybackFault | null
}

export const stopped: Playback = {
  time: 0,
  offset: 0,
  isPlaying: false,
  isWaiting: true,
  rate: 1,
  fault: null,
}

/** Where is the player, and what does it do? Written by the stage only. */
export const usePlayback = create<Playback>(() => stopped)
