import { Unplug } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { library } from '../api/library.ts'
import { Button } from '../parts/button.tsx'

/** Says that the host is gone; what was loaded stays in sight. */
export const OfflineBanner = (): ReactElement => {
  const { t } = useTranslation()
  return (
    <div className="offline-banner" role="alert">
      <Unplug size={17} aria-hidden />
      <p>{t('offline.banner')}</p>
      <Button kind="quiet" onPress={library.retry}>
        {t('offline.retry')}
      </Button>
    </div>
  )
}
