import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { createSoundMeter, soundRate } from '../../src-main/domain/sound-meter.ts'
import { clicks, factsOf, h264, hear, moving, seconds } from '../media/hear-clip.ts'
import { binaries, make } from './films.ts'
import { scratchFolder } from './scratch.ts'

/** Seconds of the film at which a click begins. */
const clicksIn = (pcm: Float32Array, from: number): readonly number[] => {
  const clicks: number[] = []
  let last = -1
  for (const [i, sample] of pcm.entries()) {
    if (Math.abs(sample) < 0.25) continue
    if (last < 0 || i - last > 0.2 * soundRate) clicks.push(from + i / soundRate)
    last = i
  }
  return clicks
}

/** Film seconds at which the picture of a film begins. */
const pictureStart = (path: string, facts: VideoFacts): number => {
  const told = execFileSync(binaries.ffprobe, [
    ...['-v', 'error', '-select_streams', String(facts.streamIndex)],
    ...['-show_entries', 'stream=start_time', '-of', 'csv=p=0', `file:${path}`],
  ])
  return Number.parseFloat(told.toString()) - facts.startTime
}

/** Films whose clicks stand at full seconds of their pictures, unless `shift` says how much later. */
type Film = {
  readonly name: string
  readonly draw: (folder: string) => string
  readonly shift?: number
  /** Clicks that are not there. */
  readonly lost?: (second: number) => boolean
}
const drawn =
  (file: string, ...options: readonly string[]): Film['draw'] =>
  (folder) => {
    make(...options, join(folder, file))
    return join(folder, file)
  }
/** A first film, and what ffmpeg makes of it. */
const remade =
  (file: string, options: (base: string) => readonly string[]): Film['draw'] =>
  (folder) => {
    const base = join(folder, 'base.mp4')
    make(...clicks(['-c:a', 'aac', '-ac', '2']), base)
    make(...options(base), join(folder, file))
    return join(folder, file)
  }
const joined: Film['draw'] = (folder) => {
  const halves = [2, 6].map((channels, i) => {
    const half = join(folder, `half${i}.ts`)
    const options = ['-c:a', 'ac3', '-ac', String(channels), '-output_ts_offset', String(6 * i)]
    make(...clicks(options, 48_000, 6), half)
    return half
  })
  const path = join(folder, 'joined.ts')
  writeFileSync(path, Buffer.concat(halves.map((half) => readFileSync(half))))
  return path
}

const films: readonly Film[] = [
  { name: 'MP4, AAC 44.1 kHz stereo', draw: drawn('a.mp4', ...clicks(['-c:a', 'aac', '-ac', '2'])) },
  {
    name: 'MOV, PCM 48 kHz 5.1',
    draw: drawn('b.mov', ...clicks(['-c:a', 'pcm_s16le', '-ac', '6'], 48_000)),
  },
  {
    name: 'AVI, PCM 8 kHz mono',
    draw: drawn('c.avi', ...clicks(['-c:v', 'mpeg4', '-c:a', 'pcm_s16le'], 8000)),
  },
  {
    name: 'MPEG-PS, MP2 32 kHz',
    draw: drawn('d.mpg', ...clicks(['-c:v', 'mpeg2video', '-c:a', 'mp2'], 32_000)),
  },
  {
    name: 'sound that begins 1.3 s late',
    shift: 1.3,
    draw: remade('e.mp4', (base) => {
      return ['-i', base, '-itsoffset', '1.3', '-i', base, '-map', '0:v', '-map', '1:a', '-c', 'copy']
    }),
  },
  {
    name: 'MPEG-TS that starts at 8.333 s',
    draw: remade('f.ts', (base) => ['-itsoffset', '8.333', '-i', base, '-copyts', '-c', 'copy']),
  },
  {
    name: 'Matroska that starts at 8.333 s',
    draw: remade('g.mkv', (base) => ['-itsoffset', '8.333', '-i', base, '-copyts', '-c', 'copy']),
  },
  {
    name: 'pictures that begin 2 s after the sound',
    shift: -2,
    draw: remade('h.mp4', (base) => {
      return ['-itsoffset', '2', '-i', base, '-i', base, '-map', '0:v', '-map', '1:a', '-c', 'copy']
    }),
  },
  {
    // The pictures' list begins at a key frame, so the pictures are the reference, not the cut.
    name: 'MP4 with an edit list',
    shift: 0.7,
    lost: (second) => second >= 10,
    draw: remade('i.mp4', (base) => ['-ss', '1.3', '-i', base, '-c', 'copy']),
  },
  {
    name: 'sound with a gap of 2.3 s',
    draw: drawn(
      'j.mkv',
      ...clicks(['-af', "aselect='not(between(t,4.5,6.8))'", '-c:a', 'pcm_s16le'], 16_000),
    ),
    lost: (second) => second >= 5 && second <= 6,
  },
  // A frame of the first half lies over the second one's beginning.
  { name: 'sound that changes from stereo to 5.1', draw: joined, lost: (second) => second === 6 },
]

