import { dot } from './embedding.ts'

/** How well the vectors of one encoder (the candidate) agree with another's (the reference) for the same things. */
export type Agreement = {
  /** Things that the reference says something about; the others say nothing and are left out. */
  readonly compared: number
  readonly meanCosine: number
  readonly leastCosine: number
  /** Share of things whose nearest neighbour is the reference's, 0..1. */
  readonly nearest: number
  /** Share of the ten nearest neighbours that are among the reference's ten, 0..1. */
  readonly nearestTen: number
  /** Pairs of different things to which the candidate gave one and the same vector, though the reference did not. */
  readonly merged: number
  /** The candidate gave all things one and the same vector, or nothing but zeros. */
  readonly collapsed: boolean
  /** Parts that are not finite. */
  readonly broken: number
}

/** Cosines above this are one and the same vector but for rounding: two float32 runs differ by about 1e-6. */
const same = 0.999999
const isZero = (vector: Float32Array): boolean => vector.every((part) => part === 0)

/** The cosine of any two vectors; 0 where one is zero or not finite: what a broken encoder gives need not be a unit vector. */
const cosineOf = (a: Float32Array, b: Float32Array): number => {
  const cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
  return Number.isFinite(cosine) ? Math.min(1, Math.max(-1, cosine)) : 0
}

/** The cosines of each row of `rows` with each of `columns`; unit vectors. */
const cosines = (
  rows: readonly Float32Array[],
  columns: readonly Float32Array[],
): readonly (readonly number[])[] => rows.map((row) => columns.map((column) => cosineOf(row, column)))

/** The places of the `count` highest of `scores`, the highest first, without `without`. */
const highest = (scores: readonly number[], count: number, without: number): readonly number[] =>
  scores
    .map((_, place) => place)
    .filter((place) => place !== without)
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
    .slice(0, count)

/**
 * The share of each row's `count` best columns by the candidate that are also among the best by the reference. What
 * the reference holds equal within `tie` may change places. `square`: a row is not its own neighbour.
 */
const topAgreement = (
  reference: readonly (readonly number[])[],
  candidate: readonly (readonly number[])[],
  count: number,
  tie: number,
  square: boolean,
): number => {
  let asked = 0
  let kept = 0
  for (const [row, scores] of reference.entries()) {
    const without = square ? row : -1
    const last = highest(scores, count, without).at(-1)
    if (last === undefined) continue
    const least = (scores[last] ?? 0) - tie
    for (const place of highest(candidate[row] ?? [], count, without)) {
      asked += 1
      if ((scores[place] ?? -1) >= least) kept += 1
    }
  }
  return asked === 0 ? 1 : kept / asked
}

/**
 * Compares unit (or zero) vectors of the same things in the same order; both lists have one length. `tie`: neighbours
 * whose cosines differ by no more than that may change places, what rounding does to drawn pictures that are alike.
 */
export const compareVectors = (
  reference: readonly Float32Array[],
  candidate: readonly Float32Array[],
  tie: number,
): Agreement => {
  const told = reference.flatMap((vector, i) => (isZero(vector) ? [] : [i]))
  const at = (vectors: readonly Float32Array[]): readonly Float32Array[] =>
    told.map((i) => vectors[i] ?? new Float32Array(0))
  const [from, to] = [at(reference), at(candidate)]
  const own = from.map((vector, i) => cosineOf(vector, to[i] ?? new Float32Array(0)))
  const [near, nearTo] = [cosines(from, from), cosines(to, to)]
  let merged = 0
  let pairs = 0
  for (let i = 0; i < told.length; i += 1)
    for (let j = i + 1; j < told.length; j += 1) {
      const alike = (nearTo[i]?.[j] ?? 0) > same
      if (alike) pairs += 1
      if (alike && (near[i]?.[j] ?? 0) <= same) merged += 1
    }
  const all = (told.length * (told.length - 1)) / 2
  return {
    compared: told.length,
    meanCosine: own.reduce((sum, cosine) => sum + cosine, 0) / Math.max(1, own.length),
    leastCosine: own.reduce((least, cosine) => Math.min(least, cosine), 1),
    nearest: topAgreement(near, nearTo, 1, tie, true),
    nearestTen: topAgreement(near, nearTo, 10, tie, true),
    merged,
    collapsed: to.length > 0 && (to.every(isZero) || (all > 0 && pairs === all)),
    broken: to.reduce(
      (sum, vector) => sum + vector.reduce((n, part) => (Number.isFinite(part) ? n : n + 1), 0),
      0,
    ),
  }
}

/** The share of texts whose best picture by the candidate's vectors is the one by the reference's. Zero texts are left out. */
export const bestPictureAgreement = (
  reference: { readonly texts: readonly Float32Array[]; readonly pictures: readonly Float32Array[] },
  candidate: { readonly texts: readonly Float32Array[]; readonly pictures: readonly Float32Array[] },
  tie: number,
): number => {
  const told = reference.texts.flatMap((text, i) => (isZero(text) ? [] : [i]))
  const scores = ({ texts, pictures }: typeof reference): readonly (readonly number[])[] =>
    cosines(
      told.map((i) => texts[i] ?? new Float32Array(0)),
      pictures,
    )
  return topAgreement(scores(reference), scores(candidate), 1, tie, false)
}
