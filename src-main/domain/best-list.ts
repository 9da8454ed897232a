/** The best few of many, without sorting all of them. */
export type BestList<Item> = {
  /** False for a score that cannot be among the best any more, or is NaN: then there is no need to make an item of it. */
  readonly wants: (score: number) => boolean
  readonly offer: (item: Item) => void
  /** The score that a new one must reach to be among the best; -Infinity until there are enough. */
  readonly least: () => number
  /** Best first; at most as many as wanted. */
  readonly best: () => readonly Item[]
}

/** `order` is below 0 where the first comes before the second; it must put higher scores first. */
export const createBestList = <Item extends { readonly score: number }>(
  wanted: number,
  order: (a: Item, b: Item) => number,
): BestList<Item> => {
  let items: Item[] = []
  let floor = -Infinity
  const settle = (): void => {
    items = items.sort(order).slice(0, wanted)
    if (items.length === wanted) floor = items.at(-1)?.score ?? -Infinity
  }
  return {
    wants: (score) => score >= floor,
    offer: (item) => {
      items.push(item)
      if (items.length >= 2 * wanted + 64) settle()
    },
    least: () => {
      settle()
      return floor
    },
    best: () => {
      settle()
      return items
    },
  }
}
