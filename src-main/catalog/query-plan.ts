import type { Result } from '../../src-preload/contract/result.ts'
import { ok } from '../../src-preload/contract/result.ts'
import type { ParseError } from '../../src-preload/contract/search-nouns.ts'
import { speaksOfMotion } from '../domain/motion-verbs.ts'
import type { PartScores } from '../domain/part-fusion.ts'
import type { Query, QueryLike, QueryTerm } from '../domain/query.ts'
import type { EncoderLink } from './encoder-link.ts'
import type { LeftOut, LikeVectors, ResolvedLike } from './like-vectors.ts'
import type { ModelPlace } from './models.ts'
import { toSingles } from '../domain/float-bytes.ts'

/** A part of a query as vectors of one model. */
export type PlannedPart = Pick<PartScores, 'kind' | 'weight' | 'pool'> & {
  readonly vectors: readonly Float32Array[]
}

/** What is looked for at once; `first then second` has two steps. */
export type PlannedStep = {
  /** Its words, for people. */
  readonly words: string
  readonly likes: readonly ResolvedLike[]
  readonly wanted: readonly PlannedPart[]
  /** It speaks of movement. */
  readonly moves: boolean
}

/** A query as a model understands it. Steps of which it knows nothing are left out. */
export type QueryPlan = {
  readonly steps: readonly PlannedStep[]
  readonly unwanted: readonly PlannedPart[]
  readonly leftOut: readonly LeftOut[]
  /** The texts of which the model knows no word. */
  readonly unknown: readonly string[]
  /** `like:` chips that point at nothing. */
  readonly errors: readonly ParseError[]
}

type Planned<From> = { readonly from: From; readonly part: PlannedPart }

const embedTerms = async (
  terms: readonly QueryTerm[],
  model: ModelPlace,
  encoder: EncoderLink,
): Promise<
  Result<{ readonly known: readonly Planned<QueryTerm>[]; readonly unknown: readonly string[] }>
> => {
  if (terms.length === 0) return ok({ known: [], unknown: [] })
  const embedded = await encoder.ask((client) =>
    client.call.embed.texts({ model, texts: terms.map(({ text }) => text) }),
  )
  if (!embedded.ok) return embedded
  const known: Planned<QueryTerm>[] = []
  const unknown: string[] = []
  terms.forEach((from, i) => {
    const answer = embedded.value[i]
    if (answer?.known !== true) {
      unknown.push(from.text)
      return
    }
    const clauses = answer.clauses.map(toSingles)
    const vectors = clauses.length > 0 ? clauses : [toSingles(answer.vector)]
    known.push({ from, part: { kind: 'text', weight: from.weight, pool: 'clauses', vectors } })
  })
  return ok({ known, unknown })
}

const embedLikes = async (
  likes: readonly QueryLike[],
  model: ModelPlace,
  space: string,
  resolver: LikeVectors,
): Promise<{
  readonly known: readonly (Planned<QueryLike> & { readonly like: ResolvedLike })[]
  readonly errors: readonly ParseError[]
}> => {
  const known: (Planned<QueryLike> & { readonly like: ResolvedLike })[] = []
  const errors: ParseError[] = []
  for (const from of likes) {
    const resolved = await resolver.resolve(from.reference, model, space)
    if (resolved.ok) {
      const { vectors } = resolved.value
      known.push({
        from,
        like: resolved.value,
        part: { kind: 'image', weight: from.weight, pool: 'best', vectors },
      })
    } else {
      const { start, end } = from
      errors.push({ start, end, message: resolved.error.message, suggestion: null })
    }
  }
  return { known, errors }
}

/**
 * Has a query's words and pictures embedded. Exact terms are for names and subtitles alone. What is not wanted holds for
 * every step. Errors: those of the encoder; a `like:` that points at nothing is an error of the query, not of the search.
 */
export const planQuery = async (
  query: Query,
  model: ModelPlace,
  space: string,
  encoder: EncoderLink,
  resolver: LikeVectors,
): Promise<Result<QueryPlan>> => {
  const terms = await embedTerms(
    query.terms.filter(({ kind }) => kind === 'text'),
    model,
    encoder,
  )
  if (!terms.ok) return terms
  const likes = await embedLikes(query.likes, model, space, resolver)
  const all = [...terms.value.known, ...likes.known]
  const wanted = all.filter(({ from }) => !from.negative)
  const numbers = [...new Set(wanted.map(({ from }) => from.step))].sort((a, b) => a - b)
  return ok({
    steps: numbers.map((number) => {
      const words = terms.value.known
        .filter(({ from }) => from.step === number && !from.negative)
        .map(({ from }) => from.text)
        .join(' ')
      return {
        words,
        likes: likes.known
          .filter(({ from }) => from.step === number && !from.negative)
          .map(({ like }) => like),
        wanted: wanted.filter(({ from }) => from.step === number).map(({ part }) => part),
        moves: speaksOfMotion(words),
      }
    }),
    unwanted: all.filter(({ from }) => from.negative).map(({ part }) => part),
    leftOut: likes.known.flatMap(({ like }) => (like.leftOut === null ? [] : [like.leftOut])),
    unknown: terms.value.unknown,
    errors: likes.errors,
  })
}
