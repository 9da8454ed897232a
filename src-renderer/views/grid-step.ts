/** The index that a key leads to from `index` in a grid of `columns`, or null where the key is none of the grid's. */
export const gridStep = (
  key: string,
  index: number,
  total: number,
  columns: number,
  page: number,
): number | null => {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -page,
    PageDown: page,
    Home: -index,
    End: total - 1 - index,
  }
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined
  if (step === undefined || total === 0) return null
  const next = index + step
  // Up and down stay in their column at the edges, a page goes as far as there is.
  if (key === 'ArrowUp' && next < 0) return index
  if (key === 'ArrowDown' && next >= total) {
    return Math.floor(index / columns) < Math.floor((total - 1) / columns) ? total - 1 : index
  }
  return Math.min(total - 1, Math.max(0, next))
}
