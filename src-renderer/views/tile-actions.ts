import { Copy, FileVideo, Images, ListPlus, Minus, Play, Plus } from 'lucide-react'
import type { TFunction } from 'i18next'
import type { VideoCard } from '../../src-preload/contract/nouns.ts'
import type { Moment } from '../../src-preload/contract/search-nouns.ts'
import { drop } from '../api/drop.ts'
import type { MenuAction } from '../parts/context-menu.tsx'
import { copyText } from '../parts/copy.ts'
import { fileName } from '../parts/format.ts'
import { firstKey } from '../parts/key-names.ts'
import { moreLikeThis, notThis } from '../state/feedback.ts'
import { findSimilar } from '../state/find-similar.ts'

const copying = (t: TFunction, path: string): readonly MenuAction[] => [
  { id: 'copy-path', icon: Copy, label: t('menu.copyPath'), isApart: true, act: () => drop(copyText(path)) },
  {
    id: 'copy-name',
    icon: FileVideo,
    label: t('menu.copyName'),
    act: () => drop(copyText(fileName(path))),
  },
]

const opening = (
  t: TFunction,
  frame: { readonly video: string; readonly seconds: number } | null,
  onOpen: () => void,
): readonly MenuAction[] => [
  { id: 'open', icon: Play, label: t('menu.open'), keys: firstKey('open'), act: onOpen },
  ...(frame === null
    ? []
    : [
        {
          id: 'similar',
          icon: Images,
          label: t('menu.similar'),
          keys: firstKey('similar'),
          act: () => findSimilar({ kind: 'frame', ...frame }),
        },
      ]),
]

/** The second that stands for a film: where it was scrubbed to, else its poster's; null while it has no pictures. */
export const secondOf = (card: VideoCard, scrubbed: number | null): number | null =>
  card.pictures === null ? null : (scrubbed ?? card.pictures.poster.time)

/** What can be done with a film in the grid; `seconds` as `secondOf` tells. */
export const tileActions = (
  t: TFunction,
  card: VideoCard,
  seconds: number | null,
  onOpen: () => void,
): readonly MenuAction[] => [
  ...opening(t, seconds === null ? null : { video: card.id, seconds }, onOpen),
  ...copying(t, card.path),
]

type MomentActs = { readonly onOpen: () => void; readonly onMore: (() => void) | null }

/** What can be done with a moment; `onMore` null where its film was asked for all it has. */
export const momentActions = (t: TFunction, moment: Moment, acts: MomentActs): readonly MenuAction[] => [
  ...opening(t, { video: moment.videoId, seconds: moment.peak }, acts.onOpen),
  {
    id: 'more-like-this',
    icon: Plus,
    label: t('menu.moreLikeThis'),
    keys: firstKey('moreLikeThis'),
    isApart: true,
    act: () => moreLikeThis(moment),
  },
  {
    id: 'not-this',
    icon: Minus,
    label: t('menu.notThis'),
    keys: firstKey('notThis'),
    act: () => notThis(moment),
  },
  ...(acts.onMore === null
    ? []
    : [
        {
          id: 'more-of-film',
          icon: ListPlus,
          label: t('results.more'),
          keys: firstKey('moreOfFilm'),
          act: acts.onMore,
        },
      ]),
  ...copying(t, moment.path),
]
