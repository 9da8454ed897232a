import { hubBank } from '../domain/generic-queries.ts'
import { hubTexts } from '../domain/hubness.ts'
import type { Store } from './store.ts'

/** Chunks that are asked for at once. */
const batch = 256

/**
 * Measures how near each frame of the model that answers is to everything (methods.md 2e), chunk by chunk, where that is
 * not known yet. `bank`: the generic queries as vectors of a model; null until a calibration has made them. 4 ms a slice.
 */
export const measureHubs = function* (
  { models, vectors }: Store,
  bank: (model: string) => readonly Float32Array[] | null,
): Generator<void> {
  for (;;) {
    const model = models.currentId()
    const texts = bank(model)
    if (texts === null) return
    const name = hubBank(model)
    const missing = vectors.chunksWithoutHub(models.spaceOf(model), name, batch)
    let measured = 0
    for (const { id } of missing) {
      const values = vectors.meanOfBest(id, texts, hubTexts)
      if (values !== null && vectors.putHub(name, id, values)) measured += 1
      yield
    }
    // Those that are left have gone, or are of another length than the texts: no use in asking again.
    if (measured === 0) return
  }
}
