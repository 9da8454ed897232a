import { Bookmark, Check, CircleAlert, ImageOff, Minus, Plus, Trash2, X } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../parts/button.tsx'
import { filmName } from '../parts/format.ts'
import { useShortcuts } from '../parts/use-shortcuts.ts'
import { useNotices } from '../state/notices.ts'
import type { News, Notice } from '../state/notices.ts'
import './notices.css'

const icons: Readonly<Record<News, LucideIcon>> = {
  copied: Check,
  'more-like-this': Plus,
  'not-this': Minus,
  'collection-saved': Bookmark,
  'collection-deleted': Trash2,
  'history-forgotten': Trash2,
  'no-picture': ImageOff,
  'unreadable-picture': ImageOff,
}

/** Moments are told by the film that they are of. */
const nameOf = (news: News, name: string): string =>
  news === 'more-like-this' || news === 'not-this' ? filmName(name) : name

const NoticeWords = ({ notice }: { readonly notice: Notice }): ReactElement => {
  const { t } = useTranslation()
  if ('error' in notice) {
    return (
      <p>
        <b>{t(`error.${notice.error.code}.title`)}</b>
        {notice.error.message}
      </p>
    )
  }
  const { news, name } = notice
  return (
    <p>
      <b>{t(`notice.${news}`)}</b>
      {news === 'unreadable-picture' ? t('notice.pictureAdvice', { name }) : nameOf(news, name)}
    </p>
  )
}

/** What was just refused or done, in a corner, for some seconds; some of it can be taken back. */
export const Notices = (): ReactElement => {
  const { t } = useTranslation()
  const { notices, dismiss, undo } = useNotices()
  // Where nothing can be taken back here, the key belongs to others.
  const canUndo = notices.some((notice) => 'undo' in notice && notice.undo !== null)
  useShortcuts('everywhere', canUndo ? { undo } : {})
  return (
    <div className="notices" role="status">
      {notices.map((notice) => {
        const Icon = 'error' in notice ? CircleAlert : icons[notice.news]
        const back = 'undo' in notice ? notice.undo : null
        return (
          <div key={notice.id} className="notice">
            <Icon size={18} aria-hidden />
            <NoticeWords notice={notice} />
            {back !== null && (
              <Button
                kind="quiet"
                onPress={() => {
                  dismiss(notice.id)
                  back()
                }}
              >
                {t('notice.undo')}
              </Button>
            )}
            <IconButton
              icon={X}
              size="small"
              label={t('notice.dismiss')}
              onPress={() => dismiss(notice.id)}
            />
          </div>
        )
      })}
    </div>
  )
}
