import { create } from 'zustand'
import type { SubtitleList } from '../../src-preload/contract/nouns.ts'
import { library } from '../api/library.ts'
import { createFilmPart } from './film-part.ts'

/** What is said in the film: its tracks and their lines. */
export const useSubtitles = createFilmPart<SubtitleList>(({ videoId }) =>
  library.call.videos.subtitles({ id: videoId }),
)

/** The track that the person chose for a film, for transcript and captions alike; null: the best one. */
export const usePickedTrack = create<{
  readonly videoId: string
  readonly track: number | null
  readonly pick: (videoId: string, track: number) => void
}>((set) => ({ videoId: '', track: null, pick: (videoId, track) => set({ videoId, track }) }))
