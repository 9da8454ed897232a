import { Captions, CaptionsOff, Copy, TriangleAlert } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import type { MouseEvent, ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { VideoDetail } from '../../../src-preload/contract/nouns.ts'
import { drop } from '../../api/drop.ts'
import { IconButton } from '../../parts/button.tsx'
import { PickOne } from '../../parts/choice.tsx'
import { copyText } from '../../parts/copy.ts'
import { clock, filmName } from '../../parts/format.ts'
import { usePlayback } from '../../state/playback.ts'
import { usePickedTrack } from '../../state/subtitles.ts'
import type { FilmSubject } from './film-subject.ts'
import { lineBefore } from './lines-at.ts'
import { wordsOfQuery } from './line-words.ts'
import { trackName } from './subtitle-tracks.ts'
import { TranscriptFind } from './transcript-find.tsx'
import { TranscriptLines } from './transcript-lines.tsx'
import type { LinesHandle } from './transcript-lines.tsx'
import { useLineFind } from './use-line-find.ts'
import type { Transcript as TranscriptOf } from './use-transcript.ts'
import './transcript.css'

type TranscriptProps = {
  readonly film: VideoDetail
  readonly transcript: TranscriptOf
  readonly query: string
  readonly isFindAsked: boolean
  readonly onFindTaken: () => void
  readonly onPlay: (seconds: number) => void
  readonly onMenu: (event: MouseEvent<HTMLElement>, subject: FilmSubject) => void
}

/** Where subtitles come from, for a film that has none that can be read. */
const NoLines = ({ film }: { readonly film: VideoDetail }): ReactElement => {
  const { t } = useTranslation()
  const hasPictures = film.subtitles.some(({ isText }) => !isText)
  return (
    <div className="side-empty lines-none">
      <CaptionsOff size={24} strokeWidth={1.5} aria-hidden />
      <h2>{t('transcript.none')}</h2>
      <p>{hasPictures ? t('transcript.nonePictures') : t('transcript.noneText')}</p>
      <p>{t('transcript.noneAdvice')}</p>
      <ul>
        {['srt', 'vtt', 'ass'].map((ending) => (
          <li key={ending}>{`${filmName(film.path)}.${ending}`}</li>
        ))}
      </ul>
    </div>
  )
}

/** What is said in the film, line by line, beside it. */
export const Transcript = (props: TranscriptProps): ReactElement => {
  const { film, transcript, query, isFindAsked, onFindTaken, onPlay, onMenu } = props
  const { t, i18n } = useTranslation()
  const pick = usePickedTrack((picked) => picked.pick)
  const { tracks, track, lines, folded } = transcript
  const words = useMemo(() => wordsOfQuery(query), [query])
  const find = useLineFind(folded)
  const [wantsOnlyFound, setOnlyFound] = useState(false)
  const handle = useRef<LinesHandle>(null)
  const here = usePlayback(({ time }) => lineBefore(lines, time))
  const isOnlyFound = wantsOnlyFound && find.found.length > 0
  const all = useMemo(() => lines.map((_, index) => index), [lines])

  if (track === null) return <NoLines film={film} />
  const step = (direction: 1 | -1): void => {
    const line = find.step(direction, Math.max(0, here))
    if (line !== null) handle.current?.show(line)
  }
  const copyAll = (): void =>
    drop(
      copyText(
        lines.map(({ start, text }) => `${clock(start)}  ${text.replaceAll('\n', ' ')}`).join('\n'),
        t('transcript.lines', { count: lines.length }),
      ),
    )
  return (
    <div className="transcript">
      <div className="transcript-head">
        <TranscriptFind
          find={find}
          isAsked={isFindAsked}
          onTaken={onFindTaken}
          onStep={step}
          isOnlyFound={isOnlyFound}
          onOnlyFound={setOnlyFound}
          onDown={() => handle.current?.focus()}
        />
        <div className="transcript-track">
          <Captions size={15} aria-hidden />
          {tracks.length > 1 ? (
            <PickOne
              label={t('transcript.track')}
              value={String(track.id)}
              options={tracks.map((one) => ({ id: String(one.id), label: trackName(t, one, i18n.language) }))}
              onChange={(id) => pick(film.id, Number(id))}
            />
          ) : (
            <span className="transcript-only">{trackName(t, track, i18n.language)}</span>
          )}
          <IconButton
            icon={Copy}
            size="small"
            label={t('transcript.copyAll')}
            isDisabled={lines.length === 0}
            onPress={copyAll}
          />
        </div>
        {track.fit === 'wrong' && (
          <p className="transcript-wrong">
            <TriangleAlert size={15} aria-hidden />
            <span>{t('transcript.wrong')}</span>
          </p>
        )}
      </div>
      <TranscriptLines
        key={track.id}
        transcript={transcript}
        shown={isOnlyFound ? find.found : all}
        here={here}
        words={words}
        find={find.folded}
        foundLine={find.found[find.at] ?? -1}
        handle={handle}
        onPlay={onPlay}
        onMenu={onMenu}
      />
    </div>
  )
}
