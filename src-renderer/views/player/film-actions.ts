import {
  ArrowRightFromLine,
  ArrowRightToLine,
  Clock,
  Images,
  MessageSquareQuote,
  Play,
  SquareSplitHorizontal,
  Tag,
} from 'lucide-react'
import type { TFunction } from 'i18next'
import { drop } from '../../api/drop.ts'
import type { MenuAction } from '../../parts/context-menu.tsx'
import { copyText } from '../../parts/copy.ts'
import { fineClock } from '../../parts/format.ts'
import { firstKey } from '../../parts/key-names.ts'
import { useRange } from '../../state/film-range.ts'
import { findSimilar } from '../../state/find-similar.ts'
import type { FilmSubject } from './film-subject.ts'

type Acts = {
  readonly videoId: string
  readonly playFrom: (seconds: number) => void
  readonly tag: (subject: FilmSubject) => void
}

/** What can be done with a place of a film, wherever it is shown. */
export const filmActions = (
  t: TFunction,
  subject: FilmSubject,
  { videoId, playFrom, tag }: Acts,
): readonly MenuAction[] => {
  const { kind, seconds, stretch, text } = subject
  const isFrame = kind === 'frame'
  return [
    {
      id: 'similar',
      icon: Images,
      label: t('filmMenu.similar'),
      ...(isFrame ? { keys: firstKey('similarNow') } : {}),
      act: () => findSimilar({ kind: 'frame', video: videoId, seconds }),
    },
    ...(isFrame
      ? []
      : [
          {
            id: 'play',
            icon: Play,
            label: t('filmMenu.play'),
            act: () => playFrom(stretch?.start ?? seconds),
          },
        ]),
    {
      id: 'tag',
      icon: Tag,
      label: t(`filmMenu.tag.${kind}`),
      ...(isFrame ? { keys: firstKey('tag') } : {}),
      act: () => tag(subject),
    },
    ...(isFrame
      ? [
          {
            id: 'mark-in',
            icon: ArrowRightFromLine,
            label: t('shortcut.markIn'),
            keys: firstKey('markIn'),
            act: () => useRange.getState().setFrom(seconds),
          },
          {
            id: 'mark-out',
            icon: ArrowRightToLine,
            label: t('shortcut.markOut'),
            keys: firstKey('markOut'),
            act: () => useRange.getState().setTo(seconds),
          },
        ]
      : []),
    ...(stretch === null
      ? []
      : [
          {
            id: 'range',
            icon: SquareSplitHorizontal,
            label: t('filmMenu.range'),
            act: () => useRange.setState({ from: stretch.start, to: stretch.end }),
          },
        ]),
    ...(text === null
      ? []
      : [
          {
            id: 'copy-line',
            icon: MessageSquareQuote,
            isApart: true,
            label: t('filmMenu.copyLine'),
            act: () => drop(copyText(text)),
          },
        ]),
    {
      id: 'copy-time',
      icon: Clock,
      isApart: text === null,
      label: t('filmMenu.copyTime', { time: fineClock(seconds) }),
      act: () => drop(copyText(fineClock(seconds))),
    },
  ]
}
