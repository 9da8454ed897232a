import { Ellipsis, Images, Minus, Plus } from 'lucide-react'
import { useRef } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Moment } from '../../src-preload/contract/search-nouns.ts'
import { IconButton } from '../parts/button.tsx'
import { menuPointOf } from '../parts/context-menu.tsx'
import type { MenuPoint } from '../parts/context-menu.tsx'
import { firstKey } from '../parts/key-names.ts'
import { feedbackOn, moreLikeThis, notThis } from '../state/feedback.ts'
import { findSimilar } from '../state/find-similar.ts'
import { useSearch } from '../state/search.ts'

type ActionsProps = {
  readonly moment: Moment
  readonly onMenu: (moment: Moment, point: MenuPoint) => void
}

/** What can be said about an answer, over its picture while it is pointed at or focused. */
export const MomentActions = ({ moment, onMenu }: ActionsProps): ReactElement => {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const feedback = useSearch(({ text }) => feedbackOn(text, moment))
  return (
    <div className="moment-actions" ref={box}>
      <IconButton
        icon={Plus}
        size="small"
        label={t('menu.moreLikeThis')}
        keys={firstKey('moreLikeThis')}
        isOn={feedback === 'more'}
        onPress={() => moreLikeThis(moment)}
      />
      <IconButton
        icon={Minus}
        size="small"
        label={t('menu.notThis')}
        keys={firstKey('notThis')}
        isOn={feedback === 'less'}
        onPress={() => notThis(moment)}
      />
      <IconButton
        icon={Images}
        size="small"
        label={t('menu.similar')}
        keys={firstKey('similar')}
        onPress={() => findSimilar({ kind: 'frame', video: moment.videoId, seconds: moment.peak })}
      />
      <IconButton
        icon={Ellipsis}
        size="small"
        label={t('menu.label')}
        onPress={() => box.current && onMenu(moment, menuPointOf({ clientX: 0, clientY: 0 }, box.current))}
      />
    </div>
  )
}
