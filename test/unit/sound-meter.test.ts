import { describe, expect, test } from 'vitest'
import type { FilmTrack } from '../../src-main/domain/film-tracks.ts'
import { kWeighting } from '../../src-main/domain/k-weighting.ts'
import { silenceLevel, silences } from '../../src-main/domain/silences.ts'
import { createSoundMeter, loudnessOf, soundRate } from '../../src-main/domain/sound-meter.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'

/** `seconds` of sound whose sample at second t is `at(t)`. */
const sound = (seconds: number, at: (t: number) => number): Float32Array =>
  Float32Array.from({ length: Math.round(seconds * soundRate) }, (_, i) => at(i / soundRate))

const tone = (hertz: number, amplitude: number): ((t: number) => number) => {
  return (t) => amplitude * Math.sin(2 * Math.PI * hertz * t)
}

/** Bursts like syllables with pauses, over a room's noise. */
const talk = (seconds: number, seed: number): Float32Array => {
  const random = seededRandom(seed)
  return sound(seconds, (t) => {
    const noise = random() * 2 - 1
    const syllable = t % 4 < 2.8 ? Math.max(0, Math.sin(2 * Math.PI * 4 * t)) : 0
    return 0.0005 * noise + 0.2 * syllable * (0.5 * Math.sin(2 * Math.PI * 220 * t) + 0.5 * noise)
  })
}

const measure = (samples: Float32Array, seconds: number): readonly [FilmTrack, FilmTrack] => {
  const meter = createSoundMeter(0)
  meter.push(samples)
  const [loudness, onset] = meter.take(seconds)
  if (loudness === undefined || onset === undefined) throw new Error('two tracks')
  return [loudness, onset]
}

const bytes = (tracks: readonly FilmTrack[]): readonly (readonly number[])[] =>
  tracks.map(({ values }) => [...values])

describe('K-weighting', () => {
  /** Decibels that the two filters add at `hertz`. */
  const gain = (rate: number, hertz: number): number => {
    const w = (2 * Math.PI * hertz) / rate
    const power = ({ b0, b1, b2, a1, a2 }: ReturnType<typeof kWeighting>[number]): number => {
      const size = (c0: number, c1: number, c2: number): number =>
        (c0 + c1 * Math.cos(w) + c2 * Math.cos(2 * w)) ** 2 + (c1 * Math.sin(w) + c2 * Math.sin(2 * w)) ** 2
      return size(b0, b1, b2) / size(1, a1, a2)
    }
    return 10 * Math.log10(kWeighting(rate).reduce((product, biquad) => product * power(biquad), 1))
  }

  test('at 48 kHz it is the published table', () => {
    const [shelf, cut] = kWeighting(48_000)
    expect(shelf.b0).toBeCloseTo(1.53512485958697, 10)
    expect(shelf.a2).toBeCloseTo(0.73248077421585, 10)
    expect(cut.b1).toBeCloseTo(-2, 10)
    expect(cut.a1).toBeCloseTo(-1.99004745483398, 10)
  })

  test.for([20, 40, 100, 500, 1000, 2000, 4000, 6000])('at 16 kHz it weighs %i Hz as at 48', (hertz) => {
    expect(Math.abs(gain(16_000, hertz) - gain(48_000, hertz))).toBeLessThan(0.25)
  })
})

