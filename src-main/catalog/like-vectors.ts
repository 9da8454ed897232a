import { parse } from 'node:path'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { LikeReference } from '../../src-preload/contract/search-nouns.ts'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'
import type { EncoderLink } from './encoder-link.ts'
import { toSingles } from '../domain/float-bytes.ts'
import { findVideo, unknownVideo } from './find-video.ts'
import type { KeptPictures } from './kept-pictures.ts'
import type { ModelPlace } from './models.ts'
import { wideMode } from './settings.ts'
import type { Store } from './store.ts'
import type { KnownVideo } from './videos.ts'

/** A stretch of a film that is no answer, because it was asked with. Seconds. */
export type LeftOut = { readonly videoId: string; readonly start: number; readonly end: number }

/** What a `like:` points at, as vectors: views of one thing, of which the best fitting one counts. */
export type ResolvedLike = {
  readonly vectors: readonly Float32Array[]
  /** The picture's name; of a frame the film's, without its ending. */
  readonly name: string
  /** Of a frame: the second of the film. */
  readonly seconds: number | null
  readonly leftOut: LeftOut | null
}

export type LikeVectors = {
  /** `space`: the name under which the model's vectors lie. Errors: not-found, and why neither vector nor picture is there. */
  readonly resolve: (
    reference: LikeReference,
    model: ModelPlace,
    space: string,
  ) => Promise<Result<ResolvedLike>>
}

export type LikeVectorsOptions = {
  readonly store: Store
  readonly encoder: EncoderLink
  readonly pictures: KeptPictures
}

/** A stored frame so near is the one that was pointed at: looks are half a second apart. */
const sameFrameSeconds = 0.75
/** Of a film whose shots nobody knows, so much on either side counts as the asked one. */
const shotlessSeconds = 2
/** Embedding one costs a seek, a decode and a run of the model: they are asked for again while one types. */
const remembered = 100

/** Turns frames and pictures into vectors: stored ones where there are any, else the picture is looked at. */
export const createLikeVectors = ({ store, encoder, pictures }: LikeVectorsOptions): LikeVectors => {
  const seen = new Map<string, readonly Float32Array[]>()

  const look = async (
    key: string,
    model: ModelPlace,
    path: PathRef,
    film: { readonly facts: KnownVideo['facts']; readonly at: number } | null,
    size: { readonly width: number; readonly height: number },
  ): Promise<Result<readonly Float32Array[]>> => {
    const wide = wideMode(store.settings)
    const name = `${wide} ${key}`
    const known = seen.get(name)
    if (known !== undefined) return ok(known)
    const ffmpegPath = store.settings.get('ffmpeg-path')
    const { width, height } = size
    const made = await encoder.ask((client) =>
      client.call.embed.still({ model, ffmpegPath, path, film, size: { width, height }, wide }),
    )
    if (!made.ok) return made
    const vectors = made.value.map(toSingles)
    seen.set(name, vectors)
    for (const oldest of seen.keys()) {
      if (seen.size <= remembered) break
      seen.delete(oldest)
    }
    return ok(vectors)
  }

  const ofFrame = async (
    known: KnownVideo,
    seconds: number,
    model: ModelPlace,
    space: string,
  ): Promise<Result<ResolvedLike>> => {
    const { video, facts } = known
    const shot = store.shots.shots(video.id).find(({ start, end }) => start <= seconds && seconds < end)
    const stored = store.vectors.frameAt(space, video.id, seconds)
    const isThere =
      stored !== null &&
      (Math.abs(stored.time - seconds) <= sameFrameSeconds ||
        (shot !== undefined && shot.start <= stored.time && stored.time < shot.end))
    const path = isThere ? null : store.locations.reach(video.id)
    const key = `${model.id} ${video.id} ${seconds}`
    const looked = path === null ? null : await look(key, model, path, { facts, at: seconds }, facts)
    if (looked?.ok !== true && stored === null)
      return looked ?? fail('offline', `${video.path} is not there now, and was not looked at there.`)
    return ok({
      vectors: looked?.ok === true ? looked.value : stored === null ? [] : [stored.vector],
      name: parse(video.path).name,
      seconds,
      leftOut: {
        videoId: video.id,
        start: shot?.start ?? seconds - shotlessSeconds,
        end: shot?.end ?? seconds + shotlessSeconds,
      },
    })
  }

  return {
    resolve: async (reference, model, space) => {
      if (reference.kind === 'frame') {
        const known = findVideo(store, reference.video, space)
        return known === null
          ? unknownVideo(reference.video)
          : ofFrame(known, reference.seconds, model, space)
      }
      const picture = pictures.get(reference.id)
      const place = pictures.place(reference.id)
      if (picture === null || !place.ok)
        return fail('not-found', 'This picture is not kept any more.', 'Drop it on the window again.')
      const path = { path: place.value.path, bytes: null }
      const vectors = await look(`${model.id} ${reference.id}`, model, path, null, picture)
      return vectors.ok
        ? ok({ vectors: vectors.value, name: picture.name, seconds: null, leftOut: null })
        : vectors
    },
  }
}
