import type { FinePack } from './analysis-parts.ts'

/** The packs of a film's parts, in order, as one pack for each model. Throws where a model's lengths differ: a fault. */
export const joinPacks = (packs: readonly FinePack[]): readonly FinePack[] => {
  const models = Map.groupBy(packs, ({ model }) => model)
  return [...models].map(([model, own]) => {
    const dimensions = own[0]?.dimensions ?? 0
    if (own.some((pack) => pack.dimensions !== dimensions))
      throw new Error(`${model}: vectors of two lengths`)
    return {
      model,
      dimensions,
      times: own.flatMap(({ times }) => times),
      starts: own.flatMap(({ starts }) => starts),
      vectors: Buffer.concat(own.map(({ vectors }) => vectors)),
      // Parts that an older Kinora has kept say nothing.
      seen: own.every(({ seen }) => seen === own[0]?.seen) ? (own[0]?.seen ?? 'centre') : 'centre',
    }
  })
}

/** What is wrong with a pack, or null. */
export const packFault = ({ model, dimensions, times, starts, vectors }: FinePack): string | null => {
  if (vectors.byteLength !== times.length * dimensions * 2 || starts.length !== times.length)
    return `${model}: vectors, times and starts do not match.`
  if (starts.some((start, i) => start < (starts[i - 1] ?? 0))) return `${model}: the starts do not rise.`
  return null
}
