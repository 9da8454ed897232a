/** The mean of the `count` best of scores [from, to): what `videoScore` gives for samples 2 s apart (test/unit/hubness.test.ts). */
export const topMean = (scores: Float32Array, from: number, to: number, count: number): number => {
  const best = new Float64Array(count).fill(-Infinity)
  for (let i = from; i < to; i += 1) {
    const score = scores[i] ?? 0
    let place = count - 1
    if (score <= (best[place] ?? 0)) continue
    for (; place > 0 && (best[place - 1] ?? 0) < score; place -= 1) best[place] = best[place - 1] ?? 0
    best[place] = score
  }
  const taken = Math.min(count, to - from)
  let sum = 0
  for (let i = 0; i < taken; i += 1) sum += best[i] ?? 0
  return taken === 0 ? 0 : sum / taken
}

/** The mean of scores [from, to). */
export const wholeMean = (scores: Float32Array, from: number, to: number): number => {
  let sum = 0
  for (let i = from; i < to; i += 1) sum += scores[i] ?? 0
  return sum / Math.max(1, to - from)
}
