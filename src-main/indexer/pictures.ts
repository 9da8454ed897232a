import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pictureScore } from '../domain/picture-score.ts'
import {
  fitInside,
  gridOf,
  layTiles,
  mostTiles,
  posterSide,
  shrinkPicture,
  spreadEvenly,
  tileSide,
} from '../domain/sprite-layout.ts'
import type { FfmpegBinaries } from '../foundation/ffmpeg-binaries.ts'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import type { PictureSet } from '../../src-preload/contract/picture-set.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { encodeJpeg, writePictureFile, type RawPicture } from '../foundation/picture-file.ts'
import type { FrameOutput } from './frame-outputs.ts'

export type PictureMakerInput = {
  readonly ffmpeg: FfmpegBinaries
  readonly facts: Pick<VideoFacts, 'width' | 'height'>
  /** Must exist. */
  readonly folder: string
  readonly videoId: string
  /** Part of the files' names: they never change, a new stage version makes new ones. */
  readonly version: number
  readonly signal: AbortSignal
}

export type PictureMaker = {
  /** Ask `skimFrames` for this output and hand its pictures to `add`. */
  readonly output: FrameOutput
  readonly add: (time: number, rgb: Uint8Array) => void
  /** Forgets everything, for a skim's `restart`. */
  readonly restart: () => void
  /** Writes both files. `no-frames` when nothing was added, `disk-full`; a failure leaves no file behind. */
  readonly finish: () => Promise<Result<PictureSet>>
}

type Tile = { readonly time: number; readonly rgb: Uint8Array }
type Best = { readonly time: number; readonly rgb: Uint8Array; readonly score: number }

/** ffmpeg's JPEG qualities: a poster is looked at, a tile is glanced at. */
const posterQuality = 3
const spriteQuality = 5

/**
 * Makes a film's poster (the frame that looks best, longest side 640) and its sprite (at most 100 tiles spread over the
 * film, longest side 160) from frames as they stream by. Holds one poster and a tile a frame, some 10 MB at most.
 */
export const createPictureMaker = (input: PictureMakerInput): PictureMaker => {
  const size = fitInside(input.facts, posterSide)
  const tileSize = fitInside(input.facts, tileSide)
  let best: Best | null = null
  let tiles: Tile[] = []

  const sheetOf = (chosen: readonly Tile[]): RawPicture => {
    const rgb = layTiles(
      chosen.map((tile) => tile.rgb),
      tileSize,
    )
    const { columns, rows } = gridOf(chosen.length)
    return { rgb, width: columns * tileSize.width, height: rows * tileSize.height }
  }

  const finish = async (): Promise<Result<PictureSet>> => {
    if (best === null) return fail('no-frames', 'There is no frame to make a poster of')
    const chosen = spreadEvenly(tiles.length, mostTiles).flatMap((index) => tiles.slice(index, index + 1))
    const poster = { file: `${input.videoId}-poster-${input.version}.jpg`, ...size, time: best.time }
    const sprite = { file: `${input.videoId}-sprite-${input.version}.jpg`, ...gridOf(chosen.length) }
    const [posterJpeg, spriteJpeg] = await Promise.all([
      encodeJpeg(input.ffmpeg, { rgb: best.rgb, ...size }, posterQuality, input.signal),
      encodeJpeg(input.ffmpeg, sheetOf(chosen), spriteQuality, input.signal),
    ])
    if (!posterJpeg.ok) return posterJpeg
    if (!spriteJpeg.ok) return spriteJpeg
    const first = await writePictureFile(input.folder, poster.file, posterJpeg.value)
    if (!first.ok) return first
    const second = await writePictureFile(input.folder, sprite.file, spriteJpeg.value)
    if (!second.ok) {
      await rm(join(input.folder, poster.file), { force: true })
      return second
    }
    const times = chosen.map((tile) => tile.time)
    return ok({
      poster,
      sprite: { ...sprite, tileWidth: tileSize.width, tileHeight: tileSize.height, times },
    })
  }

  return {
    output: { filter: `scale=${size.width}:${size.height}:flags=area`, ...size },
    add: (time, rgb) => {
      const score = pictureScore(rgb, size.width, size.height)
      // The earliest of equals, so that the same film always has the same poster.
      if (best === null || score > best.score) best = { time, rgb, score }
      tiles.push({ time, rgb: shrinkPicture(rgb, size, tileSize) })
    },
    restart: () => {
      best = null
      tiles = []
    },
    finish,
  }
}
