import { fail } from '../../src-preload/contract/result.ts'
import type { Failure } from '../../src-preload/contract/result.ts'
import type { Store } from './store.ts'
import type { KnownVideo } from './videos.ts'

/** The visible film of an id, or of a path at which it lies. */
export const findVideo = (
  { videos, locations, models }: Pick<Store, 'videos' | 'locations' | 'models'>,
  idOrPath: string,
  space: string = models.currentSpace(),
): KnownVideo | null => videos.get(idOrPath, space) ?? videos.get(locations.videoAt(idOrPath) ?? '', space)

export const unknownVideo = (id: string): Failure =>
  fail('not-found', `There is no video ${id} in the library.`)
