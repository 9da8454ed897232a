import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { RelevanceCurve, SearchAnswer } from '../../src-preload/contract/search-nouns.ts'
import { parsedForPeople } from '../domain/parsed-query.ts'
import { parseQuery } from '../domain/query.ts'
import type { Query } from '../domain/query.ts'
import { gridOf } from '../domain/score-grid.ts'
import { heldSamples } from '../domain/score-samples.ts'
import { thinCurve } from '../domain/thin-curve.ts'
import { judgeAnswer, judgeFilters } from '../domain/verdict.ts'
import type { JudgedAnswer } from '../domain/verdict.ts'
import { drop } from '../foundation/drop.ts'
import type { EncoderLink } from './encoder-link.ts'
import { createFilmSource } from './film-source.ts'
import { findVideo, unknownVideo } from './find-video.ts'
import type { KeptPictures } from './kept-pictures.ts'
import type { ModelPlace } from './models.ts'
import { createLikeVectors } from './like-vectors.ts'
import type { Quiet } from './quiet.ts'
import { planQuery } from './query-plan.ts'
import type { QueryPlan } from './query-plan.ts'
import { fuseFound, toMoment } from './search-answer.ts'
import type { Found, FoundHit } from './search-answer.ts'
import { senseOf } from './search-sense.ts'
import type { SearchSense } from './search-sense.ts'
import type { Store } from './store.ts'
import { findTexts } from './text-sources.ts'
import type { KnownVideo } from './videos.ts'
import { findVisual, scoreFilm, surenessOf } from './visual-search.ts'

export type SearchRequest = {
  readonly query: string
  readonly limit: number
  readonly in?: string | undefined
}

/** Moments of one film in an answer over many; a film asked for by name gives all it has. */
const momentsPerFilm = 3
const textHits = 100
/** A timeline is not wider. */
const curvePoints = 600

export type Search = {
  readonly moments: (request: SearchRequest, now: Date, signal?: AbortSignal) => Promise<Result<SearchAnswer>>
  /** Loads what words need, in the background; a model that is not there says so when it is asked. */
  readonly prepare: () => void
  /** How well each part of one film answers, 0..1. Errors: not-found, those of the encoder. */
  readonly curve: (query: string, id: string) => Promise<Result<RelevanceCurve>>
  /** The visible films that the filters of a query let through, in order of their paths. */
  readonly filtered: (filter: string, now: Date) => readonly KnownVideo[]
}

export type SearchOptions = {
  readonly store: Store
  readonly encoder: EncoderLink
  readonly pictures: KeptPictures
  /** Told that a person asks. */
  readonly quiet: Pick<Quiet, 'stir'>
  /** Told of a film that a person looks into. */
  readonly touch: (videoId: string) => void
}

/** The model that answers one search from its beginning to its end: two spaces never mix. */
type Asked = { readonly model: string; readonly space: string }

