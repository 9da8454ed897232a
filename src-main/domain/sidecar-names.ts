import { hasSubtitleEnding, hasVideoEnding } from './video-endings.ts'

/** A subtitle file beside a film. */
export type SidecarName = { readonly name: string; readonly language: string | null }

const stemOf = (name: string): string => name.replace(/\.[^.]*$/, '').toLowerCase()

const belongs = (stem: string, sidecar: string): boolean => sidecar === stem || sidecar.startsWith(`${stem}.`)

/** `en` in `NAME.en.forced.srt`, `pt-br` in `NAME.pt-BR.srt`. */
const languageIn = (middle: string): string | null =>
  middle.split('.').find((part) => /^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/.test(part)) ?? null

/**
 * The subtitle files that belong to the film `film` among the `names` of its folder: the same name, or the same name
 * with a language or remark. `a.2.srt` belongs to `a.2.mp4` where that exists, else to `a.mp4`.
 */
export const sidecarNames = (film: string, names: readonly string[]): readonly SidecarName[] => {
  const stem = stemOf(film)
  const closer = names
    .filter(hasVideoEnding)
    .map(stemOf)
    .filter((other) => other.startsWith(`${stem}.`))
  return names
    .filter((name) => hasSubtitleEnding(name) && belongs(stem, stemOf(name)))
    .filter((name) => !closer.some((other) => belongs(other, stemOf(name))))
    .map((name) => ({ name, language: languageIn(stemOf(name).slice(stem.length + 1)) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
