import { endingOf, hasSubtitleEnding, hasVideoEnding } from './video-endings.ts'

/** A subtitle file beside a film, and its language where the name says it. */
export type Pair<Film, File> = { readonly film: Film; readonly file: File; readonly language: string | null }

/** By these names are compared; a name that is not UTF-8 as one letter a byte. */
type Named = { readonly name: string }

const stemOf = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/\.[^.]*$/, '')
    .toLowerCase()

/** Remarks that look like the tag of a language. */
const remarks: ReadonlySet<string> = new Set(['cc', 'sdh', 'hoh'])

/** `en` in `NAME.en.forced.srt`, `pt-br` in `NAME.pt-BR.srt`; not the ending in `NAME.mkv.srt`. */
const languageIn = (middle: string): string | null =>
  middle
    .split('.')
    .find(
      (part) =>
        /^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/.test(part) && !remarks.has(part) && !hasVideoEnding(`x.${part}`),
    ) ?? null

/** Other programs write .json beside films too: a transcript has the film's name, and a language at most. */
const mayBeTranscript = (name: string, middle: string): boolean =>
  endingOf(name) !== 'json' || middle === '' || languageIn(middle) === middle

/**
 * Which film of a folder each subtitle file in it belongs to: the one of the same name, or the same name with a language
 * or remark behind it, the longest such name (`a.2.srt` belongs to `a.2.mp4` where that exists, else to `a.mp4`). Two
 * films of one name share it. Takes time in proportion to the number of names.
 */
export const pairSidecars = <Film extends Named, File extends Named>(
  films: readonly Film[],
  files: readonly File[],
): readonly Pair<Film, File>[] => {
  const byStem = Map.groupBy(films, ({ name }) => stemOf(name))
  return files.flatMap((file) => {
    const stem = stemOf(file.name)
    if (!hasSubtitleEnding(file.name)) return []
    for (let end = stem.length; end > 0; end = stem.lastIndexOf('.', end - 1)) {
      const owners = byStem.get(stem.slice(0, end))
      if (owners === undefined) continue
      const middle = stem.slice(end + 1)
      if (!mayBeTranscript(file.name, middle)) return []
      const language = languageIn(middle)
      return owners.map((film) => ({ film, file, language }))
    }
    return []
  })
}
