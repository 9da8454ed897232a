import type { VideoCard } from '../../src-preload/contract/nouns.ts'

/** Addresses of what a host shows of a video, by id only. `base` is `host.about().mediaBase`. */
export const posterAddress = (base: string, card: VideoCard): string =>
  `${base}poster/${card.id}?v=${encodeURIComponent(card.pictures?.version ?? '')}`

export const spriteAddress = (base: string, card: VideoCard): string =>
  `${base}sprite/${card.id}?v=${encodeURIComponent(card.pictures?.version ?? '')}`

export const filmAddress = (base: string, videoId: string): string => `${base}film/${videoId}`

/** A picture that was given to search with (`search.keepPicture`); its id changes with its content. */
export const pictureAddress = (base: string, id: string): string => `${base}picture/${id}`
