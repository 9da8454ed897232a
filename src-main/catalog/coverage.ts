import type { Database } from './database.ts'

/** Of the visible films: how many a model has looked at, and what is with the others. */
export type CoverageCount = {
  readonly visible: number
  readonly seen: number
  /** It failed at them. */
  readonly hopeless: number
  /** On a drive that is away, and the other model has not looked at them either. */
  readonly away: number
  /** Films that lack its vectors and may get them, and their length in seconds. */
  readonly lacking: number
  readonly lackingSeconds: number
}

export type Coverage = {
  /** `other`: the model whose films must not be lost. Both are names of vectors (`Models.spaceOf`). */
  readonly count: (model: string, other: string) => CoverageCount
  /** Share of the visible films that it has looked at; 1 where there is none. */
  readonly share: (model: string) => number
  /** The same of those that it can look at: what an answer says of itself. */
  readonly answered: (model: string) => number
  /** Whether enough of the films that it could have are there to search with it instead of `current`. */
  readonly isReady: (model: string, current: string) => boolean
}

/**
 * Share from which a model answers. Not 1: in a library that is followed there is always a film that came a moment
 * ago, or one that the indexer meets last because it died of it, and one of fifty may be missing for a while (answers
 * say their coverage). Below fifty films it means all of them.
 */
export const enoughCoverage = 0.98

/** Counting asks several questions of every film (0.2 s of 100,000): it may take a hundredth of the time. */
const restFactor = 100
const negligible = 2

const shareOf = (part: number, whole: number): number => (whole <= 0 ? 1 : Math.min(1, part / whole))

/** Counts films by model. A film counts as looked at when it has vectors, or when its skim found none. `clock` in milliseconds, monotonic. */
export const createCoverage = (database: Database, clock: () => number): Coverage => {
  const changes = database.prepare<[], { count: number }>('SELECT total_changes() AS count')
  const hasVectors = (model: string): string => `EXISTS (SELECT 1 FROM derived.vector_chunk AS chunk
    WHERE chunk.model = ${model} AND chunk.video_id = facts.video_id)`
  const skim = (state: string): string => `EXISTS (SELECT 1 FROM derived.job
    WHERE job.video_id = facts.video_id AND job.stage = 'skimmed' AND job.model = :model AND job.state = '${state}')`
  const counted = database.prepare<{ model: string; other: string }, CoverageCount>(`
    SELECT count(*) AS visible, coalesce(sum(seen), 0) AS seen,
      coalesce(sum(NOT seen AND failed), 0) AS hopeless,
      coalesce(sum(NOT seen AND NOT failed AND NOT online AND NOT other), 0) AS away,
      coalesce(sum(NOT seen AND NOT failed), 0) AS lacking,
      coalesce(sum(CASE WHEN NOT seen AND NOT failed THEN duration END), 0) AS lackingSeconds
    FROM (SELECT facts.duration,
        ${hasVectors(':model')} OR ${skim('done')} AS seen,
        ${skim('failed')} AS failed,
        ${hasVectors(':other')} AS other,
        max(folder.online) AS online
      FROM derived.facts
      JOIN location ON location.video_id = facts.video_id AND location.present = 1
      JOIN folder ON folder.id = location.folder_id
      GROUP BY facts.video_id)`)
  const nothing = { visible: 0, seen: 0, hopeless: 0, away: 0, lacking: 0, lackingSeconds: 0 }
  const known = new Map<
    string,
    { readonly at: number; readonly again: number; readonly count: CoverageCount }
  >()

  const count = (model: string, other: string): CoverageCount => {
    const key = `${model} ${other}`
    const at = changes.get()?.count ?? 0
    const start = clock()
    const before = known.get(key)
    if (before !== undefined && (before.at === at || start < before.again)) return before.count
    const now = counted.get({ model, other }) ?? nothing
    const took = clock() - start
    known.set(key, { at, again: took < negligible ? 0 : start + took * restFactor, count: now })
    return now
  }

  return {
    count,
    share: (model) => {
      const { seen, visible } = count(model, model)
      return shareOf(seen, visible)
    },
    answered: (model) => {
      const { seen, visible, hopeless } = count(model, model)
      return shareOf(seen, visible - hopeless)
    },
    isReady: (model, current) => {
      const { seen, visible, hopeless, away } = count(model, current)
      return shareOf(seen, visible - hopeless - away) >= enoughCoverage
    },
  }
}
