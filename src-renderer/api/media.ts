import { frameSecond, frameVersion } from '../../src-preload/contract/moment-frame.ts'
import type { VideoCard } from '../../src-preload/contract/nouns.ts'

/** Addresses of what a host shows of a video, by id only. `base` is `host.about().mediaBase`. */
export const posterAddress = (base: string, card: VideoCard): string =>
  `${base}poster/${card.id}?v=${encodeURIComponent(card.pictures?.version ?? '')}`

export const spriteAddress = (base: string, card: VideoCard): string =>
  `${base}sprite/${card.id}?v=${encodeURIComponent(card.pictures?.version ?? '')}`

export const filmAddress = (base: string, videoId: string): string => `${base}film/${videoId}`

/** The frame that is shown at a second of a film, 480 pixels long. */
export const frameAddress = (base: string, videoId: string, seconds: number): string =>
  `${base}frame/${videoId}?t=${frameSecond(seconds)}&v=${frameVersion}`

/** A picture that was given to search with. */
export const pictureAddress = (base: string, pictureId: string): string => `${base}picture/${pictureId}`
