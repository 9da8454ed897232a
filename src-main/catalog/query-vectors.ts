import { ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { QueryTerm } from '../domain/query.ts'
import { normalise } from '../domain/embedding.ts'
import type { EncoderLink } from './encoder-link.ts'
import type { ModelPlace } from './models.ts'

export type WeightedVector = { readonly vector: Float32Array; readonly weight: number }

/** A query's words as vectors of the current model. Words that the model does not know are left out. */
export type QueryVectors = {
  readonly wanted: readonly WeightedVector[]
  readonly unwanted: readonly WeightedVector[]
  /** The direction in which to look for candidates; null where no wanted word is known. */
  readonly direction: Float32Array | null
  /** The terms that the model does not know. */
  readonly unknown: readonly string[]
}

/** A vector as it travels from the encoder. */
export const toSingles = (bytes: Uint8Array): Float32Array => new Float32Array(new Uint8Array(bytes).buffer)

const blend = (vectors: readonly WeightedVector[]): Float32Array | null => {
  const first = vectors[0]
  if (first === undefined) return null
  const sum = new Float32Array(first.vector.length)
  for (const { vector, weight } of vectors) {
    vector.forEach((part, i) => {
      sum[i] = (sum[i] ?? 0) + part * weight
    })
  }
  return normalise(sum) > 0 ? sum : null
}

/** Has the encoder embed the query's `text` terms; exact terms are for names and subtitles alone. */
export const embedQuery = async (
  encoder: EncoderLink,
  model: ModelPlace,
  terms: readonly QueryTerm[],
): Promise<Result<QueryVectors>> => {
  const visual = terms.filter(({ kind }) => kind === 'text')
  if (visual.length === 0) return ok({ wanted: [], unwanted: [], direction: null, unknown: [] })
  const embedded = await encoder.ask((client) =>
    client.call.embed.texts({ model, texts: visual.map(({ text }) => text) }),
  )
  if (!embedded.ok) return embedded
  const known = visual.flatMap((term, i) => {
    const answer = embedded.value[i]
    return answer?.known === true ? [{ term, vector: toSingles(answer.vector), weight: term.weight }] : []
  })
  const wanted = known.filter(({ term }) => !term.negative)
  const unwanted = known.filter(({ term }) => term.negative)
  const unknown = visual.filter((_, i) => embedded.value[i]?.known !== true).map(({ text }) => text)
  return ok({ wanted, unwanted, direction: blend(wanted), unknown })
}
