/** Mean absolute difference per byte of two pictures of one size. */
export const pictureDifference = (a: Uint8Array, b: Uint8Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0))
  return sum / a.length
}

/** Brightness (0 to 255) up to which a pixel is black in both pictures: bars make all pictures alike. */
const black = 24

/** Correlation of one channel of two RGB pictures, -1 to 1, without what is black in both. */
const channelLikeness = (a: Uint8Array, b: Uint8Array, channel: number): number => {
  let sumA = 0
  let sumB = 0
  let squareA = 0
  let squareB = 0
  let product = 0
  let count = 0
  for (let i = channel; i < a.length; i += 3) {
    const x = a[i] ?? 0
    const y = b[i] ?? 0
    if (x <= black && y <= black) continue
    count += 1
    sumA += x
    sumB += y
    squareA += x * x
    squareB += y * y
    product += x * y
  }
  if (count === 0) return 0
  const scale = Math.sqrt((squareA - (sumA * sumA) / count) * (squareB - (sumB * sumB) / count))
  return scale < 1e-6 ? 0 : (product - (sumA * sumB) / count) / scale
}

/** Likeness of the channel that differs most, -1 to 1: the same scene in other light stays close to 1. */
export const pictureLikeness = (a: Uint8Array, b: Uint8Array): number =>
  Math.min(channelLikeness(a, b, 0), channelLikeness(a, b, 1), channelLikeness(a, b, 2))
