/**
 * Hubs are frames that lie near every text (black frames, title cards, logos). CSLS takes from each cosine what the frame
 * gives to anybody (methods.md 2e): s'(q, x) = 2 s(q, x) - r(x), r(x) the mean of its k best cosines with a bank of
 * generic queries.
 */

/** Of the bank's cosines with a frame so many count (methods.md 2e). */
export const hubTexts = 10

/** Collects what a block of frames gives to the texts of a bank, text after text. */
export type HubMeter = {
  /** One text's cosines with every frame of the block, in the frames' order. */
  readonly add: (scores: ArrayLike<number>) => void
  /** r(x) of each frame: the mean of its `k` best so far (of all, where there were fewer; 0 before the first). */
  readonly hubness: () => Float32Array
}

/** A meter for `frames` frames. Holds k numbers a frame, whatever the size of the bank. */
export const createHubMeter = (frames: number, k: number = hubTexts): HubMeter => {
  // The k best of each frame, falling, one frame after the other.
  const best = new Float32Array(frames * k).fill(-Infinity)
  let texts = 0
  return {
    add: (scores) => {
      texts += 1
      for (let frame = 0; frame < frames; frame += 1) {
        const score = scores[frame] ?? 0
        const from = frame * k
        let place = from + k - 1
        if (score <= (best[place] ?? 0)) continue
        for (; place > from && (best[place - 1] ?? 0) < score; place -= 1) best[place] = best[place - 1] ?? 0
        best[place] = score
      }
    },
    hubness: () => {
      const counted = Math.min(k, texts)
      return Float32Array.from({ length: frames }, (_, frame) => {
        let sum = 0
        for (let i = 0; i < counted; i += 1) sum += best[frame * k + i] ?? 0
        return counted === 0 ? 0 : sum / counted
      })
    },
  }
}

/**
 * CSLS on the scale of cosines: s - (r - typical) / 2, which orders as 2 s - r does, for one `typical` (the mean of the
 * library's r) is the same for every frame. So a usual frame keeps its cosine, and thresholds in cosines stay thresholds.
 * `share`: how much of the correction is made.
 */
export const hubCorrected = (score: number, hubness: number, typical: number, share = 1): number =>
  score - (share * (hubness - typical)) / 2

/**
 * What answers are ranked by: half of it. The whole tells best whether a thing is there at all (bench calibration: AUROC 82.5,
 * half 80.4), but where every picture has its own things, what is near many texts is only rich. Films of photographs, right
 * one first: 62.5 % with the whole, 67.3 with half, 68.3 without; `bench ranking`, even queries: all the same from 0.25 on.
 */
export const rankedShare = 0.5
