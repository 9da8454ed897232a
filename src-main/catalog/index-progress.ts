import type { IndexProgress, Pace } from '../../src-preload/contract/nouns.ts'
import type { AnalysisSpeed } from './analysis-speed.ts'
import type { IndexRuns } from './index-runs.ts'
import type { Store } from './store.ts'
import type { TaskInFlight, Work } from './work.ts'

export type RunsOn = NonNullable<IndexProgress['runsOn']>

export type IndexProgressOptions = {
  readonly store: Store
  readonly runs: IndexRuns
  readonly work: Work
  readonly speed: AnalysisSpeed
  readonly pace: () => Pace
  readonly runsOn: () => RunsOn | null
  /** Milliseconds, monotonic. */
  readonly clock: () => number
}

/** Counting what waits reads every waiting job (about 0.1 s of 100,000): it may take a hundredth of the time. */
const restFactor = 100
/** Below this it is not worth a rest. Milliseconds. */
const negligible = 2

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

/** Where the runs stand; called twice a second while they are under way. */
export const createIndexProgress = (options: IndexProgressOptions): (() => IndexProgress) => {
  const { store, runs, work, speed } = options
  let waiting = 0
  let countAgainAt = 0

  const filmWaiting = (): number => {
    const start = options.clock()
    if (start < countAgainAt) return waiting
    waiting = store.jobs.filmWaiting(runs.wanted())
    const took = options.clock() - start
    countAgainAt = took < negligible ? 0 : start + took * restFactor
    return waiting
  }
  /** What is still to be analyzed of a film in hand. */
  const leftOf = ({ task, jobs, reached }: TaskInFlight): number => {
    if (task.kind === 'analyze') return Math.max(0, task.facts.duration - reached)
    const isFirst = task.kind === 'skim' && jobs.some(({ model }) => model === '')
    return isFirst && runs.wanted().stages.some(({ name }) => name === 'analyzed') ? task.facts.duration : 0
  }

  return () => {
    const held = work.current()
    const common = {
      jobsDone: runs.jobsDone(),
      problems: store.problems.count(),
      pace: options.pace(),
      runsOn: options.runsOn(),
    }
    if (!runs.isActive()) {
      const nothing = {
        scanning: 0,
        jobsLeft: 0,
        skimsLeft: 0,
        current: [],
        speed: null,
        secondsLeft: null,
        filmLeft: 0,
      }
      return { running: false, ...common, ...nothing }
    }
    const analyses = held.filter(({ task }) => task.kind === 'analyze').length
    const rate = (speed.perFilm() ?? 0) * analyses
    const isMoving = rate > 0 && common.pace !== 'paused'
    const filmLeft = filmWaiting() + held.reduce((sum, one) => sum + leftOf(one), 0)
    return {
      running: true,
      ...common,
      scanning: work.scansLeft(),
      jobsLeft: store.jobs.waiting(runs.wanted()) + held.filter(({ jobs }) => jobs.length > 0).length,
      skimsLeft:
        store.jobs.skimsWaiting(runs.wanted()) + held.filter(({ task }) => task.kind === 'skim').length,
      current: held.map(({ task }) => task.path.path),
      speed: isMoving ? rounded(rate, 2) : null,
      secondsLeft: isMoving ? Math.ceil(filmLeft / rate) : null,
      filmLeft: rounded(filmLeft, 1),
    }
  }
}
