import { useEffect } from 'react'
import type { ReactElement } from 'react'
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Model } from '../../../src-preload/contract/nouns.ts'
import { wideModes } from '../../../src-preload/contract/wide-pictures.ts'
import type { WideChoice, WidePictures } from '../../../src-preload/contract/wide-pictures.ts'
import { drop } from '../../api/drop.ts'
import { LoadedView } from '../../parts/states.tsx'
import { setWidePictures, useWidePictures } from '../../state/wide-pictures.ts'
import { timeLeft } from '../index-words.ts'
import { modelName } from './model-words.ts'
import './wide-choice.css'

type OptionProps = { readonly choice: WideChoice; readonly isSet: boolean }

/** One way: what it shows, how many pictures that takes, and which films would be looked at anew. */
const Option = ({ choice, isSet }: OptionProps): ReactElement => {
  const { t } = useTranslation()
  const { mode, pictures, films, seconds, measured } = choice
  const time = seconds === null ? t('models.timeUnknown') : t('models.work', { time: timeLeft(t, seconds) })
  const source = seconds === null ? [] : [measured ? t('models.measured') : t('models.guessed')]
  const again = isSet ? t('wide.left', { count: films }) : t('wide.again', { count: films })
  const cost = films === 0 ? [] : [again, time, ...source]
  return (
    <RadioField value={mode}>
      <RadioButton className="wide-option">
        <i className="wide-mark" data-mode={mode} aria-hidden />
        <span>
          <b>{t(`wide.${mode}.name`)}</b>
          <span className="wide-text">{t(`wide.${mode}.text`)}</span>
          <span className="wide-cost">{[t('wide.pictures', { count: pictures }), ...cost].join(' · ')}</span>
        </span>
      </RadioButton>
    </RadioField>
  )
}

type ChoiceProps = { readonly wide: WidePictures; readonly name: string }

const Choice = ({ wide, name }: ChoiceProps): ReactElement => {
  const { t } = useTranslation()
  if (!wide.crops) return <p className="page-lead">{t('wide.squeezes', { name })}</p>
  return (
    <>
      <p className="page-lead">{t('wide.lead', { name })}</p>
      <RadioGroup
        className="wide-choice"
        aria-label={t('wide.title')}
        value={wide.mode}
        onChange={(key) => {
          const mode = wideModes.find((one) => one === key)
          if (mode !== undefined) drop(setWidePictures(mode))
        }}
      >
        {wide.choices.map((choice) => (
          <Option key={choice.mode} choice={choice} isSet={choice.mode === wide.mode} />
        ))}
      </RadioGroup>
    </>
  )
}

/** What a model that looks at squares sees of wide frames. `models`: asked anew when they change. */
export const WideChoiceGroup = ({ models }: { readonly models: readonly Model[] }): ReactElement => {
  const { t } = useTranslation()
  const { loaded, load } = useWidePictures()
  useEffect(() => drop(load()), [load, models])
  return (
    <section className="model-group" aria-label={t('wide.title')}>
      <h2>{t('wide.title')}</h2>
      <LoadedView loaded={loaded} onRetry={() => drop(load())}>
        {(wide) => {
          const model = models.find(({ id }) => id === wide.model)
          return <Choice wide={wide} name={model === undefined ? wide.model : modelName(t, model)} />
        }}
      </LoadedView>
    </section>
  )
}
