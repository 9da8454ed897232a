import FFT from 'fft.js'

/** 32 ms at 16 kHz: a longer window would smear a stroke over three cells of 20 ms, a shorter one lose the low drums. */
const windowSamples = 512
/** As methods.md (g) "beats" has it. */
const bands = 40
/** Power below which a band counts as silent, of a full-scale tone: -70 dB, where a camera's hiss flutters. */
const hiss = 1e-7
/** Decibels a step: 51 dB at most, a click out of silence; the flutter of steady noise is about 2 dB. */
const step = 0.2

const mel = (hertz: number): number => 2595 * Math.log10(1 + hertz / 700)

/** For each bin the mel band, counted in triangles from 0 Hz to half the rate, as a number with a fraction. */
const bandPositions = (rate: number): Float64Array =>
  Float64Array.from(
    { length: windowSamples / 2 },
    (_, bin) => (mel((bin * rate) / windowSamples) / mel(rate / 2)) * (bands + 1),
  )

/** A Hann window, scaled so that a full-scale tone has power 1 in its bin. */
const hann = (): Float64Array =>
  Float64Array.from(
    { length: windowSamples },
    (_, i) => (2 - 2 * Math.cos((2 * Math.PI * i) / windowSamples)) / windowSamples,
  )

/** Measures how much newly sounds, step by step. */
export type OnsetCurve = {
  /** The flux of the next `hop` samples: the mean over the bands of what has grown, 0 to 255 in steps of 0.2 dB. */
  readonly push: (hop: Float32Array) => number
  /** As after a long silence. */
  readonly reset: () => void
}

/**
 * Half-wave spectral flux of a log-mel spectrum (methods.md (g) "beats") for sound of `rate` samples a second in hops
 * of at most 512 samples. The window ends where its hop ends, so a stroke is seen in the hop in which it begins.
 */
export const createOnsetCurve = (rate: number): OnsetCurve => {
  const fft = new FFT(windowSamples)
  const shape = hann()
  const positions = bandPositions(rate)
  const heard = new Float32Array(windowSamples)
  const input = new Float64Array(windowSamples)
  const spectrum = new Float64Array(windowSamples * 2)
  // Bands 1 to `bands`; 0 and the last take what lies outside.
  const powers = new Float64Array(bands + 2)
  const levels = new Float64Array(bands + 2).fill(Math.log10(hiss))
  let hops = 0

  const measurePowers = (): void => {
    for (let i = 0; i < windowSamples; i++) input[i] = (heard[i] ?? 0) * (shape[i] ?? 0)
    fft.realTransform(spectrum, input)
    powers.fill(0)
    for (let bin = 1; bin < windowSamples / 2; bin++) {
      const re = spectrum[2 * bin] ?? 0
      const im = spectrum[2 * bin + 1] ?? 0
      const power = re * re + im * im
      const position = positions[bin] ?? 0
      const band = Math.floor(position)
      const above = (position - band) * power
      powers[band] = (powers[band] ?? 0) + power - above
      powers[band + 1] = (powers[band + 1] ?? 0) + above
    }
  }
  return {
    push: (hop) => {
      heard.copyWithin(0, hop.length)
      heard.set(hop, windowSamples - hop.length)
      measurePowers()
      let grown = 0
      for (let band = 1; band <= bands; band++) {
        const level = Math.log10((powers[band] ?? 0) + hiss)
        grown += Math.max(0, level - (levels[band] ?? 0))
        levels[band] = level
      }
      hops += 1
      // A film may begin in the middle of a tone: nothing grows until the window has been filled.
      if (hops * hop.length < windowSamples + hop.length) return 0
      return Math.min(255, Math.round((10 * grown) / bands / step))
    },
    reset: () => {
      heard.fill(0)
      levels.fill(Math.log10(hiss))
    },
  }
}
