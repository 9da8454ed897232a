import { RotateCw } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../parts/button.tsx'
import { percent } from '../parts/format.ts'

/** From here on, nobody needs to know. */
const complete = 0.995

type CoverageProps = { readonly coverage: number; readonly onAgain: () => void }

/** How much of the library the answer is from, while indexing is not finished. */
export const CoverageLine = ({ coverage, onAgain }: CoverageProps): ReactElement | null => {
  const { t, i18n } = useTranslation()
  if (coverage >= complete) return null
  return (
    <div className="coverage">
      <span className="coverage-bar" aria-hidden>
        <i style={{ width: `${coverage * 100}%` }} />
      </span>
      <p>{t('results.coverage', { share: percent(coverage, i18n.language) })}</p>
      <Button kind="quiet" icon={RotateCw} onPress={onAgain}>
        {t('results.again')}
      </Button>
    </div>
  )
}
