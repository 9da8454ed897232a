import { useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { Dialog, Heading, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { VideoDetail } from '../../../src-preload/contract/nouns.ts'
import { Segments } from '../../parts/choice.tsx'
import { clockRange } from '../../parts/format.ts'
import { TagBox } from '../../parts/tag-box.tsx'
import { useTagging } from '../../state/tagging.ts'
import type { TagTarget } from '../../state/tagging.ts'
import { share } from './timeline-marks.tsx'
import { useTagActions } from './use-tag-actions.ts'
import './tag-popover.css'

type BoxProps = {
  readonly film: VideoDetail
  readonly targets: readonly TagTarget[]
  readonly kind: TagTarget['kind'] | null
  readonly onKind: (kind: TagTarget['kind']) => void
}

const Box = ({ film, targets, kind, onKind }: BoxProps): ReactElement => {
  const { t } = useTranslation()
  const { add } = useTagActions(film)
  const close = useTagging((tagging) => tagging.close)
  const target = targets.find((one) => one.kind === kind) ?? targets[0]
  const stretch = target?.stretch ?? null
  const taken = film.marks
    .filter(({ start, end }) => start === (stretch?.start ?? null) && end === (stretch?.end ?? null))
    .map(({ tag }) => tag)
  return (
    <Dialog className="tagging">
      <header>
        <Heading slot="title">{t('tags.title')}</Heading>
        <span className="tagging-time">
          {stretch === null ? t('tags.wholeFilm') : clockRange(stretch.start, stretch.end)}
        </span>
      </header>
      <Segments
        label={t('tags.target')}
        value={target?.kind ?? 'film'}
        options={targets.map((one) => ({ id: one.kind, label: t(`tags.targets.${one.kind}`) }))}
        onChange={onKind}
      />
      <TagBox
        label={t('tags.label')}
        placeholder={t('tags.placeholder')}
        taken={taken}
        autoFocus
        onAdd={(tag) => add(tag, stretch)}
        onDone={close}
      />
      {taken.length > 0 && <p className="tagging-taken">{taken.join(', ')}</p>}
      <p className="tagging-hint">{t('tags.hint')}</p>
    </Dialog>
  )
}

/** A box over the timeline that tags a moment, a stretch or the whole film. */
export const TagPopover = ({ film }: { readonly film: VideoDetail }): ReactElement => {
  const { targets, close } = useTagging()
  const anchor = useRef<HTMLSpanElement>(null)
  const [kind, setKind] = useState<TagTarget['kind'] | null>(null)
  const [first] = targets ?? []
  const stretch = first?.stretch ?? null
  const middle = stretch === null ? film.duration / 2 : (stretch.start + stretch.end) / 2
  return (
    <>
      <span ref={anchor} className="tagging-anchor" style={{ left: share(middle, film.duration) }} />
      <Popover
        className="popover tagging-popover"
        triggerRef={anchor}
        isOpen={targets !== null}
        onOpenChange={(isOpen) => {
          if (isOpen) return
          setKind(null)
          close()
        }}
        placement="top"
        offset={10}
      >
        {targets !== null && <Box film={film} targets={targets} kind={kind} onKind={setKind} />}
      </Popover>
    </>
  )
}
