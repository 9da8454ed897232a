import { createCellQueue } from './cell-queue.ts'
import type { FilmTrack } from './film-tracks.ts'
import { createKWeighter } from './k-weighting.ts'
import { createOnsetCurve } from './onset-curve.ts'

/** Samples a second of all sound that is measured: speech and beats are in it, and a film of 3 hours is 170 million. */
export const soundRate = 16_000
export const loudnessRate = 10
export const onsetRate = 50

const hopSamples = soundRate / onsetRate
const hopsABlock = onsetRate / loudnessRate
/** EBU R128 (Tech 3341): momentary loudness is over 400 ms. */
const blocksAWindow = 4
/** After half a second of nothing the filters have forgotten everything (1e-50), and the windows too. */
const hopsToForget = 25
const floorLufs = -70
/** Half a decibel: nobody hears less, and full-scale noise (+5 LUFS) still has a value. */
const stepLufs = 0.5

/** LUFS of a value of the track `loudness`; 0 means -70 or less. */
export const loudnessOf = (value: number): number => floorLufs + value * stepLufs

/** BS.1770-5: the loudness of a mean square after K-weighting, as a value of the track. */
const loudnessValue = (meanSquare: number): number => {
  const lufs = -0.691 + 10 * Math.log10(meanSquare)
  return Math.min(255, Math.max(0, Math.round((lufs - floorLufs) / stepLufs)))
}

/** How many cells of `rate` a second [from, to) has; times are sums of decimals, so a billionth is not a cell. */
const cellsWithin = (from: number, to: number, rate: number): number =>
  Math.max(0, Math.ceil((to - from) * rate - 1e-6))

const isSilent = (samples: Float32Array): boolean => {
  for (const sample of samples) if (sample !== 0) return false
  return true
}

/** Takes sound in, gives curves out. */
export type SoundMeter = {
  /** The next samples: mono, `soundRate` a second. */
  readonly push: (samples: Float32Array) => void
  /** The film's second up to which sound has come. */
  readonly until: () => number
  /**
   * The tracks of [from, `to`), and goes on from `to`: `loudness`, 10 a second, momentary (EBU R128: of the 400 ms that
   * end with the cell), 0 = -70 LUFS or less, then 0.5 dB a step; `onset`, 50 a second, what has grown since the cell
   * before, in steps of 0.2 dB (`createOnsetCurve`). Where no sound has come it is silent; what comes later is too late.
   */
  readonly take: (to: number) => readonly FilmTrack[]
}

/**
 * Measures sound from the film's second `from` on, piece by piece. `first`: the second of the first sample. Sound from
 * before `from` is not reported, but a second of it makes what follows the same as if there had been no beginning.
 */
export const createSoundMeter = (from: number, first: number = from): SoundMeter => {
  const weighter = createKWeighter(soundRate)
  const onsets = createOnsetCurve(soundRate)
  const [loudnessCells, onsetCells] = [createCellQueue(), createCellQueue()]
  const hop = new Float32Array(hopSamples)
  const zeros = new Float32Array(hopSamples)
  const blocks = new Float64Array(blocksAWindow)
  const offset = Math.round((first - from) * soundRate)
  /** Hops are counted from `from`. The first one may have begun before the first sample, and is silent until then. */
  let hopIndex = Math.min(0, Math.floor(offset / hopSamples))
  let filled = offset < 0 ? offset - hopIndex * hopSamples : 0
  let silentHops = 0
  let pushed = 0
  /** Samples that were taken for silent before they came. */
  let presumed = 0
  let start = from

  const endBlock = (): void => {
    let sum = 0
    for (const energy of blocks) sum += energy
    const value = sum === 0 ? 0 : loudnessValue(sum / (blocksAWindow * hopsABlock * hopSamples))
    if (hopIndex >= 0) loudnessCells.push(value)
    blocks.copyWithin(0, 1)
    blocks[blocksAWindow - 1] = 0
  }
  const endHop = (): void => {
    silentHops = isSilent(hop) ? silentHops + 1 : 0
    const forgotten = silentHops > hopsToForget
    if (silentHops === hopsToForget + 1) {
      weighter.reset()
      onsets.reset()
      blocks.fill(0)
    }
    const last = blocksAWindow - 1
    if (!forgotten) blocks[last] = (blocks[last] ?? 0) + weighter.energy(hop)
    const onset = forgotten ? 0 : onsets.push(hop)
    if (hopIndex >= 0) onsetCells.push(onset)
    // Holds for hops before `from` as well: -1 ends a block, as 4 does.
    if ((hopIndex + 1) % hopsABlock === 0) endBlock()
    hopIndex += 1
    filled = 0
  }
  const add = (samples: Float32Array, begin: number): void => {
    for (let at = begin; at < samples.length;) {
      const count = Math.min(hopSamples - filled, samples.length - at)
      hop.set(samples.subarray(at, at + count), filled)
      filled += count
      at += count
      if (filled === hopSamples) endHop()
    }
  }
  const presumeHop = (): void => {
    const missing = hopSamples - filled
    presumed += missing
    add(zeros, filled)
  }
  if (offset > 0) add(new Float32Array(offset), 0)
  return {
    push: (samples) => {
      pushed += samples.length
      const late = Math.min(presumed, samples.length)
      presumed -= late
      add(samples, late)
    },
    until: () => first + pushed / soundRate,
    take: (to) => {
      const [loudness, onset] = [cellsWithin(start, to, loudnessRate), cellsWithin(start, to, onsetRate)]
      while (loudnessCells.size() < loudness || onsetCells.size() < onset) presumeHop()
      start = to
      return [
        { kind: 'loudness', rate: loudnessRate, size: 1, values: loudnessCells.take(loudness) },
        { kind: 'onset', rate: onsetRate, size: 1, values: onsetCells.take(onset) },
      ]
    },
  }
}
