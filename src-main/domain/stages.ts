import type { StageName } from '../../src-preload/contract/stage-names.ts'
import { stageNames } from '../../src-preload/contract/stage-names.ts'

/** One row of the stage table: what a job is made from. */
export type Stage = {
  readonly name: StageName
  /** Raised when the stage's results would differ: its jobs are then missing again. */
  readonly version: number
  /** True where the job exists once a model and yields vectors. */
  readonly embeds: boolean
  /** The stage whose result it reads; null: only the file. */
  readonly needs: StageName | null
  /** Which of the indexer's lanes does it: jobs of one stage and video are done together, by one decode. */
  readonly lane: 'probe' | 'decode'
}

/**
 * The one table that knows the order of work. `found` is not a job: a scan finds files and with them videos.
 * `chaptered` gets its row with its issue.
 */
export const stages: readonly Stage[] = [
  { name: 'probed', version: 2, embeds: false, needs: null, lane: 'probe' },
  { name: 'skimmed', version: 2, embeds: false, needs: 'probed', lane: 'decode' },
  { name: 'skimmed', version: 2, embeds: true, needs: 'probed', lane: 'decode' },
  { name: 'analyzed', version: 1, embeds: false, needs: 'skimmed', lane: 'decode' },
  { name: 'analyzed', version: 1, embeds: true, needs: 'skimmed', lane: 'decode' },
]

/** The rows up to and with `limit` (null: all), in order. */
export const stagesUpTo = (limit: StageName | null): readonly Stage[] => {
  const last = limit === null ? stageNames.length : stageNames.indexOf(limit)
  return stages.filter((stage) => stageNames.indexOf(stage.name) <= last)
}
