import type { Query } from './qvhighlights.ts'

/** Even query ids are for choosing, odd ones for reporting (methods.md 4.2). */
export type Half = 'even' | 'odd'

/** `odd`, unless `KINORA_BENCH_HALF=even` asks for the half on which numbers are chosen. */
export const askedHalf = (): Half => (process.env['KINORA_BENCH_HALF'] === 'even' ? 'even' : 'odd')

/** The queries of one half, in their order. */
export const queriesOf = (queries: readonly Query[], half: Half): readonly Query[] =>
  queries.filter(({ id }) => id % 2 === (half === 'even' ? 0 : 1))
