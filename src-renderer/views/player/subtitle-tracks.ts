import type { TFunction } from 'i18next'
import type { SubtitleTrack } from '../../../src-preload/contract/nouns.ts'
import { languageName, sameLanguage } from '../../parts/language-name.ts'

const fits: readonly SubtitleTrack['fit'][] = ['fits', 'unknown', 'wrong']

/**
 * Best first: what follows the pictures before what nobody can tell and what does not; then the languages of the
 * person, in their order; then the track with more lines.
 */
export const rankTracks = (
  tracks: readonly SubtitleTrack[],
  languages: readonly string[],
): readonly SubtitleTrack[] => {
  const spoken = ({ language }: SubtitleTrack): number => {
    const at = language === null ? -1 : languages.findIndex((own) => sameLanguage(own, language))
    return at === -1 ? languages.length : at
  }
  return tracks.toSorted(
    (a, b) =>
      fits.indexOf(a.fit) - fits.indexOf(b.fit) || spoken(a) - spoken(b) || b.lines - a.lines || a.id - b.id,
  )
}

/** What containers call a text track by its codec: no name that says anything. */
const codecNames: ReadonlySet<string> = new Set(['subrip', 'srt', 'ass', 'ssa', 'mov_text', 'webvtt', 'text'])

/** What a track is called: its language, and where it comes from. */
export const trackName = (
  t: TFunction,
  { language, name, source, fit }: SubtitleTrack,
  shown: string,
): string => {
  const from =
    source === 'sidecar'
      ? name
      : codecNames.has(name)
        ? t('transcript.inFilm')
        : t('transcript.inFilmAs', { name })
  return [
    language === null ? '' : languageName(language, shown),
    from,
    fit === 'wrong' ? t('transcript.wrongShort') : '',
  ]
    .filter((part) => part !== '')
    .join(' · ')
}
