/**
 * What a model that looks at a square sees of a wide (or tall) frame. `crop`: its middle, as the model's own preprocessing
 * says. `letterbox`: the whole frame, small, between black bars. `views`: middle and both ends, three pictures whose
 * mean stands for the frame.
 */
export const wideModes = ['crop', 'letterbox', 'views'] as const
export type WideMode = (typeof wideModes)[number]

/** What was seen of a film's frames: their middle, middle and ends, or the whole. */
export const frameSights = ['centre', 'ends', 'whole'] as const
export type FrameSight = (typeof frameSights)[number]

/** One way, and what it would cost. */
export type WideChoice = {
  readonly mode: WideMode
  /** That the model looks at for each frame with a vector. */
  readonly pictures: number
  /** Films that would be looked at again, or (of the way that is set) that still will be. */
  readonly films: number
  /** Of the model's work for them; null where its speed is not known. */
  readonly seconds: number | null
  /** The speed was measured on this machine. */
  readonly measured: boolean
}

/** How wide pictures are seen in a library, for the model that films are embedded for. */
export type WidePictures = {
  readonly mode: WideMode
  readonly model: string
  /** False: that model squeezes whole frames into its square, and none of this makes a difference. */
  readonly crops: boolean
  readonly choices: readonly WideChoice[]
}
