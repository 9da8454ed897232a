/** A film's poster; `time` is the frame's own, in seconds, sizes in pixels. */
export type Poster = { readonly width: number; readonly height: number; readonly time: number }

/** A grid of small frames, row by row, for scrubbing; a time in seconds for each tile. */
export type Sprite = {
  readonly columns: number
  readonly rows: number
  readonly tileWidth: number
  readonly tileHeight: number
  readonly times: readonly number[]
}

/** What a skim leaves of a film for the eye; `file` is a name in the library's picture folder. */
export type PictureSet = {
  readonly poster: Poster & { readonly file: string }
  readonly sprite: Sprite & { readonly file: string }
}
