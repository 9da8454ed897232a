import { FlaskConical, Scale } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Model } from '../../../src-preload/contract/nouns.ts'
import { bytes } from '../../parts/format.ts'
import {
  costNote,
  costWords,
  languageWords,
  licenceWords,
  paceWords,
  providerWords,
  seenWords,
} from './model-words.ts'

type FactProps = { readonly name: string; readonly value: string; readonly note?: string }

/** One thing to know; nothing where nothing is known. */
const Fact = ({ name, value, note = '' }: FactProps): ReactElement | null =>
  value === '' ? null : (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
      {note !== '' && <dd className="model-note">{note}</dd>}
    </div>
  )

type FactsProps = { readonly model: Model; readonly models: readonly Model[] }

/** Size, languages, what it has seen, what it costs here, how fast and how exact it is, and its licence. */
export const ModelFacts = ({ model, models }: FactsProps): ReactElement => {
  const { t, i18n } = useTranslation()
  const { language } = i18n
  const { kind, state, bytes: size, cost, coverage, runsOn, parity, commercialUse } = model
  const licence = licenceWords(t, model, models, language)
  const isHere = state === 'ready' || state === 'broken'
  const isSearching = kind === 'pair'
  return (
    <>
      <dl className="model-facts">
        <Fact
          name={isHere ? t('models.onDisk') : t('models.toDownload')}
          value={size > 0 ? bytes(size, language) : ''}
        />
        {isSearching && <Fact name={t('models.understands')} value={languageWords(t, model, language)} />}
        {isSearching && (isHere || coverage > 0) && (
          <Fact name={t('models.hasSeen')} value={seenWords(t, model, language)} />
        )}
        {isSearching && cost !== null && (
          <Fact
            name={coverage > 0 ? t('models.stillCosts') : t('models.costs')}
            value={costWords(t, cost)}
            note={costNote(t, cost, language)}
          />
        )}
        {runsOn !== null && (
          <Fact
            name={t('models.speed')}
            value={paceWords(t, runsOn.picturesPerSecond, language)}
            note={providerWords(t, runsOn.provider)}
          />
        )}
        {isHere && parity !== null && (
          <Fact name={t('models.exactness')} value={t(`models.parity.${parity}`)} />
        )}
      </dl>
      {licence !== '' && (
        <p className="model-licence">
          <Scale size={15} aria-hidden />
          {licence}
        </p>
      )}
      {!commercialUse && (
        <p className="model-licence model-research">
          <FlaskConical size={15} aria-hidden />
          {t('models.researchText')}
        </p>
      )}
    </>
  )
}
