import { hlgToNits, lightToSdr, nitsToPq, pqToNits, type Rgb } from './transfer-functions.ts'

/** The two transfer functions of high dynamic range (BT.2100); the primaries are BT.2020's. */
export type HdrKind = 'pq' | 'hlg'

/** Part of the names of files made from it: raise it when any number below changes. */
export const toneMapVersion = 1

/**
 * What ends up as SDR's white, in cd/m². With HDR's reference white (203, BT.2408) there, faces and paper look as in the
 * SDR version of the same film, and the curve below lays that white itself at 0.90 of full signal: the rest is for lights.
 */
const sdrPeak = 203

/**
 * Brighter light than this is white: HLG's nominal peak, and what most PQ films are graded on. Taking all of PQ's
 * 10,000 would darken every film (reference white to 0.77 of full signal) for lights that hardly any has.
 */
const hdrPeak = 1000

const peakSignal = nitsToPq(hdrPeak)
const target = nitsToPq(sdrPeak) / peakSignal
/** Below it (87 cd/m²) light stays as it is. */
const knee = 1.5 * target - 0.5

/** BT.2390's EETF (5.4.1: Hermite spline above the knee, in PQ; both blacks are 0): cd/m² into cd/m², 0 to `sdrPeak`. */
export const compressLight = (nits: number): number => {
  const signal = Math.min(1, nitsToPq(nits) / peakSignal)
  if (signal <= knee) return nits
  const t = (signal - knee) / (1 - knee)
  const [square, cube] = [t * t, t * t * t]
  const curved =
    (2 * cube - 3 * square + 1) * knee +
    (cube - 2 * square + t) * (1 - knee) +
    (3 * square - 2 * cube) * target
  return pqToNits(curved * peakSignal)
}

/** Linear light of BT.2020 primaries as light of BT.709's (the inverse of BT.2087's matrix). */
const to709 = ([red, green, blue]: Rgb): Rgb => [
  1.6605 * red - 0.5876 * green - 0.0728 * blue,
  -0.1246 * red + 1.1329 * green - 0.0083 * blue,
  -0.0182 * red - 0.1006 * green + 1.1187 * blue,
]

/**
 * What BT.709 cannot show: negative light is left out and too bright a colour is dimmed as a whole, which keeps it a strong
 * red. Moved towards gray of the same luminance it became pink, and yellow cream, which looked wrong.
 */
const intoGamut = (light: Rgb): Rgb => {
  const most = Math.max(1, ...light)
  return [Math.max(0, light[0]) / most, Math.max(0, light[1]) / most, Math.max(0, light[2]) / most]
}

/**
 * What SDR shows of an HDR colour: full-range R'G'B' of BT.2020 (0 to 1) into full-range R'G'B' of BT.709 (0 to 1, for
 * BT.1886's display, as every SDR film). The curve bends the brightest channel and takes the others along, so that a
 * sunset stays orange: bent one by one it turns yellow.
 */
export const toneMap = (kind: HdrKind, signal: Rgb): Rgb => {
  const nits: Rgb =
    kind === 'hlg' ? hlgToNits(signal) : [pqToNits(signal[0]), pqToNits(signal[1]), pqToNits(signal[2])]
  const brightest = Math.max(...nits)
  const gain = brightest > 0 ? compressLight(brightest) / brightest / sdrPeak : 0
  const [red, green, blue] = intoGamut(to709([gain * nits[0], gain * nits[1], gain * nits[2]]))
  return [lightToSdr(red), lightToSdr(green), lightToSdr(blue)]
}

/**
 * `toneMap` as the text of a .cube file (Adobe's Cube LUT specification 1.0: red runs fastest) for ffmpeg's `lut3d`,
 * `size` points a side. That filter is ffmpeg's own; `zscale`, the usual way, needs a library that many builds lack.
 */
export const toneMapCube = (kind: HdrKind, size = 33): string => {
  const lines = [`TITLE "Kinora ${kind} to BT.709, version ${toneMapVersion}"`, `LUT_3D_SIZE ${size}`]
  const last = size - 1
  for (let blue = 0; blue < size; blue += 1)
    for (let green = 0; green < size; green += 1)
      for (let red = 0; red < size; red += 1) {
        const colour = toneMap(kind, [red / last, green / last, blue / last])
        lines.push(colour.map((value) => value.toFixed(4)).join(' '))
      }
  return `${lines.join('\n')}\n`
}
