import type { ReactElement } from 'react'
import './bar.css'

type BarProps = {
  /** Name for screen readers. */
  readonly label: string
  /** 0 to 1. */
  readonly share: number
  /** What is read aloud instead of the percentage. */
  readonly words?: string
}

/** How far something is, quietly. */
export const Bar = ({ label, share, words }: BarProps): ReactElement => (
  <span
    className="bar"
    role="progressbar"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={Math.floor(share * 100)}
    {...(words === undefined ? {} : { 'aria-valuetext': words })}
  >
    <i style={{ width: `${Math.min(1, share) * 100}%` }} />
  </span>
)
