import { Images, Minus, Pencil, Play, Plus, Scale, Trash2 } from 'lucide-react'
import type { TFunction } from 'i18next'
import type { MenuAction } from '../../parts/context-menu.tsx'
import { firstKey } from '../../parts/key-names.ts'
import { selectInBox } from '../../state/box-selection.ts'
import { useFilm } from '../../state/film.ts'
import { findSimilar } from '../../state/find-similar.ts'
import { replaceSpan } from '../../state/query-mode.ts'
import { isNegative, reweighed, turned } from '../../state/query-parts.ts'
import type { QueryPart } from '../../state/query-parts.ts'
import { useSearch } from '../../state/search.ts'
import { isVideoId } from '../../state/video-id.ts'

/** Everything that can be done with a chip; each changes the text where the chip stands and nothing else. */
export type ChipActs = {
  readonly edit: () => void
  readonly remove: () => void
  readonly put: (written: string) => void
  /** Null where it has no weight, or no further one. */
  readonly heavier: (() => void) | null
  readonly lighter: (() => void) | null
  readonly turn: (() => void) | null
  readonly similar: (() => void) | null
  readonly play: (() => void) | null
}

export const chipActs = (part: QueryPart, text: string): ChipActs => {
  const { start, end } = part
  const put = (written: string): void => useSearch.getState().setText(replaceSpan(text, start, end, written))
  const putIf = (written: string | null): (() => void) | null =>
    written === null ? null : () => put(written)
  const reference = part.kind === 'like' ? part.like.reference : null
  return {
    edit: () => selectInBox(start, end),
    remove: () => put(''),
    put,
    heavier: putIf(reweighed(text, part, 1)),
    lighter: putIf(reweighed(text, part, -1)),
    turn: putIf(turned(text, part)),
    similar: reference === null ? null : () => findSimilar(reference),
    play:
      reference?.kind === 'frame' && isVideoId(reference.video)
        ? () => useFilm.getState().show({ videoId: reference.video, at: reference.seconds, query: '' })
        : null,
  }
}

/** The same as a menu. */
export const chipMenu = (t: TFunction, part: QueryPart, acts: ChipActs): readonly MenuAction[] => {
  const { edit, heavier, lighter, turn, similar, play, remove } = acts
  const way = isNegative(part) ? 'on' : 'off'
  const all: readonly (Omit<MenuAction, 'act'> & { readonly act: (() => void) | null })[] = [
    { id: 'edit', icon: Pencil, label: t('chips.edit'), keys: firstKey('editChip'), act: edit },
    { id: 'play', icon: Play, label: t('menu.open'), act: play },
    { id: 'similar', icon: Images, label: t('menu.similar'), keys: firstKey('similar'), act: similar },
    {
      id: 'heavier',
      icon: Scale,
      label: t('chips.heavier'),
      keys: firstKey('heavier'),
      isApart: true,
      act: heavier,
    },
    { id: 'lighter', icon: Scale, label: t('chips.lighter'), keys: firstKey('lighter'), act: lighter },
    {
      id: 'turn',
      icon: isNegative(part) ? Plus : Minus,
      label: part.kind === 'filter' ? t(`chips.turnFilter.${way}`) : t(`chips.turn.${way}`),
      act: turn,
    },
    {
      id: 'remove',
      icon: Trash2,
      label: t('chips.removeIt'),
      keys: firstKey('removeChip'),
      isApart: true,
      act: remove,
    },
  ]
  return all.flatMap(({ act, ...action }) => (act === null ? [] : [{ ...action, act }]))
}
