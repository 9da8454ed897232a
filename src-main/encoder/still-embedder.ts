import type { EncoderApi } from '../../src-preload/contract/encoder-api.ts'
import { ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Handlers } from '../../src-preload/contract/schema.ts'
import { meanDirection } from '../domain/embedding.ts'
import { cutView, encoderViews } from '../domain/encoder-views.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import { openModelFolder } from '../foundation/model-folder.ts'
import { stillFrame } from '../foundation/still-frame.ts'
import type { TowerOrCpu } from '../foundation/image-tower-or-cpu.ts'

type StillRequest = Parameters<Handlers<EncoderApi>['embed']['still']>[0]

/**
 * The vectors that stand for one frame or picture: what the model's own crop sees, and the mean of that and both ends
 * where the crop leaves much out, because a library holds frames that were seen in either way (indexer/film-embedder.ts).
 */
export const embedStill = async (
  { model, path, film, size }: StillRequest,
  ffmpeg: FfmpegBinaries,
  embed: (
    work: (tower: TowerOrCpu) => Promise<Result<readonly Float32Array[]>>,
  ) => Promise<Result<readonly Float32Array[]>>,
  signal: AbortSignal,
): Promise<Result<readonly Float32Array[]>> => {
  const folder = await openModelFolder(model.directory, { verify: false })
  if (!folder.ok) return folder
  const { image, dimensions } = folder.value.manifest
  const { filter, strip, views } = encoderViews(image, size)
  const rgb = await stillFrame({ ffmpeg, path, film, filter, ...strip, signal })
  if (!rgb.ok) return rgb
  const pictures = views.map((place) => cutView(rgb.value, strip, place, image))
  const seen = await embed((tower) => tower.embedBatch(pictures))
  if (!seen.ok) return seen
  const [centre] = seen.value
  if (centre === undefined) throw new Error('a picture gave no vector')
  return ok(seen.value.length === 1 ? [centre] : [centre, meanDirection(seen.value, dimensions)])
}
