import { CircleCheck, Copy, RotateCw } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../src-preload/contract/nouns.ts'
import { drop } from '../api/drop.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { copyText } from '../parts/copy.ts'
import { fileName, folderOf } from '../parts/format.ts'
import { LoadedView, Message } from '../parts/states.tsx'
import { retryProblems, useIgnored, useProblems } from '../state/problems.ts'
import { IgnoredList } from './ignored-list.tsx'
import './problems-view.css'

const ProblemRow = ({ problem }: { readonly problem: Problem }): ReactElement => {
  const { t } = useTranslation()
  const advice = t(`error.${problem.code}.advice`)
  return (
    <li className="problem">
      <div className="problem-file">
        <b>{fileName(problem.path)}</b>
        <span>{folderOf(problem.path)}</span>
        <IconButton
          icon={Copy}
          size="small"
          label={t('menu.copyPath')}
          onPress={() => drop(copyText(problem.path))}
        />
      </div>
      <p>
        {t(`error.${problem.code}.title`)}. {advice}
      </p>
      <p className="problem-detail">
        {problem.message}
        {problem.tries > 1 && ` · ${t('problems.tries', { count: problem.tries })}`}
      </p>
    </li>
  )
}

/** What could not be indexed, each with its reason and what to do; and what was not looked at. */
export const ProblemsView = (): ReactElement => {
  const { t } = useTranslation()
  const problems = useProblems()
  const ignored = useIgnored()
  const [isRetrying, setRetrying] = useState(false)
  const { load } = problems
  const { load: loadIgnored } = ignored
  useEffect(() => {
    drop(load())
    drop(loadIgnored())
  }, [load, loadIgnored])
  const retry = async (): Promise<void> => {
    setRetrying(true)
    await retryProblems()
    setRetrying(false)
  }
  const count = problems.loaded.status === 'ready' ? problems.loaded.value.length : 0
  return (
    <main className="view page" aria-label={t('view.problems')}>
      <header className="page-head">
        <h1>{t('view.problems')}</h1>
        {count > 0 && (
          <Button icon={RotateCw} isDisabled={isRetrying} onPress={() => drop(retry())}>
            {t('problems.retry')}
          </Button>
        )}
      </header>
      <div className="page-body">
        <LoadedView loaded={problems.loaded} onRetry={() => drop(load())}>
          {(list) =>
            list.length === 0 ? (
              <Message icon={CircleCheck} title={t('problems.none')}>
                <p>{t('problems.noneText')}</p>
              </Message>
            ) : (
              <>
                <p className="page-lead">{t('problems.lead', { count: list.length })}</p>
                <ul className="problems">
                  {list.map((problem) => (
                    <ProblemRow key={`${problem.path} ${problem.stage}`} problem={problem} />
                  ))}
                </ul>
              </>
            )
          }
        </LoadedView>
        <LoadedView loaded={ignored.loaded} onRetry={() => drop(loadIgnored())}>
          {(lists) => <IgnoredList {...lists} />}
        </LoadedView>
      </div>
    </main>
  )
}
