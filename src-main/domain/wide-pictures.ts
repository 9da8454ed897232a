import type { FrameSight, WideMode } from '../../src-preload/contract/wide-pictures.ts'
import { encoderViews } from './encoder-views.ts'
import type { ImageInput } from './encoder-views.ts'
import type { Size } from './encoder-filter.ts'

/** Pictures a frame; in `crop` films of few frames are seen at both ends too (indexer/film-embedder.ts). */
export const picturesOf: Readonly<Record<WideMode, number>> = { crop: 1, letterbox: 1, views: 3 }

/** What a model sees of a frame of `shown` size: its middle also where nothing is left out, or where the model squeezes. */
export const sightOf = (image: ImageInput, shown: Size, mode: WideMode): FrameSight => {
  const { isWhole, views } = encoderViews(image, shown, mode)
  if (isWhole) return 'whole'
  return mode === 'views' && views.length > 1 ? 'ends' : 'centre'
}

/** True where frames that were seen so need not be seen again. Middle and ends hold what the middle does, and more. */
export const isSeenRight = (image: ImageInput, shown: Size, mode: WideMode, seen: FrameSight): boolean => {
  const wanted = sightOf(image, shown, mode)
  return seen === wanted || (wanted === 'centre' && seen === 'ends')
}
