import { Check, CircleAlert, X } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../parts/button.tsx'
import { useNotices } from '../state/notices.ts'
import './notices.css'

/** What was just refused or done, in a corner, for some seconds. */
export const Notices = (): ReactElement => {
  const { t } = useTranslation()
  const { notices, dismiss } = useNotices()
  return (
    <div className="notices" role="status">
      {notices.map((notice) => (
        <div key={notice.id} className="notice">
          {'error' in notice ? <CircleAlert size={18} aria-hidden /> : <Check size={18} aria-hidden />}
          {'error' in notice ? (
            <p>
              <b>{t(`error.${notice.error.code}.title`)}</b>
              {notice.error.message}
            </p>
          ) : (
            <p>
              <b>{t('notice.copied')}</b>
              {notice.copied}
            </p>
          )}
          <IconButton icon={X} size="small" label={t('notice.dismiss')} onPress={() => dismiss(notice.id)} />
        </div>
      ))}
    </div>
  )
}
