import { fewestTexts } from '../domain/calibration.ts'
import { distinctVectors } from '../domain/distinct-vectors.ts'
import { genericBank, genericQueries } from '../domain/generic-queries.ts'
import type { Log } from '../foundation/log.ts'
import type { EncoderLink } from './encoder-link.ts'
import type { Quiet } from './quiet.ts'
import { toSingles } from '../domain/float-bytes.ts'
import type { Store } from './store.ts'

/** The generic queries as vectors of a model (methods.md 2e), made once and kept. */
export type TextBank = {
  /** What is kept; null where nothing is, or the model knows too few of the texts for any use. */
  readonly of: (model: string) => readonly Float32Array[] | null
  /**
   * The same, embedded first where nothing is kept: a slice of texts at a time, so that a person's query comes between.
   * Null also where the model is away, fails, or `stopped` says so meanwhile.
   */
  readonly embed: (model: string, stopped: () => boolean) => Promise<readonly Float32Array[] | null>
}

/** Texts a question: 0.2 s of ViT-B/32, of which a query waits for one run at most (text-encoder.ts). */
const slice = 8

export const createTextBank = (
  { models, calibrations, database }: Pick<Store, 'models' | 'calibrations' | 'database'>,
  encoder: EncoderLink,
  log: Log,
  quiet: Pick<Quiet, 'turn'>,
): TextBank => {
  const ready = new Map<string, readonly Float32Array[]>()
  const of: TextBank['of'] = (model) => {
    const cached = ready.get(model)
    if (cached !== undefined) return cached
    const kept = calibrations.bank(model)
    if (kept?.bank !== genericBank || kept.vectors.length < fewestTexts) return null
    ready.set(model, kept.vectors)
    return kept.vectors
  }
  return {
    of: (model) => {
      // Dropped with the model's vectors: then it goes from memory too.
      if (ready.has(model) && calibrations.bank(model) === null) ready.delete(model)
      return of(model)
    },
    embed: async (id, stopped) => {
      if (calibrations.bank(id)?.bank === genericBank) return of(id)
      const place = models.get(id)
      if (place === null) return null
      const model = { id, directory: place.directory }
      const known: Float32Array[] = []
      for (let from = 0; from < genericQueries.length; from += slice) {
        await quiet.turn()
        if (stopped()) return null
        const texts = genericQueries.slice(from, from + slice)
        const embedded = await encoder.ask((client) => client.call.embed.texts({ model, texts }))
        if (!embedded.ok) {
          log.warn({ error: embedded.error }, 'no bank of generic queries')
          return null
        }
        for (const one of embedded.value) if (one.known) known.push(toSingles(one.vector))
      }
      if (stopped() || !database.open) return null
      ready.delete(id)
      calibrations.putBank(id, models.spaceOf(id), { bank: genericBank, vectors: distinctVectors(known) })
      return of(id)
    },
  }
}
