/** `values` in at most `most` steps of equal length, each the highest of what it covers; `factor` says of how many. */
export const thinCurve = (
  values: ArrayLike<number>,
  most: number,
): { readonly factor: number; readonly values: readonly number[] } => {
  const factor = Math.max(1, Math.ceil(values.length / most))
  const thinned = Array.from({ length: Math.ceil(values.length / factor) }, (_, i) => {
    let highest = -Infinity
    for (let at = i * factor; at < Math.min(values.length, (i + 1) * factor); at += 1)
      highest = Math.max(highest, values[at] ?? -Infinity)
    return highest
  })
  return { factor, values: thinned }
}
