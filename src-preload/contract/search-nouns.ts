/** Why a moment is an answer: `text` is the words, the line that was said, the name, tag or chapter title that fits. */
export type ReasonKind = 'looks-like' | 'similar' | 'in-order' | 'said' | 'named' | 'tagged' | 'chapter'

export type Reason = { readonly kind: ReasonKind; readonly text: string }

/** A stretch of a film that answers a query. Seconds from the film's own start. */
export type Moment = {
  readonly videoId: string
  readonly path: string
  readonly start: number
  readonly end: number
  /** The time of its best frame, which is its picture. */
  readonly peak: number
  /** Comparable within one answer only, 0..1. */
  readonly score: number
  readonly confidence: number
  readonly reasons: readonly Reason[]
  /** The title of the chapter that it begins in. */
  readonly chapter: string | null
}

export type ParsedTerm = {
  readonly kind: 'text' | 'exact'
  readonly text: string
  readonly weight: number
  readonly negative: boolean
  /** Which part of `first then second` it belongs to, from 0. */
  readonly step: number
  readonly start: number
  readonly end: number
}

export type ParsedFilter = {
  readonly name: string
  readonly operator: string
  readonly value: string
  readonly text: string
  readonly start: number
  readonly end: number
}

/** What a `like:` chip points at: a frame of a film (id or path), or a picture that was kept (`search.keepPicture`). */
export type LikeReference =
  | { readonly kind: 'frame'; readonly video: string; readonly seconds: number }
  | { readonly kind: 'picture'; readonly id: string }

export type ParsedLike = {
  readonly reference: LikeReference
  readonly weight: number
  readonly negative: boolean
  readonly step: number
  readonly text: string
  readonly start: number
  readonly end: number
}

export type ParseError = {
  readonly start: number
  readonly end: number
  readonly message: string
  readonly suggestion: string | null
}

export type ParsedQuery = {
  readonly terms: readonly ParsedTerm[]
  readonly likes: readonly ParsedLike[]
  readonly filters: readonly ParsedFilter[]
  readonly errors: readonly ParseError[]
}

export type Verdict = 'good' | 'weak' | 'none'

/**
 * What a verdict rests on. `stands-out`, `nothing-stands-out`: beside what comes up by chance among so many frames.
 * `looks-right`, `too-weak`: beside what the model says of descriptions that do not fit. `uncalibrated`: too little of
 * this library was measured.
 */
export type VerdictGround =
  | 'written'
  | 'stands-out'
  | 'looks-right'
  | 'nothing-stands-out'
  | 'too-weak'
  | 'unknown-words'
  | 'filters-only'
  | 'uncalibrated'

export type SearchAnswer = {
  readonly query: string
  /** The model that answered, alone: its vectors, its words, its thresholds. */
  readonly model: string
  readonly parsed: ParsedQuery
  readonly verdict: Verdict
  readonly grounds: readonly VerdictGround[]
  /** Share of the visible videos that this model has looked at, but for those that it cannot. */
  readonly coverage: number
  readonly moments: readonly Moment[]
  /** Parts of the query of which the current model knows no word: pictures were not searched for them. */
  readonly unknown: readonly string[]
}

/** How well each part of one film answers: a value 0..1 for every `step` seconds, the first from the film's start. */
export type RelevanceCurve = { readonly step: number; readonly values: readonly number[] }

/** A value that a filter can have in this library, and how many films it lets through. */
export type FilterValueCount = { readonly value: string; readonly count: number }

/** A picture that a person gave to search with. Pixels. */
export type KeptPicture = {
  readonly id: string
  readonly name: string
  readonly width: number
  readonly height: number
}

/** A query that a person kept under a name; its answer is always today's. */
export type Collection = { readonly name: string; readonly query: string }

/** A query that a person asked; `at` is ISO 8601, the last time. */
export type PastQuery = { readonly query: string; readonly at: string }
