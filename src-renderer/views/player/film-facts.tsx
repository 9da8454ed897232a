import { Copy } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShotList, SubtitleTrack, VideoDetail } from '../../../src-preload/contract/nouns.ts'
import { drop } from '../../api/drop.ts'
import { IconButton } from '../../parts/button.tsx'
import { copyText } from '../../parts/copy.ts'
import { bytes, clock, day } from '../../parts/format.ts'
import { languageName } from '../../parts/language-name.ts'
import { trackName } from './subtitle-tracks.ts'

type FactsProps = {
  readonly film: VideoDetail
  readonly shots: ShotList | null
  /** Of the film's subtitles; those beside it are named, too. */
  readonly tracks: readonly SubtitleTrack[]
}

/** What a film is made of, how far Kinora knows it, and where it lies. */
export const FilmFacts = ({ film, shots, tracks }: FactsProps): ReactElement => {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  const frameRate =
    film.frameRate === null
      ? ''
      : t('facts.frames', { rate: Number(film.frameRate.toFixed(2)).toLocaleString(language) })
  const hdr = film.hdr === null ? '' : film.hdr === 'pq' ? 'HDR (PQ)' : 'HDR (HLG)'
  const shotCount = ({ analyzed, shots: { length } }: ShotList): string =>
    analyzed ? length.toLocaleString(language) : t('facts.noShotsYet')
  const rows: readonly (readonly [string, string])[] = [
    [t('facts.duration'), clock(film.duration)],
    [t('facts.recorded'), day(film.created, language)],
    [
      t('facts.picture'),
      [`${film.width} × ${film.height}`, frameRate, hdr].filter((part) => part !== '').join(', '),
    ],
    [t('facts.codec'), `${film.codec.toUpperCase()} (${film.container})`],
    [
      t('facts.sound'),
      film.audio
        .map(({ codec, language: code }) =>
          [codec.toUpperCase(), code === null ? '' : languageName(code, language)]
            .filter((part) => part !== '')
            .join(' '),
        )
        .join(', '),
    ],
    [
      t('facts.subtitles'),
      [
        ...film.subtitles.map(
          ({ language: code, title, codec }) =>
            title ?? ((code === null ? '' : languageName(code, language)) || codec),
        ),
        ...tracks.filter(({ source }) => source === 'sidecar').map((track) => trackName(t, track, language)),
      ].join(', '),
    ],
    [t('facts.size'), bytes(film.size, language)],
    [t('facts.state'), t(`stage.${film.state}`)],
    ...(shots === null ? [] : [[t('facts.shots'), shotCount(shots)] as const]),
  ]
  return (
    <>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value === '' ? t('facts.none') : value}</dd>
          </div>
        ))}
      </dl>
      <ul className="facts-paths" aria-label={t('facts.paths')}>
        {(film.paths.length === 0 ? [film.path] : film.paths).map((path) => (
          <li key={path}>
            <span>{path}</span>
            <IconButton
              icon={Copy}
              size="small"
              label={t('menu.copyPath')}
              onPress={() => drop(copyText(path))}
            />
          </li>
        ))}
      </ul>
      {film.problems.map((problem) => (
        <p key={`${problem.stage} ${problem.code}`} className="facts-problem">
          <b>{t(`error.${problem.code}.title`)}</b> {t(`error.${problem.code}.advice`)}
        </p>
      ))}
    </>
  )
}
