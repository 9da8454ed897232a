/** Values of a curve that wait to be taken, one byte each. */
export type CellQueue = {
  readonly push: (value: number) => void
  /** How many have been pushed since the last were taken. */
  readonly size: () => number
  /** The oldest `count`; zeros where there are fewer. */
  readonly take: (count: number) => Uint8Array
}

/** A queue that grows by doubling: 300 seconds of a curve lie in it, a film's length when its parts are not taken. */
export const createCellQueue = (): CellQueue => {
  let cells = new Uint8Array(1024)
  let size = 0
  return {
    push: (value) => {
      if (size === cells.length) {
        const larger = new Uint8Array(2 * size)
        larger.set(cells)
        cells = larger
      }
      cells[size] = value
      size += 1
    },
    size: () => size,
    take: (count) => {
      const taken = new Uint8Array(count)
      const there = Math.min(count, size)
      taken.set(cells.subarray(0, there))
      cells.copyWithin(0, there, size)
      size -= there
      return taken
    },
  }
}
