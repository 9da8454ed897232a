import type {
  Moment,
  Reason,
  RelevanceCurve,
  SearchAnswer,
  Verdict,
} from '../../src-preload/contract/search-nouns.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { calibratedThresholds } from '../domain/calibration.ts'
import { confidenceOf, familyThresholds, verdictOf } from '../domain/confidence.ts'
import type { MatchThresholds } from '../domain/confidence.ts'
import { matchesFilters } from '../domain/filter-match.ts'
import { parsedForPeople } from '../domain/parsed-query.ts'
import { parseQuery } from '../domain/query.ts'
import { gridOf } from '../domain/score-grid.ts'
import { heldSamples } from '../domain/score-samples.ts'
import type { Query } from '../domain/query.ts'
import { fuseHits } from '../domain/rank-fusion.ts'
import type { FusedHit } from '../domain/rank-fusion.ts'
import type { RankedMoment } from '../domain/ranking.ts'
import type { EncoderLink } from './encoder-link.ts'
import { findVideo, unknownVideo } from './find-video.ts'
import type { KeptPictures } from './kept-pictures.ts'
import { filterable } from './filterable.ts'
import { embedQuery } from './query-vectors.ts'
import type { QueryVectors } from './query-vectors.ts'
import type { Store } from './store.ts'
import type { TextHit } from './text-hits.ts'
import { findTexts } from './text-sources.ts'
import { findVisual, scoreFilm } from './visual-search.ts'
import type { KnownVideo } from './videos.ts'

export type SearchRequest = {
  readonly query: string
  readonly limit: number
  readonly in?: string | undefined
}

/** Moments of one film in an answer over many; a film asked for by name gives all it has. */
const momentsPerFilm = 3
const textHits = 100
/** Words that were really said or stand in a name are as sure as a good picture. */
const textConfidence = 0.8
/** Pictures that hardly fit do not outrank words that do. */
const unsureWeight = 0.5

export type Search = {
  readonly moments: (request: SearchRequest, now: Date) => Promise<Result<SearchAnswer>>
  /** How well each part of one film answers. Errors: not-found, those of the encoder. */
  readonly curve: (query: string, id: string) => Promise<Result<RelevanceCurve>>
  readonly filtered: (filter: string, now: Date) => readonly KnownVideo[]
}

export type SearchOptions = {
  readonly store: Store
  readonly encoder: EncoderLink
  readonly pictures: KeptPictures
  /** Told of a film that a person looks into. */
  readonly touch: (videoId: string) => void
}

