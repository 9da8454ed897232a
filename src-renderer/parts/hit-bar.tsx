import type { ReactElement } from 'react'
import type { Moment } from '../../src-preload/contract/search-nouns.ts'
import './hit-bar.css'

type HitBarProps = { readonly moments: readonly Moment[]; readonly duration: number }

/** Where in the film the hits are: a mark for each, the stronger the surer. */
export const HitBar = ({ moments, duration }: HitBarProps): ReactElement => (
  <div className="hit-bar" aria-hidden>
    {duration > 0 &&
      moments.map((moment) => (
        <i
          key={`${moment.start}-${moment.peak}`}
          style={{
            left: `${(moment.start / duration) * 100}%`,
            width: `${(Math.max(0, moment.end - moment.start) / duration) * 100}%`,
            opacity: 0.45 + 0.55 * moment.confidence,
          }}
        />
      ))}
  </div>
)