/** Search over committed rows only. */
export const createSearch = ({ store, encoder, pictures, quiet, touch }: SearchOptions): Search => {
  const likes = createLikeVectors({ store, encoder, pictures })
  const asked = (): Asked => {
    const model = store.models.currentId()
    return { model, space: store.models.spaceOf(model) }
  }

  /** Null where the model is not there any more. */
  const placeOf = (id: string): ModelPlace | null => {
    const model = store.models.get(id)
    return model?.isThere === true ? { id, directory: model.directory } : null
  }

  const planFor = async (query: Query, { model: id, space }: Asked): Promise<Result<QueryPlan>> => {
    const model = placeOf(id)
    if (model === null)
      return fail(
        'model-missing',
        `The model ${id} is not there any more.`,
        'Choose another one, or get it again.',
      )
    return planQuery(query, model, space, encoder, likes)
  }

  /** Filters alone ask for films, not for moments in them: each film as a whole. */
  const wholeFilms = (
    { query: text, limit }: SearchRequest,
    { model, space }: Asked,
    query: Query,
    only: ReadonlySet<string>,
  ): SearchAnswer => ({
    query: text,
    model,
    parsed: parsedForPeople(query),
    ...judgeFilters(only.size),
    coverage: 1,
    unknown: [],
    moments: store.videos
      .some(only, space)
      .slice(0, limit)
      .map(({ video }) => ({
        videoId: video.id,
        path: video.path,
        start: 0,
        end: video.duration,
        peak: 0,
        score: 1,
        confidence: 1,
        reasons: [],
        chapter: null,
      })),
  })

  const judge = (
    { plan, pictures: seen }: Found,
    hits: readonly FoundHit[],
    sense: SearchSense,
  ): JudgedAnswer => {
    const written = hits.some((hit) => hit.written === 1)
    const [first, ...more] = plan.steps
    const isKnown = first !== undefined
    const unknown = plan.unknown.length === 0 ? 'none' : isKnown ? 'some' : 'all'
    // A quotation alone asks no picture.
    if (!isKnown && unknown === 'none' && !written) return { verdict: 'none', grounds: [] }
    const best = seen.reduce((most, { fit }) => Math.max(most, fit), -Infinity)
    const evidence = { best: best === -Infinity ? null : best, unknown, written } as const
    if (more.length > 0) return judgeAnswer(evidence, sense.sequences)
    const ofWords = first?.wanted.some(({ kind }) => kind === 'text') ?? true
    return judgeAnswer(evidence, ofWords ? sense.words : sense.pictures)
  }

  const surenessFor = ({ steps }: QueryPlan, sense: SearchSense): ((fit: number) => number) => {
    const [first, ...more] = steps
    if (more.length > 0) return sense.sequences.confidence
    const ofWords = first?.wanted.some(({ kind }) => kind === 'text') ?? true
    return ofWords ? sense.words.confidence : sense.pictures.confidence
  }

  return {
    filtered: (filter, now) => {
      const { space } = asked()
      const passing = store.filters.passing(parseQuery(filter).filters, now)
      return passing === null ? store.videos.visible(space) : store.videos.some(passing, space)
    },
    prepare: () => {
      const model = placeOf(asked().model)
      if (model !== null) drop(encoder.ask((client) => client.call.embed.ready({ model })))
    },
    curve: async (text, id) => {
      quiet.stir()
      const of = asked()
      const known = findVideo(store, id, of.space)
      if (known === null) return unknownVideo(id)
      const plan = await planFor(parseQuery(text), of)
      if (!plan.ok) return plan
      const { scale, bank } = await senseOf(store, of.model, 1)
      const films = createFilmSource(store)
      const query = { space: of.space, plan: plan.value, scale, bank, only: null, films }
      const film = scoreFilm(store.vectors, query, known.video.id)
      if (film === null) return ok({ step: 1, values: [] })
      const sure = film.steps.map((step) => surenessOf(step, scale))
      const scores = (sure[0] ?? new Float32Array(0)).map((_, i) =>
        Math.max(...sure.map((step) => step[i] ?? 0)),
      )
      const { times, spacing } = film.seen
      const samples = {
        times,
        scores,
        duration: film.duration,
        ...(spacing === undefined ? {} : { spacing }),
      }
      const { step, values } = gridOf(heldSamples(samples))
      const thin = thinCurve(values, curvePoints)
      return ok({ step: step * thin.factor, values: thin.values })
    },
    moments: async (request, now, signal) => {
      quiet.stir()
      const query = parseQuery(request.query)
      const of = asked()
      const { space } = of
      const inside = request.in === undefined ? null : findVideo(store, request.in, space)
      if (request.in !== undefined && inside === null) return unknownVideo(request.in)
      if (inside !== null) touch(inside.video.id)
      const passing = store.filters.passing(query.filters, now)
      const only =
        inside === null
          ? passing
          : new Set([inside.video.id].filter((id) => passing === null || passing.has(id)))
      if (query.terms.length === 0 && query.likes.length === 0 && only !== null && passing !== null)
        return ok(wholeFilms(request, of, query, only))

      const plan = await planFor(query, of)
      if (!plan.ok) return plan
      const sense = await senseOf(store, of.model, only?.size ?? null)
      if (signal?.aborted === true) return fail('cancelled', 'Nobody waits for this answer any more.')
      const films = createFilmSource(store)
      const { scale, bank } = sense
      const found: Found = {
        plan: plan.value,
        sureness: surenessFor(plan.value, sense),
        pictures: findVisual(
          store.vectors,
          { space, plan: plan.value, scale, bank, only, films },
          {
            perVideo: inside === null ? momentsPerFilm : Infinity,
            limit: Math.max(request.limit, textHits),
          },
        ),
        words: findTexts(store.texts, query, {
          only: only === null ? null : [...only],
          space,
          limit: textHits,
        }),
      }
      const isShown = (videoId: string): boolean =>
        films.duration(videoId) !== null && (only === null || only.has(videoId))
      const hits = fuseFound(found, isShown).slice(0, request.limit)
      const videos = new Map(
        store.videos
          .some(new Set(hits.map(({ videoId }) => videoId)), space)
          .map((one) => [one.video.id, one]),
      )
      const most = hits[0]?.fused ?? 1
      const parsed = parsedForPeople(query)
      return ok({
        query: request.query,
        model: of.model,
        parsed: { ...parsed, errors: [...parsed.errors, ...plan.value.errors] },
        ...judge(found, hits, sense),
        coverage: store.coverage.answered(space),
        moments: hits.flatMap((hit) => {
          const known = videos.get(hit.videoId)
          return known === undefined ? [] : [toMoment(hit, known, found, most)]
        }),
        unknown: plan.value.unknown,
      })
    },
  }
}