/** Search over committed rows only. */
export const createSearch = ({ store, encoder, touch }: SearchOptions): Search => {
  const visibleThrough = (query: Query, model: string, now: Date): readonly KnownVideo[] =>
    store.videos.visible(model).filter((known) => matchesFilters(query.filters, filterable(known), now))

  const vectorsFor = async (query: Query, modelId: string): Promise<Result<QueryVectors>> => {
    const model = store.models.get(modelId)
    if (model?.isThere !== true)
      return fail(
        'model-missing',
        `The model ${modelId} is not there any more.`,
        'Choose another one, or get it again.',
      )
    return embedQuery(encoder, { id: modelId, directory: model.directory }, query.terms)
  }

  const thresholdsOf = async (model: string): Promise<MatchThresholds> => {
    const folder = await store.models.open(model)
    if (!folder.ok) return familyThresholds.clip
    const { thresholds, family } = folder.value.manifest
    const measured = store.calibrations.get(model)
    return (
      thresholds ?? (measured === null ? null : calibratedThresholds(measured)) ?? familyThresholds[family]
    )
  }

  return {
    curve: async (text, id) => {
      const model = store.models.currentId()
      const space = store.models.spaceOf(model)
      const known = findVideo(store, id, space)
      if (known === null) return unknownVideo(id)
      const vectors = await vectorsFor(parseQuery(text), model)
      if (!vectors.ok) return vectors
      const thresholds = await thresholdsOf(model)
      const samples = scoreFilm(
        store.vectors,
        { model: space, vectors: vectors.value, thresholds },
        known.video.id,
      )
      if (samples === null) return ok({ step: 1, values: [] })
      const { step, values } = gridOf(heldSamples({ ...samples, duration: known.facts.duration }))
      return ok({ step, values: Array.from(values, (value) => confidenceOf(value, thresholds)) })
    },
    filtered: (filter, now) => visibleThrough(parseQuery(filter), store.models.currentSpace(), now),
    moments: async (request, now) => {
      const query = parseQuery(request.query)
      // Once, for everything: a change of the model meanwhile is the next search's business, and two spaces never mix.
      const model = store.models.currentId()
      const space = store.models.spaceOf(model)
      const inside = request.in === undefined ? null : findVideo(store, request.in, space)
      if (request.in !== undefined && inside === null) return unknownVideo(request.in)
      if (inside !== null) touch(inside.video.id)
      const filtered = query.filters.length === 0 ? null : visibleThrough(query, space, now)
      const allowed =
        inside === null
          ? filtered
          : [inside].filter((one) => filtered?.some(({ video }) => video.id === one.video.id) ?? true)
      const known = new Map<string, KnownVideo | null>(allowed?.map((one) => [one.video.id, one]))
      const look = (videoId: string): KnownVideo | null => {
        const cached = known.get(videoId)
        if (cached !== undefined || allowed !== null) return cached ?? null
        const found = store.videos.get(videoId, space)
        known.set(videoId, found)
        return found
      }

      if (query.terms.length === 0 && query.filters.length > 0) {
        return ok(wholeFilms(request, model, query, allowed ?? []))
      }
      const vectors = await vectorsFor(query, model)
      if (!vectors.ok) return vectors
      const thresholds = await thresholdsOf(model)
      const pictures = findVisual(store.vectors, {
        model: space,
        vectors: vectors.value,
        thresholds,
        only: allowed?.map(({ video }) => video.id) ?? null,
        perVideo: inside === null ? momentsPerFilm : Infinity,
        limit: Math.max(request.limit, textHits),
        duration: (videoId) => look(videoId)?.facts.duration ?? null,
      })
      const isShown = (hit: TextHit): boolean => look(hit.videoId) !== null
      const { said, named, tagged, chapters, isWritten } = findTexts(store.texts, query, {
        only: allowed?.map(({ video }) => video.id) ?? null,
        space,
        limit: textHits,
      })
      const sure = verdictOf(pictures[0]?.score ?? 0, thresholds) !== 'none'
      const words = query.terms
        .filter(({ kind, negative }) => kind === 'text' && !negative)
        .map(({ text }) => text)
        .join(' ')
      const fused = fuseHits<string>([
        {
          kind: 'looks-like',
          weight: sure ? 1 : unsureWeight,
          hits: pictures.map(({ videoId, start, end }) => ({ videoId, start, end, text: words })),
        },
        { kind: 'said', hits: said.filter(isShown) },
        { kind: 'chapter', hits: chapters.filter(isShown) },
        { kind: 'tagged', hits: tagged.filter(isShown) },
        { kind: 'named', hits: named.filter(isShown) },
      ])
      const hits = fused.filter(isWritten).slice(0, request.limit)
      const best = hits[0]?.fused ?? 1
      const moments = hits.flatMap((hit) => toMoment(hit, look(hit.videoId), pictures, thresholds, best))
      return ok({
        query: request.query,
        model,
        parsed: parsedForPeople(query),
        verdict: overall(moments),
        grounds: [],
        coverage: store.coverage.answered(space),
        moments,
        unknown: vectors.value.unknown,
      })
    },
  }
}

/** Filters alone ask for films, not for moments in them: each film as a whole, in the order of the list. */
const wholeFilms = (
  request: SearchRequest,
  model: string,
  query: Query,
  films: readonly KnownVideo[],
): SearchAnswer => ({
  query: request.query,
  model,
  parsed: parsedForPeople(query),
  verdict: films.length > 0 ? 'good' : 'none',
  grounds: ['filters-only'],
  coverage: 1,
  unknown: [],
  moments: films.slice(0, request.limit).map(({ video }) => ({
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

const sureFrom = 0.8
const unsureFrom = 0.2

const overall = (moments: readonly Moment[]): Verdict => {
  const best = moments.reduce((most, { confidence }) => Math.max(most, confidence), 0)
  return best >= sureFrom ? 'good' : best >= unsureFrom ? 'weak' : 'none'
}

const isReasonKind = (kind: string): kind is Reason['kind'] =>
  ['looks-like', 'said', 'chapter', 'tagged', 'named'].includes(kind)

const toMoment = (
  hit: FusedHit<string>,
  known: KnownVideo | null,
  pictures: readonly RankedMoment<string>[],
  thresholds: MatchThresholds,
  best: number,
): readonly Moment[] => {
  if (known === null) return []
  const picture = hit.reasons.find(({ kind }) => kind === 'looks-like')
  const seen = picture === undefined ? undefined : pictures[picture.index]
  const start = hit.start ?? 0
  const looks = seen === undefined ? 0 : confidenceOf(seen.score, thresholds)
  const isWritten = hit.reasons.some(({ kind }) => kind !== 'looks-like')
  return [
    {
      videoId: hit.videoId,
      path: known.video.path,
      start,
      end: hit.end ?? known.facts.duration,
      peak: seen?.peak ?? start,
      score: hit.fused / best,
      confidence: isWritten ? Math.max(looks, textConfidence) : looks,
      reasons: hit.reasons.flatMap(({ kind, text }) => (isReasonKind(kind) ? [{ kind, text }] : [])),
      chapter:
        known.facts.chapters.find((chapter) => chapter.start <= start && start < chapter.end)?.title ?? null,
    },
  ]
}
