/** Red, green, blue. What the numbers mean says whoever uses it. */
export type Rgb = readonly [number, number, number]

/** Constants of the perceptual quantizer: SMPTE ST 2084, ITU-R BT.2100-2 table 4. */
const m1 = 2610 / 16384
const m2 = (2523 / 4096) * 128
const c1 = 3424 / 4096
const c2 = (2413 / 4096) * 32
const c3 = (2392 / 4096) * 32
const pqPeak = 10_000

/** PQ's EOTF: signal 0 to 1 into light of 0 to 10,000 cd/m² (SMPTE ST 2084, BT.2100 table 4). */
export const pqToNits = (signal: number): number => {
  const root = Math.max(0, signal) ** (1 / m2)
  return pqPeak * (Math.max(0, root - c1) / (c2 - c3 * root)) ** (1 / m1)
}

/** The inverse of `pqToNits`. */
export const nitsToPq = (nits: number): number => {
  const power = (Math.max(0, nits) / pqPeak) ** m1
  return ((c1 + c2 * power) / (1 + c3 * power)) ** m2
}

/** Constants of hybrid log-gamma: BT.2100-2 table 5. */
const a = 0.17883277
const b = 1 - 4 * a
const c = 0.5 - a * Math.log(4 * a)

/** HLG's inverse OETF: signal 0 to 1 into scene light 0 to 1 (BT.2100 table 5). */
const hlgToScene = (signal: number): number =>
  signal <= 0.5 ? Math.max(0, signal) ** 2 / 3 : (Math.exp((signal - c) / a) + b) / 12

/** What the nominal HLG display shows at most, in cd/m², and the system gamma that goes with it (BT.2100 table 5). */
const hlgPeak = 1000
const hlgGamma = 1.2

/** Luminance of BT.2020 primaries (BT.2020 table 4). */
const luminance2020 = ([red, green, blue]: Rgb): number => 0.2627 * red + 0.678 * green + 0.0593 * blue

/** HLG's EOTF on the nominal display of 1000 cd/m², black 0: R'G'B' 0 to 1 into cd/m² (BT.2100 table 5, OOTF and all). */
export const hlgToNits = (signal: Rgb): Rgb => {
  const scene: Rgb = [hlgToScene(signal[0]), hlgToScene(signal[1]), hlgToScene(signal[2])]
  const gain = hlgPeak * luminance2020(scene) ** (hlgGamma - 1)
  return [gain * scene[0], gain * scene[1], gain * scene[2]]
}

/** The inverse of BT.1886's EOTF, the display that BT.709 films are graded on: light 0 to 1 into signal 0 to 1. */
export const lightToSdr = (light: number): number => Math.min(1, Math.max(0, light)) ** (1 / 2.4)
