import { Copy, FileVideo, Play } from 'lucide-react'
import type { TFunction } from 'i18next'
import type { VideoCard } from '../../src-preload/contract/nouns.ts'
import { drop } from '../api/drop.ts'
import type { MenuAction } from '../parts/context-menu.tsx'
import { copyText } from '../parts/copy.ts'
import { fileName } from '../parts/format.ts'

/** What can be done with a film, wherever it is shown. */
export const tileActions = (
  t: TFunction,
  card: Pick<VideoCard, 'path'>,
  onOpen: () => void,
): readonly MenuAction[] => [
  { id: 'open', icon: Play, label: t('menu.open'), act: onOpen },
  { id: 'copy-path', icon: Copy, label: t('menu.copyPath'), act: () => drop(copyText(card.path)) },
  {
    id: 'copy-name',
    icon: FileVideo,
    label: t('menu.copyName'),
    act: () => drop(copyText(fileName(card.path))),
  },
]