describe('loudness', () => {
  test('a tone of 997 Hz at full scale in one channel is -3.01 LUFS (BS.1770-5)', () => {
    const [loudness] = measure(sound(3, tone(997, 1)), 3)
    expect(loudness.values).toHaveLength(30)
    expect(loudnessOf(loudness.values[20] ?? 0)).toBeCloseTo(-3, 0)
    const [quiet] = measure(sound(3, tone(997, 0.01)), 3)
    expect(loudnessOf(quiet.values[20] ?? 0)).toBe(-43)
  })

  test('a cell tells of the 400 ms that end with it', () => {
    const [{ values }] = measure(
      sound(3, (t) => (t >= 1 && t < 2 ? tone(997, 0.1)(t) : 0)),
      3,
    )
    expect([...values.subarray(0, 10)]).toEqual(Array.from({ length: 10 }, () => 0))
    // A quarter of the window is 6 dB less than all of it.
    expect(loudnessOf(values[10] ?? 0)).toBeCloseTo(-29, 0)
    expect(loudnessOf(values[13] ?? 0)).toBe(-23)
    expect(loudnessOf(values[19] ?? 0)).toBe(-23)
    expect(loudnessOf(values[22] ?? 0)).toBeCloseTo(-29, 0)
    expect(values[24]).toBe(0)
  })
})

describe('onset', () => {
  test('a stroke stands within 20 ms of where it is, wherever that is in a cell', () => {
    const wrong: string[] = []
    for (let i = 0; i < 40; i++) {
      const at = 1 + i * 0.2503
      const [, { values }] = measure(
        sound(12, (t) => 0.001 * Math.sin(2 * Math.PI * 440 * t) + (t >= at ? tone(880, 0.5)(t - at) : 0)),
        12,
      )
      const peak = values.indexOf(Math.max(...values))
      if (Math.abs(peak * 0.02 + 0.01 - at) > 0.02) wrong.push(`${at}: ${peak * 0.02}`)
    }
    expect(wrong).toEqual([])
  })

  test('beats stand out of noise, and neither a steady tone nor a fading one is an onset', () => {
    const random = seededRandom(3)
    const beats = sound(
      10,
      (t) => 0.02 * (random() * 2 - 1) + 0.5 * Math.exp(-30 * (t % 0.5)) * tone(90, 1)(t),
    )
    const [, { values }] = measure(beats, 10)
    const onBeat = [...values].filter((_, i) => i >= 25 && i % 25 <= 1)
    const between = [...values].filter((_, i) => i >= 25 && i % 25 > 2)
    const best = Array.from({ length: 19 }, (_, i) => Math.max(onBeat[2 * i] ?? 0, onBeat[2 * i + 1] ?? 0))
    expect(Math.min(...best)).toBeGreaterThan(Math.max(...between))
    const [, steady] = measure(
      sound(4, (t) => Math.exp(-t / 4) * tone(440, 0.5)(t)),
      4,
    )
    expect(Math.max(...steady.values)).toBeLessThanOrEqual(1)
  })

  test('a film that begins in the middle of a tone does not begin with a stroke', () => {
    const [, { values }] = measure(sound(1, tone(440, 0.5)), 1)
    expect(values[0]).toBe(0)
    expect(Math.max(...values)).toBeLessThanOrEqual(1)
  })
})

