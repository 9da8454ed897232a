import type { Chance } from '../../src-main/domain/chance.ts'

const eulerMascheroni = 0.5772156649

/** Gumbel's law through what many queries reached at best, by moments (methods.md 2f). */
export const fitGumbel = (best: readonly number[]): Chance => {
  const mean = best.reduce((sum, value) => sum + value, 0) / best.length
  const variance = best.reduce((sum, value) => sum + (value - mean) ** 2, 0) / best.length
  const scale = Math.sqrt(6 * variance) / Math.PI
  return { location: mean - eulerMascheroni * scale, scale }
}
