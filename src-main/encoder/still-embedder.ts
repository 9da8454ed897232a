import type { EncoderApi } from '../../src-preload/contract/encoder-api.ts'
import { ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Handlers } from '../../src-preload/contract/schema.ts'
import { meanDirection } from '../domain/embedding.ts'
import { cutView, encoderViews } from '../domain/encoder-views.ts'
import type { EncoderViews } from '../domain/encoder-views.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import { openModelFolder } from '../foundation/model-folder.ts'
import { stillFrame } from '../foundation/still-frame.ts'
import type { TowerOrCpu } from '../foundation/image-tower-or-cpu.ts'

type StillRequest = Parameters<Handlers<EncoderApi>['embed']['still']>[0]

/**
 * The vectors that stand for one frame or picture: what the model's own crop sees; the mean of that and both ends where
 * the crop leaves much out, because a library holds frames that were seen in either way (indexer/film-embedder.ts);
 * and the whole in a letterbox where the library's frames are seen so, until all of them are beside the others.
 */
export const embedStill = async (
  { model, path, film, size, wide }: StillRequest,
  ffmpeg: FfmpegBinaries,
  embed: (
    work: (tower: TowerOrCpu) => Promise<Result<readonly Float32Array[]>>,
  ) => Promise<Result<readonly Float32Array[]>>,
  signal: AbortSignal,
): Promise<Result<readonly Float32Array[]>> => {
  const folder = await openModelFolder(model.directory, { verify: false })
  if (!folder.ok) return folder
  const { image, dimensions } = folder.value.manifest
  const picturesOf = async ({ filter, strip, views }: EncoderViews): Promise<Result<Uint8Array[]>> => {
    const rgb = await stillFrame({ ffmpeg, path, film, filter, ...strip, signal })
    return rgb.ok ? ok(views.map((place) => cutView(rgb.value, strip, place, image))) : rgb
  }
  const crops = await picturesOf(encoderViews(image, size))
  if (!crops.ok) return crops
  const letterbox = encoderViews(image, size, wide)
  const whole = letterbox.isWhole ? await picturesOf(letterbox) : ok([])
  if (!whole.ok) return whole
  const seen = await embed((tower) => tower.embedBatch([...crops.value, ...whole.value]))
  if (!seen.ok) return seen
  const views = seen.value.slice(0, crops.value.length)
  const [centre] = views
  if (centre === undefined) throw new Error('a picture gave no vector')
  return ok([
    centre,
    ...(views.length > 1 ? [meanDirection(views, dimensions)] : []),
    ...seen.value.slice(views.length),
  ])
}
