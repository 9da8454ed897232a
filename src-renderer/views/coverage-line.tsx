import { ArrowUp } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../parts/button.tsx'
import { percent } from '../parts/format.ts'
import { useSearch } from '../state/search.ts'

/** From here on, nobody needs to know. */
export const complete = 0.995

/**
 * How much of the library the answer is from, while indexing is not finished. The answer renews itself; what would
 * move what is looked at waits here until it is wanted.
 */
export const CoverageLine = (): ReactElement | null => {
  const { t, i18n } = useTranslation()
  const coverage = useSearch(({ answer, newer }) => (newer ?? answer)?.coverage ?? 1)
  const hasNewer = useSearch(({ newer }) => newer !== null)
  const showNewer = useSearch((search) => search.showNewer)
  if (coverage >= complete && !hasNewer) return null
  return (
    <div className="coverage">
      {coverage < complete && (
        <span className="coverage-bar" aria-hidden>
          <i style={{ width: `${coverage * 100}%` }} />
        </span>
      )}
      <p>
        {coverage < complete
          ? t('results.coverage', { share: percent(coverage, i18n.language) })
          : t('results.changed')}
      </p>
      {/* Its words come and go, and are told when they come. */}
      <span role="status" className="coverage-newer">
        {hasNewer && (
          <Button icon={ArrowUp} onPress={showNewer}>
            {t('results.showNewer')}
          </Button>
        )}
      </span>
    </div>
  )
}
