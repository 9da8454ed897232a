import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { binaries } from '../indexer/films.ts'

/** Pictures of one camera without a break: RGB bytes, `footageSize` each. A photograph has one. */
export type Footage = {
  readonly name: string
  readonly rate: number
  readonly pictures: readonly Uint8Array[]
}

export const footageSize = { width: 320, height: 180 }
const rate = 30
const longest = 5

/**
 * Parts of the shared folder's films that were looked at and hold no cut: [file, from, seconds]. What the detector is
 * tuned on and what it is judged by have no picture in common.
 */
const clips = {
  tuning: [
    ['imageio/cockatoo.mp4', 0.25, 3.6],
    ['intel/book.mkv', 0, 3.6],
    ['intel/bottle-detection.mp4', 14, 5],
    ['mdn/friday.mp4', 0, 5],
    ['mdn_learning/crystal.mp4', 0, 5],
    ['mdn_learning/crystal.mp4', 6.9, 5],
    ['moviepy/big_buck_bunny_0_30.webm', 3, 5],
    ['moviepy/big_buck_bunny_0_30.webm', 12, 3.5],
    ['torchcodec/nasa_13013.mp4', 0.2, 4.6],
    ['mediabunny/transparency.webm', 0, 3.9],
    ['imageio/realshort.mp4', 0, 1.1],
  ],
  report: [
    ['imageio/cockatoo.mp4', 8, 5],
    ['intel/bird.mkv', 0, 2],
    ['intel/car-detection.mp4', 8, 5],
    ['mdn/flower.mp4', 0, 5],
    ['mdn/stream-of-water.mp4', 0, 3],
    ['mdn_learning/elf.mp4', 1, 5],
    ['mdn_learning/frog.mp4', 3, 5],
    ['mediabunny/video.mp4', 0, 5],
    ['moviepy/big_buck_bunny_432_433.webm', 0, 1],
    ['moviepy/big_buck_bunny_0_30.webm', 16, 5],
    ['moviepy/chaplin.mp4', 1, 5],
    ['torchcodec/nasa_13013.mp4', 8.2, 5],
  ],
} as const

const cover = `scale=${footageSize.width}:${footageSize.height}:force_original_aspect_ratio=increase,crop=${footageSize.width}:${footageSize.height},format=rgb24`

const read = (file: string, before: readonly string[], filter: string): readonly Uint8Array[] => {
  const { stdout } = spawnSync(
    binaries.ffmpeg,
    [
      ...['-nostdin', '-v', 'fatal', ...before, '-i', file, '-map', '0:v:0', '-vf', filter],
      '-f',
      'rawvideo',
      '-',
    ],
    { maxBuffer: 1 << 30 },
  )
  const bytes = footageSize.width * footageSize.height * 3
  const count = Math.floor(stdout.length / bytes)
  return Array.from({ length: count }, (_, i) => new Uint8Array(stdout.subarray(i * bytes, (i + 1) * bytes)))
}

/** Something between a wall and a meadow: value noise of several sizes in two colours. */
const texture = (seed: number): Footage => {
  const random = seededRandom(seed)
  const { width, height } = footageSize
  const lattices = [6, 17, 45].map((cells) => ({
    cells,
    values: Float32Array.from({ length: (cells + 2) * (cells + 2) }, () => random()),
  }))
  const colours = [0, 1].map(() => [0, 1, 2].map(() => 20 + random() * 140))
  const picture = new Uint8Array(width * height * 3)
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) {
      let value = 0
      let weight = 0.55
      for (const { cells, values } of lattices) {
        const [u, v] = [(x / width) * cells, (y / height) * cells]
        const [i, j] = [Math.floor(u), Math.floor(v)]
        const corner = (a: number, b: number): number => values[(j + b) * (cells + 2) + i + a]!
        const top = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * (u - i)
        const bottom = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * (u - i)
        value += weight * (top + (bottom - top) * (v - j))
        weight *= 0.5
      }
      for (let c = 0; c < 3; c += 1)
        picture[at + c] = Math.min(255, colours[0]![c]! + (colours[1]![c]! - colours[0]![c]!) * value)
    }
  }
  return { name: `texture ${seed}`, rate, pictures: [picture] }
}

/** Everything a scripted film of this side is made of: clips first, then photographs, then drawn textures. */
export const loadFootage = (
  shared: string,
  side: 'tuning' | 'report',
): { readonly clips: readonly Footage[]; readonly stills: readonly Footage[] } => {
  const moving = clips[side].map(([file, from, seconds]) => ({
    name: `${file}@${from}`,
    rate,
    pictures: read(
      join(shared, 'media', file),
      ['-ss', String(from), '-t', String(Math.min(longest, seconds))],
      `fps=${rate},${cover}`,
    ),
  }))
  const photos = ['coco', 'named']
    .flatMap((folder) => readdirSync(join(shared, 'photos', folder)).map((name) => join(folder, name)))
    .sort()
    .filter((_, i) => (i % 2 === 0) === (side === 'tuning'))
    .map((name) => ({
      name,
      rate,
      pictures: read(join(shared, 'photos', name), [], cover).slice(0, 1),
    }))
  const drawn = [0, 1, 2, 3, 4].map((i) => texture(side === 'tuning' ? i : 100 + i))
  return {
    clips: moving.filter(({ pictures }) => pictures.length > 20),
    stills: [...photos, ...drawn].filter(({ pictures }) => pictures.length > 0),
  }
}
