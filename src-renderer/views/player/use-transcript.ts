import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SubtitleLine, SubtitleTrack } from '../../../src-preload/contract/nouns.ts'
import { drop } from '../../api/drop.ts'
import { foldText } from '../../parts/fold-text.ts'
import type { OpenFilm } from '../../state/film.ts'
import { useFilm } from '../../state/film.ts'
import { ofFilm } from '../../state/film-part.ts'
import type { Loaded } from '../../state/resource.ts'
import { usePickedTrack, useSubtitles } from '../../state/subtitles.ts'
import { latestEnds } from './lines-at.ts'
import { rankTracks } from './subtitle-tracks.ts'

/** What is said in a film, as one track has it. */
export type Transcript = {
  /** Best first. */
  readonly tracks: readonly SubtitleTrack[]
  /** The chosen one, or the best; null where there is none. */
  readonly track: SubtitleTrack | null
  /** It is shown over the film where captions are wanted: one that is probably another film's only when it was chosen. */
  readonly isTrusted: boolean
  readonly lines: readonly SubtitleLine[]
  /** `lines` for comparing, and the latest end up to each. */
  readonly folded: readonly string[]
  readonly ends: readonly number[]
}

/** The film's transcript, asked for once `isWanted`, and again when the film has changed. */
export const useTranscript = (open: OpenFilm, isWanted: boolean): Loaded<Transcript> => {
  const { i18n } = useTranslation()
  const subtitles = useSubtitles()
  const renewals = useFilm((film) => film.renewals)
  const picked = usePickedTrack()
  const { load } = subtitles
  useEffect(() => {
    if (isWanted) drop(load(open))
  }, [isWanted, open, load, renewals])

  const loaded = ofFilm(subtitles, open)
  const list = loaded.status === 'ready' ? loaded.value : null
  const tracks = useMemo(
    () => rankTracks(list?.tracks ?? [], [i18n.language, ...navigator.languages]),
    [list, i18n.language],
  )
  const chosen = picked.videoId === open.videoId ? tracks.find(({ id }) => id === picked.track) : undefined
  const isChosen = chosen !== undefined
  const track = chosen ?? tracks[0] ?? null
  const value = useMemo<Transcript>(() => {
    const lines = (list?.lines ?? []).filter((line) => line.track === track?.id)
    return {
      tracks,
      track,
      isTrusted: track !== null && (track.fit !== 'wrong' || isChosen),
      lines,
      folded: lines.map(({ text }) => foldText(text)),
      ends: latestEnds(lines),
    }
  }, [list, tracks, track, isChosen])
  return loaded.status === 'ready' ? { status: 'ready', value } : loaded
}
