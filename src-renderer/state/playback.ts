import { create } from 'zustand'

/** Why the browser engine cannot show a film. */
export type PlaybackFault = 'unsupported' | 'damaged' | 'unreachable'

type Playback = {
  readonly time: number
  readonly duration: number
  readonly isPlaying: boolean
  readonly isWaiting: boolean
  readonly rate: number
  readonly fault: PlaybackFault | null
}

export const stopped: Playback = {
  time: 0,
  duration: 0,
  isPlaying: false,
  isWaiting: true,
  rate: 1,
  fault: null,
}

/** Where is the player, and what does it do? Written by the stage only. */
export const usePlayback = create<Playback>(() => stopped)
