import type { ReactElement } from 'react'
import type { Moment } from '../../src-preload/contract/search-nouns.ts'
import { useCard } from '../state/cards.ts'
import { useMediaBase } from '../state/host.ts'
import { useMoreMoments } from '../state/more-moments.ts'
import { momentKey } from '../state/same-answer.ts'
import { FilmGroup } from './film-group.tsx'
import { groupMoments } from './group-moments.ts'
import type { MomentGroup } from './group-moments.ts'
import { MomentCard } from './moment-card.tsx'
import type { MomentHandlers } from './moment-card.tsx'

type Handlers = MomentHandlers & {
  /** Key of the moment that Tab leads to. */
  readonly roving: string | null
  readonly columns: number
  readonly onMore: (videoId: string) => void
}

const OneGroup = ({ group, ...handlers }: Handlers & { readonly group: MomentGroup }): ReactElement => {
  const { roving, columns, onMore, ...rest } = handlers
  const card = useCard(group.videoId)
  const base = useMediaBase()
  const more = useMoreMoments(({ byFilm, asking }) =>
    asking.has(group.videoId) ? 'asking' : byFilm.has(group.videoId) ? 'done' : 'open',
  )
  return (
    <FilmGroup
      path={group.path}
      card={card}
      moments={group.moments}
      columns={columns}
      more={more}
      onMore={() => onMore(group.videoId)}
    >
      {group.moments.map((moment) => {
        const key = momentKey(moment)
        return (
          <MomentCard
            key={key}
            moment={moment}
            card={card}
            base={base}
            isNamed={false}
            isRoving={key === roving}
            {...rest}
          />
        )
      })}
    </FilmGroup>
  )
}

const OneMoment = ({
  moment,
  roving,
  ...rest
}: MomentHandlers & { readonly moment: Moment; readonly roving: string | null }): ReactElement => (
  <MomentCard
    moment={moment}
    card={useCard(moment.videoId)}
    base={useMediaBase()}
    isNamed
    isRoving={momentKey(moment) === roving}
    {...rest}
  />
)

type GroupsProps = Handlers & {
  readonly moments: readonly Moment[]
  readonly order: 'films' | 'flat'
}

/** Moments under their films, side by side as far as they fit, or all in one list, best first. */
export const MomentGroups = ({ moments, order, ...handlers }: GroupsProps): ReactElement => {
  const { roving, columns, onOpen, onFocus, onMenu } = handlers
  const gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`
  return order === 'films' ? (
    <div className="groups" style={{ gridTemplateColumns }}>
      {groupMoments(moments).map((group) => (
        <OneGroup key={group.videoId} group={group} {...handlers} />
      ))}
    </div>
  ) : (
    <div className="groups groups-flat" style={{ gridTemplateColumns }}>
      {moments.map((moment) => (
        <OneMoment
          key={momentKey(moment)}
          moment={moment}
          roving={roving}
          onOpen={onOpen}
          onFocus={onFocus}
          onMenu={onMenu}
        />
      ))}
    </div>
  )
}
