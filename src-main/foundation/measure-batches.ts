import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import { batchSizes, chooseBatch, type BatchSpeed } from '../domain/batch-choice.ts'
import type { ImageTower } from './image-tower.ts'

/** A run longer than this blocks too long to be a batch size, seconds. */
const longestRun = 1
/** Each size is timed for about so long, seconds: a fast one more often, so that one hiccup does not decide. */
const timedFor = 0.3

/**
 * Runs batches of 1, 2, 4 … 32 and answers the smallest that is within 10 % of the fastest. Each runs once
 * unmeasured (a GPU compiles and reserves for a new shape then). Stops at a run of more than a second, at a size that fails
 * (memory) and after `most` seconds. `clock` in seconds. Errors: model-failed, where not even the smallest runs.
 */
export const measureBatches = async (
  tower: ImageTower,
  pictures: readonly Uint8Array[],
  clock: () => number,
  most: number,
): Promise<Result<BatchSpeed>> => {
  const start = clock()
  const tried: BatchSpeed[] = []
  for (const batch of tower.fixedBatch === null ? batchSizes : [tower.fixedBatch]) {
    if (tried.length > 0 && clock() - start > most) break
    const some = Array.from({ length: batch }, (_, i) => pictures[i % pictures.length] ?? new Uint8Array(0))
    const warm = await tower.embedBatch(some)
    if (!warm.ok) {
      if (tried.length === 0) return warm
      break
    }
    const from = clock()
    let [runs, longest] = [0, 0]
    for (; runs === 0 || (clock() - from < timedFor && longest < longestRun); runs += 1) {
      const before = clock()
      const run = await tower.embedBatch(some)
      if (!run.ok) return run
      longest = Math.max(longest, clock() - before)
    }
    if (longest > longestRun && tried.length > 0) break
    tried.push({ batch, picturesPerSecond: (runs * batch) / Math.max(1e-6, clock() - from) })
    if (longest > longestRun) break
  }
  const chosen = chooseBatch(tried)
  return chosen === null ? fail('model-failed', 'no batch size could be measured') : ok(chosen)
}
