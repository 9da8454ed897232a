import type { MouseEvent, ReactElement } from 'react'
import type { Moment } from '../../src-preload/contract/search-nouns.ts'
import { useCard } from '../state/cards.ts'
import { useMediaBase } from '../state/host.ts'
import { FilmGroup } from './film-group.tsx'
import type { MomentGroup } from './group-moments.ts'
import { MomentCard, momentKey } from './moment-card.tsx'

type Handlers = {
  /** Key of the moment that Tab leads to. */
  readonly roving: string | null
  readonly columns: number
  readonly onOpen: (moment: Moment) => void
  readonly onFocus: (moment: Moment) => void
  readonly onMenu: (moment: Moment, event: MouseEvent<HTMLElement>) => void
}

const OneGroup = ({ group, ...handlers }: Handlers & { readonly group: MomentGroup }): ReactElement => {
  const card = useCard(group.videoId)
  const base = useMediaBase()
  const { roving, columns, onOpen, onFocus, onMenu } = handlers
  return (
    <FilmGroup path={group.path} card={card} moments={group.moments} columns={columns}>
      {group.moments.map((moment) => {
        const key = momentKey(moment)
        return (
          <MomentCard
            key={key}
            moment={moment}
            card={card}
            base={base}
            isRoving={key === roving}
            onOpen={onOpen}
            onFocus={onFocus}
            onMenu={onMenu}
          />
        )
      })}
    </FilmGroup>
  )
}

/** All groups of an answer, side by side as far as they fit. */
export const MomentGroups = (props: Handlers & { readonly groups: readonly MomentGroup[] }): ReactElement => {
  const { groups, ...handlers } = props
  return (
    <div className="groups" style={{ gridTemplateColumns: `repeat(${handlers.columns}, minmax(0, 1fr))` }}>
      {groups.map((group) => (
        <OneGroup key={group.videoId} group={group} {...handlers} />
      ))}
    </div>
  )
}
