import { tinySize } from '../src-main/domain/tiny-picture.ts'
import { seededRandom } from '../src-main/domain/seeded-random.ts'

/** A place to film at 48 x 27: `x` and `y` move the camera by pixels, `light` is a gain. */
export type TinyScene = (x?: number, y?: number, light?: number) => Uint8Array

const cell = 8
const lattice = 40

/** Soft blotches of colour without end, others for every seed. */
export const tinyScene = (seed: number): TinyScene => {
  const random = seededRandom(seed)
  const corners = Float32Array.from({ length: lattice * lattice * 3 }, () => 20 + 200 * random())
  const corner = (column: number, row: number, channel: number): number =>
    corners[((row % lattice) * lattice + (column % lattice)) * 3 + channel] ?? 0
  return (x = 0, y = 0, light = 1) => {
    const picture = new Uint8Array(tinySize.width * tinySize.height * 3)
    for (let row = 0, at = 0; row < tinySize.height; row += 1)
      for (let column = 0; column < tinySize.width; column += 1) {
        const u = (column + x) / cell + lattice
        const v = (row + y) / cell + lattice
        const [i, j] = [Math.floor(u), Math.floor(v)]
        for (let channel = 0; channel < 3; channel += 1, at += 1) {
          const above = corner(i, j, channel) * (1 - u + i) + corner(i + 1, j, channel) * (u - i)
          const below = corner(i, j + 1, channel) * (1 - u + i) + corner(i + 1, j + 1, channel) * (u - i)
          picture[at] = Math.min(255, light * (above * (1 - v + j) + below * (v - j)))
        }
      }
    return picture
  }
}

/** The mixture of two pictures: 0 is the first, 1 the second. */
export const mixed = (a: Uint8Array, b: Uint8Array, part: number): Uint8Array =>
  a.map((value, i) => value + ((b[i] ?? 0) - value) * part)