describe('sound stands where the pictures are, within 20 ms', () => {
  for (const { name, draw, shift = 0, lost = () => false } of films) {
    test.for([0, 5, 5.5])(`${name}, from %f s`, async (from) => {
      const path = draw(scratchFolder())
      const facts = await factsOf(path)
      const { pcm, end } = await hear(path, facts, from)
      expect(end.result.ok).toBe(true)
      const offset = pictureStart(path, facts) + shift
      const expected = Array.from({ length: seconds }, (_, i) => i)
        .filter((i) => !lost(i))
        .map((i) => i + offset)
        // Neither a click that is cut in two nor the first one, which some encoders swallow.
        .filter((at, i) => at > from + 0.02 && (i > 0 || at > 0.1))
      const heard = clicksIn(pcm, from).filter(
        (at) => at > from + 0.02 && at > Math.min(0.1, expected[0] ?? 0) - 0.03,
      )
      expect(heard).toHaveLength(expected.length)
      for (const [i, at] of heard.entries()) expect(Math.abs(at - (expected[i] ?? 0))).toBeLessThan(0.02)
    })
  }
})

// Noise is the worst case. AAC makes some of its own, by chance, where the encoder left it out (perceptual noise substitution).
test.for([
  ['pcm_s16le', '0', 0, 0],
  ['aac', '0', 0, 0],
  ['aac', '1', 2, 0.05],
] as const)(
  'resumed, a film with %s (noise made by chance: %s) has the curves of an undisturbed run, but for %i steps',
  async ([codec, noise, most, share]) => {
    const path = join(scratchFolder(), 'film.mov')
    const wind = "aevalsrc=exprs='(random(0)-0.5)*(0.3+0.3*sin(3*t))|(random(1)-0.5)*0.4':s=44100:d=40"
    make(
      ...moving(40),
      '-f',
      'lavfi',
      '-i',
      wind,
      ...h264,
      '-c:a',
      codec,
      ...(codec === 'aac' ? ['-aac_pns', noise] : []),
      path,
    )
    const facts = await factsOf(path)
    const undisturbed = createSoundMeter(0)
    undisturbed.push((await hear(path, facts)).pcm)
    undisturbed.take(20)
    const resumed = createSoundMeter(20, 18)
    resumed.push((await hear(path, facts, 18)).pcm)
    const [before, after] = [undisturbed.take(40), resumed.take(40)]
    for (const [kind, track] of before.entries()) {
      const other = after[kind]?.values ?? new Uint8Array(0)
      expect(other).toHaveLength(track.values.length)
      const apart = track.values.map((value, i) => Math.abs(value - (other[i] ?? 0)))
      expect(Math.max(...apart)).toBeLessThanOrEqual(most)
      expect(apart.filter((steps) => steps > 0).length / apart.length).toBeLessThanOrEqual(share)
    }
  },
)
