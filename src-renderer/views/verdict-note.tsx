import { Boxes, CircleHelp, SearchX } from 'lucide-react'
import type { ReactElement } from 'react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { SearchAnswer, VerdictGround } from '../../src-preload/contract/search-nouns.ts'
import { parseQuery } from '../../src-main/domain/query.ts'
import { Button } from '../parts/button.tsx'
import { Message } from '../parts/states.tsx'
import { usePlace } from '../state/place.ts'
import { complete } from './coverage-line.tsx'
import { splitBySureness } from './group-moments.ts'
import './verdict-note.css'

/** Grounds that say why an answer is doubted; the others speak for it, and a good answer needs no words. */
const doubts = [
  'nothing-stands-out',
  'too-weak',
  'unknown-words',
  'filters-only',
  'uncalibrated',
] as const satisfies readonly VerdictGround[]

/** Why there is no clear answer, in plain words. */
const whyNot = (t: TFunction, grounds: readonly VerdictGround[]): string =>
  doubts
    .filter((ground) => grounds.includes(ground))
    .map((ground) => t(`ground.${ground}`))
    .join(' ')

/** Over weak answers: that they may be it, and why nobody is sure. */
export const WeakNote = ({ answer }: { readonly answer: SearchAnswer }): ReactElement => {
  const { t } = useTranslation()
  return (
    <p className="verdict-weak">
      <CircleHelp size={16} aria-hidden />
      <span>
        <b>{t('verdict.weak', { count: splitBySureness(answer.moments).strong.length })}</b>{' '}
        {whyNot(t, answer.grounds)}
      </span>
    </p>
  )
}

/** So many words may be too many for one picture. */
const manyWords = 4

/** What was looked for, as people say it: of each step of `first then second`, its words. */
const stepsOf = (query: string): readonly string[] => {
  const terms = parseQuery(query).terms.filter(({ negative }) => !negative)
  const steps = [...new Set(terms.map(({ step }) => step))]
  return steps.map((step) =>
    terms
      .filter((term) => term.step === step)
      .map(({ text }) => text)
      .join(' '),
  )
}

/** What should have been said or written, where that alone is why nothing is there at all. */
const exactWords = (answer: SearchAnswer): string =>
  answer.moments.length > 0
    ? ''
    : answer.parsed.terms
        .filter(({ kind, negative }) => kind === 'exact' && !negative)
        .map(({ text }) => text)
        .join(' … ')

/** Where nothing answers: that it is so, why, and what may help. `hasWeak`: what came nearest is folded away below. */
export const NothingNote = ({
  answer,
  hasWeak,
}: {
  readonly answer: SearchAnswer
  readonly hasWeak: boolean
}): ReactElement => {
  const { t } = useTranslation()
  const go = usePlace((place) => place.go)
  const steps = stepsOf(answer.query)
  const words = steps.join(` ${t('chips.then')} `)
  const exact = exactWords(answer)
  const { filters } = answer.parsed
  const tips = [
    ...(steps.some((step) => step.split(' ').length >= manyWords) ? (['fewer'] as const) : []),
    ...(filters.length > 0 ? (['filters'] as const) : []),
    ...(words === '' ? [] : (['other'] as const)),
    ...(answer.coverage < complete ? (['wait'] as const) : []),
  ]
  const why = exact === '' ? whyNot(t, answer.grounds) : ''
  const nothing = words === '' ? t('verdict.nothingLike') : t('verdict.nothing', { query: words })
  return (
    <Message
      icon={SearchX}
      title={exact === '' ? nothing : t('verdict.nothingSaid', { words: exact })}
      action={
        words === '' || exact !== '' ? undefined : (
          <Button kind="quiet" icon={Boxes} onPress={() => go('models')}>
            {t('results.otherModel')}
          </Button>
        )
      }
    >
      {why !== '' && <p>{why}</p>}
      <p>
        {[...tips.map((tip) => t(`verdict.tip.${tip}`)), ...(hasWeak ? [t('verdict.folded')] : [])].join(' ')}
      </p>
    </Message>
  )
}