describe('parts', () => {
  const film = talk(30, 1)
  const whole = bytes(measure(film, 30))

  test.for([1, 7, 160, 16_384, 100_003])('pieces of %i samples change nothing', (piece) => {
    const meter = createSoundMeter(0)
    for (let at = 0; at < film.length; at += piece) meter.push(film.subarray(at, at + piece))
    expect(bytes(meter.take(30))).toEqual(whole)
    expect(meter.until()).toBe(30)
  })

  test('taken in parts as it comes, it is the same', () => {
    const meter = createSoundMeter(0)
    const parts = [10, 20, 30].map((to) => {
      // Sound is ahead of what is taken.
      meter.push(film.subarray((to - 10) * soundRate + (to === 10 ? 0 : 3000), to * soundRate + 3000))
      return bytes(meter.take(to))
    })
    expect([0, 1].map((kind) => parts.flatMap((part) => part[kind]))).toEqual(whole)
  })

  test.for([1, 2, 7.77, 10])('resumed at 10 s with %f s of warming up, it is the same', (warm) => {
    const meter = createSoundMeter(10, 10 - warm)
    meter.push(film.subarray(Math.round((10 - warm) * soundRate)))
    const [loudness, onset] = bytes(meter.take(30))
    expect([loudness, onset]).toEqual([whole[0]?.slice(100), whole[1]?.slice(500)])
  })

  test('ends with the film, not with a whole cell, and is silent where the sound ends early', () => {
    const meter = createSoundMeter(0)
    meter.push(film.subarray(0, 5 * soundRate + 77))
    const [loudness, onset] = meter.take(12.345)
    expect([loudness?.values.length, onset?.values.length]).toEqual([124, 618])
    expect(Math.max(...(loudness?.values.subarray(56) ?? []))).toBe(0)
    expect(Math.max(...(onset?.values.subarray(253) ?? []))).toBe(0)
    expect([...(loudness?.values.subarray(0, 50) ?? [])]).toEqual(whole[0]?.slice(0, 50))
  })

  test('sound that comes when its part is gone moves nothing', () => {
    const meter = createSoundMeter(0)
    meter.push(film.subarray(0, 8 * soundRate))
    meter.take(10)
    meter.push(film.subarray(8 * soundRate))
    const [loudness, onset] = bytes(meter.take(30))
    // The first second still remembers that it was silent before.
    expect([loudness?.slice(10), onset?.slice(50)]).toEqual([whole[0]?.slice(110), whole[1]?.slice(550)])
  })

  test('sound that begins later than the film', () => {
    const meter = createSoundMeter(0, 1.3)
    meter.push(film)
    const late = bytes(meter.take(31))
    const padded = new Float32Array(31 * soundRate)
    padded.set(film.subarray(0, Math.round(29.7 * soundRate)), Math.round(1.3 * soundRate))
    expect(late[0]?.slice(0, 300)).toEqual(bytes(measure(padded, 31))[0]?.slice(0, 300))
  })

  test('after a long silence it hears as at the beginning', () => {
    const silent = new Float32Array(40 * soundRate)
    silent.set(film.subarray(0, 5 * soundRate), 33 * soundRate)
    const [late] = measure(silent, 40)
    const [early] = measure(film.subarray(0, 5 * soundRate), 7)
    expect([...late.values.subarray(330)]).toEqual([...early.values])
  })
})

describe('silences', () => {
  const track = (values: readonly number[]): FilmTrack => ({
    kind: 'loudness',
    rate: 10,
    size: 1,
    values: Uint8Array.from(values),
  })

  test('pauses between sentences, to a tenth of a second, and not those between syllables', () => {
    const [loudness] = measure(talk(20, 5), 20)
    const found = silences(loudness)
    expect(found).toHaveLength(5)
    for (const [i, { start, end }] of found.entries()) {
      expect(start).toBeGreaterThan(4 * i + 2.5)
      expect(start).toBeLessThan(4 * i + 3.1)
      expect(Math.abs(end - 4 * (i + 1))).toBeLessThan(0.15)
    }
  })

  test('the level follows the film between -60 and -40 LUFS', () => {
    expect(silenceLevel(track([]))).toBe(-60)
    expect(silenceLevel(track(Array.from({ length: 50 }, () => 0)))).toBe(-60)
    expect(silenceLevel(track(Array.from({ length: 50 }, () => 110)))).toBe(-40)
    expect(silenceLevel(track(Array.from({ length: 50 }, () => 44)))).toBeCloseTo(-60)
    expect(silenceLevel(track(Array.from({ length: 50 }, () => 50)))).toBeCloseTo(-60)
    expect(silenceLevel(track(Array.from({ length: 50 }, () => 84)))).toBeCloseTo(-48)
  })

  test('a silent film is one silence, and one cell is none', () => {
    expect(silences(track([0, 0, 0, 0, 0, 0, 0]))).toEqual([{ start: 0, end: 0.7 }])
    expect(silences(track([90, 90, 90, 90, 90, 0, 90, 90]))).toEqual([])
    expect(silences(track([90, 90, 90, 90, 90, 0, 0, 90]))).toEqual([{ start: 0.2, end: 0.7 }])
    expect(silences(track([]))).toEqual([])
  })
})
