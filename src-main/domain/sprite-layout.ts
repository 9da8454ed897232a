type Size = { readonly width: number; readonly height: number }

/** Longest side of a poster and of a sprite's tile, in pixels. */
export const posterSide = 640
export const tileSide = 160

/** Tiles in a sprite at most: ten rows of ten are 1600 x 900 pixels for wide films. */
export const mostTiles = 100

/** `shown` made to fit into a square of `side`, never larger than it is, and never without a pixel. */
export const fitInside = (shown: Size, side: number): Size => {
  const factor = Math.min(1, side / Math.max(shown.width, shown.height))
  return {
    width: Math.max(1, Math.round(shown.width * factor)),
    height: Math.max(1, Math.round(shown.height * factor)),
  }
}

/** Indexes of at most `most` out of `count` things, evenly spread, the first and the last among them. */
export const spreadEvenly = (count: number, most: number): readonly number[] => {
  if (count <= most) return Array.from({ length: count }, (_, index) => index)
  return Array.from({ length: most }, (_, index) => Math.round((index * (count - 1)) / (most - 1)))
}

/** Columns and rows for `count` tiles: rows of ten. */
export const gridOf = (count: number): { readonly columns: number; readonly rows: number } => ({
  columns: Math.min(10, count),
  rows: Math.ceil(count / 10),
})

/** `rgb` (rgb24 of `from` size) made smaller to `to` by averaging the pixels that each new one covers. */
export const shrinkPicture = (rgb: Uint8Array, from: Size, to: Size): Uint8Array => {
  const small = new Uint8Array(to.width * to.height * 3)
  const edges = (target: number, source: number): readonly number[] =>
    Array.from({ length: target + 1 }, (_, index) => Math.floor((index * source) / target))
  const columns = edges(to.width, from.width)
  const rows = edges(to.height, from.height)
  for (let y = 0; y < to.height; y++) {
    const top = rows[y] ?? 0
    const bottom = Math.max(top + 1, rows[y + 1] ?? 0)
    for (let x = 0; x < to.width; x++) {
      const left = columns[x] ?? 0
      const right = Math.max(left + 1, columns[x + 1] ?? 0)
      let red = 0
      let green = 0
      let blue = 0
      for (let row = top; row < bottom; row++) {
        for (
          let offset = (row * from.width + left) * 3, end = (row * from.width + right) * 3;
          offset < end;
          offset += 3
        ) {
          red += rgb[offset] ?? 0
          green += rgb[offset + 1] ?? 0
          blue += rgb[offset + 2] ?? 0
        }
      }
      const covered = (bottom - top) * (right - left)
      const place = (y * to.width + x) * 3
      small[place] = Math.round(red / covered)
      small[place + 1] = Math.round(green / covered)
      small[place + 2] = Math.round(blue / covered)
    }
  }
  return small
}

/** One rgb24 picture of all `tiles` (each of `tile` size), row by row; what no tile covers stays black. */
export const layTiles = (tiles: readonly Uint8Array[], tile: Size): Uint8Array => {
  const { columns, rows } = gridOf(tiles.length)
  const stride = columns * tile.width * 3
  const sheet = new Uint8Array(stride * rows * tile.height)
  for (const [index, pixels] of tiles.entries()) {
    const corner = Math.floor(index / columns) * tile.height * stride + (index % columns) * tile.width * 3
    for (let row = 0; row < tile.height; row++) {
      const line = pixels.subarray(row * tile.width * 3, (row + 1) * tile.width * 3)
      sheet.set(line, corner + row * stride)
    }
  }
  return sheet
}
