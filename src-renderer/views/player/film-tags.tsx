import { Plus, X } from 'lucide-react'
import { useRef } from 'react'
import type { MouseEvent, ReactElement } from 'react'
import { Button, Tag, TagGroup, TagList } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { VideoDetail } from '../../../src-preload/contract/nouns.ts'
import { IconButton } from '../../parts/button.tsx'
import { clockRange } from '../../parts/format.ts'
import { useKeepFocus } from '../../parts/keep-focus.ts'
import { firstKey } from '../../parts/key-names.ts'
import { moveAmongRows } from '../../parts/roving-rows.ts'
import { Stars } from '../../parts/stars.tsx'
import { TagBox } from '../../parts/tag-box.tsx'
import { taggedSubject } from './film-subject.ts'
import type { FilmSubject } from './film-subject.ts'
import { useTagActions } from './use-tag-actions.ts'
import './film-tags.css'

type TagsProps = {
  readonly film: VideoDetail
  readonly onSeek: (seconds: number) => void
  /** Tags the moment where the film is. */
  readonly onTag: () => void
  readonly onMenu: (event: MouseEvent<HTMLElement>, subject: FilmSubject) => void
}

/** What the person thinks of a film: its stars, its tags, and the tags of its stretches. */
export const FilmTags = ({ film, onSeek, onTag, onMenu }: TagsProps): ReactElement => {
  const { t } = useTranslation()
  const { add, remove, rate } = useTagActions(film)
  const box = useRef<HTMLDivElement>(null)
  useKeepFocus(box, film.marks)
  const whole = film.marks.filter(({ start }) => start === null)
  const stretches = film.marks
    .flatMap((mark) =>
      mark.start === null || mark.end === null ? [] : [{ mark, start: mark.start, end: mark.end }],
    )
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
  return (
    <section className="film-tags" aria-label={t('tags.yours')}>
      <Stars rating={film.rating} onRate={rate} />
      {whole.length > 0 && (
        <TagGroup
          aria-label={t('tags.ofFilm')}
          onRemove={(keys) => {
            const mark = whole.find(({ tag }) => keys.has(tag))
            if (mark !== undefined) remove(mark)
          }}
        >
          <TagList className="tag-chips">
            {whole.map(({ tag }) => (
              <Tag key={tag} id={tag} textValue={tag} className="tag-chip">
                <span>{tag}</span>
                <Button slot="remove" className="tag-chip-remove" aria-label={t('tags.remove', { tag })}>
                  <X size={13} aria-hidden />
                </Button>
              </Tag>
            ))}
          </TagList>
        </TagGroup>
      )}
      <TagBox
        label={t('tags.addToFilm')}
        placeholder={t('tags.addToFilm')}
        taken={whole.map(({ tag }) => tag)}
        onAdd={(tag) => add(tag, null)}
      />
      <div ref={box} className="tagged" tabIndex={-1}>
        <header>
          <h2>{t('tags.ofStretches')}</h2>
          <IconButton
            icon={Plus}
            size="small"
            label={t('shortcut.tag')}
            keys={firstKey('tag')}
            onPress={onTag}
          />
        </header>
        {stretches.length > 0 && (
          <ul className="side-list tag-stretches" onKeyDown={moveAmongRows}>
            {stretches.map(({ mark, start, end }) => (
              <li key={`${mark.tag} ${start} ${end}`}>
                <button
                  type="button"
                  className="tag-stretch"
                  data-row
                  onClick={() => onSeek(start)}
                  onContextMenu={(event) => onMenu(event, taggedSubject(mark))}
                >
                  <span className="side-time">{clockRange(start, end)}</span>
                  <span className="tag-stretch-name">{mark.tag}</span>
                </button>
                <IconButton
                  icon={X}
                  size="small"
                  label={t('tags.removeFrom', { tag: mark.tag, time: clockRange(start, end) })}
                  onPress={() => remove(mark)}
                />
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}
