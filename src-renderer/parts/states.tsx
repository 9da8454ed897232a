import { CircleAlert, LoaderCircle, RotateCw } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { KinoraError } from '../../src-preload/contract/result.ts'
import type { Loaded } from '../state/resource.ts'
import { Button } from './button.tsx'
import './states.css'

type MessageProps = {
  readonly icon: LucideIcon
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
  readonly tone?: 'plain' | 'bad'
}

/** The one way in which a view says that there is nothing to see, and why. */
export const Message = ({
  icon: Icon,
  title,
  children,
  action,
  tone = 'plain',
}: MessageProps): ReactElement => (
  <div className={`message message-${tone}`}>
    <span className="message-icon">
      <Icon size={26} strokeWidth={1.5} aria-hidden />
    </span>
    <h2>{title}</h2>
    {children !== undefined && <div className="message-text">{children}</div>}
    {action !== undefined && <div className="message-action">{action}</div>}
  </div>
)

/** Quiet sign of waiting; only seen when it takes longer than a blink. */
export const Waiting = ({ label }: { readonly label?: string }): ReactElement => {
  const { t } = useTranslation()
  return (
    <div className="waiting" role="status">
      <LoaderCircle className="spin" size={18} aria-hidden />
      <span>{label ?? t('state.loading')}</span>
    </div>
  )
}

type FailureProps = { readonly error: KinoraError; readonly onRetry: () => void }

/** What went wrong, what to do, and another try. */
export const Failed = ({ error, onRetry }: FailureProps): ReactElement => {
  const { t } = useTranslation()
  return (
    <Message
      icon={CircleAlert}
      tone="bad"
      title={t(`error.${error.code}.title`)}
      action={
        <Button icon={RotateCw} onPress={onRetry}>
          {t('state.retry')}
        </Button>
      }
    >
      <p>{t(`error.${error.code}.advice`)}</p>
      <p className="message-detail">{error.message}</p>
    </Message>
  )
}

type LoadedViewProps<T> = {
  readonly loaded: Loaded<T>
  readonly onRetry: () => void
  readonly children: (value: T) => ReactNode
}

/** Shows what was loaded, or that it is being loaded, or why it could not be. */
export const LoadedView = <T,>({ loaded, onRetry, children }: LoadedViewProps<T>): ReactNode => {
  switch (loaded.status) {
    case 'loading':
      return <Waiting />
    case 'failed':
      return <Failed error={loaded.error} onRetry={onRetry} />
    case 'ready':
      return children(loaded.value)
  }
}
