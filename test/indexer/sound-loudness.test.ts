import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createSoundMeter, loudnessOf, soundRate } from '../../src-main/domain/sound-meter.ts'
import { factsOf, h264, hear, moving } from '../media/hear-clip.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { binaries, make } from './films.ts'
import { scratchFolder } from './scratch.ts'

describe('loudness beside ffmpeg ebur128', () => {
  const random = seededRandom(11)
  const noise = (): number => random() * 2 - 1
  const syllables = (t: number): number => (t % 3 < 2 ? Math.max(0, Math.sin(8 * Math.PI * t)) : 0.002)
  const signals: readonly (readonly [string, (t: number) => number])[] = [
    ['a tone of 60 Hz', (t) => 0.5 * Math.sin(2 * Math.PI * 60 * t)],
    ['a tone of 997 Hz', (t) => 0.1 * Math.sin(2 * Math.PI * 997 * t)],
    ['a tone of 5 kHz', (t) => 0.02 * Math.sin(2 * Math.PI * 5000 * t)],
    ['white noise', () => 0.2 * noise()],
    ['a rising tone', (t) => 0.2 * Math.sin(2 * Math.PI * (50 + 300 * t) * t)],
    ['bursts like speech', (t) => 0.4 * syllables(t) * (Math.sin(2 * Math.PI * 180 * t) + 0.5 * noise())],
  ]
  /** [seconds, momentary LUFS] as ffmpeg logs them; null where it cannot. */
  const ebur128 = (
    path: string,
    ...options: readonly string[]
  ): readonly (readonly [number, number])[] | null => {
    const asked = [
      '-nostdin',
      '-v',
      'verbose',
      '-i',
      path,
      '-vn',
      ...options,
      '-af',
      'ebur128',
      '-f',
      'null',
      '-',
    ]
    const { stderr, status } = spawnSync(binaries.ffmpeg, asked, { encoding: 'utf8', maxBuffer: 1e8 })
    if (status !== 0) return null
    return [...stderr.matchAll(/\bt:\s*([\d.]+)\s.*?M:\s*(-?[\d.]+)/g)].map(([, t, m]) => [
      Number(t),
      Number(m),
    ])
  }
  const compare = (mine: Uint8Array, theirs: readonly (readonly [number, number])[]): void => {
    // Its line at t tells of the 400 ms before t, as a cell that ends there; the first ones are not full.
    const apart = theirs.flatMap(([t, lufs]) => {
      const value = mine[Math.round(t * 10) - 1]
      return value === undefined || value === 0 || t < 0.6 || lufs < -69
        ? []
        : [Math.abs(loudnessOf(value) - lufs)]
    })
    expect(apart.length).toBeGreaterThan(30)
    expect(Math.max(...apart)).toBeLessThanOrEqual(0.5)
  }

  test.for(signals)('%s', ([name, at], { skip }) => {
    const pcm = Float32Array.from({ length: 6 * soundRate }, (_, i) => at(i / soundRate))
    const path = join(scratchFolder(), 'sound.f32')
    writeFileSync(path, Buffer.from(pcm.buffer))
    const wav = path.replace('.f32', '.wav')
    make('-f', 'f32le', '-ar', String(soundRate), '-ac', '1', '-i', path, '-c:a', 'pcm_f32le', wav)
    const theirs = ebur128(wav)
    if (theirs === null) {
      console.warn(`SKIPPED: ${name}: ${binaries.ffmpeg} has no filter ebur128`)
      return skip()
    }
    const meter = createSoundMeter(0)
    meter.push(pcm)
    compare(meter.take(6)[0]?.values ?? new Uint8Array(0), theirs)
  })

  test.for(['pcm_s16le', 'aac'])('a stereo film in %s, whose channels agree', async (codec, { skip }) => {
    const path = join(scratchFolder(), 'film.mov')
    const tone = "aevalsrc=exprs='0.3*sin(2*PI*700*t)*(0.6+0.4*sin(2*t))':s=48000:d=6"
    make(...moving(6), '-f', 'lavfi', '-i', tone, ...h264, '-ac', '2', '-c:a', codec, path)
    const theirs = ebur128(path)
    if (theirs === null) {
      console.warn(`SKIPPED: ${codec}: ${binaries.ffmpeg} has no filter ebur128`)
      return skip()
    }
    const meter = createSoundMeter(0)
    meter.push((await hear(path, await factsOf(path))).pcm)
    compare(meter.take(6)[0]?.values ?? new Uint8Array(0), theirs)
  })
})
