import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectOk } from '../../src-preload/contract/result.ts'
import type { TrialFilm } from '../../src-main/indexer/decoder-trial.ts'
import { createDecoderChoice, softwareDecoder } from '../../src-main/indexer/hardware-decoding.ts'
import type { DecoderChoice } from '../../src-main/indexer/hardware-decoding.ts'
import { probeClip } from '../media/skim-clip.ts'
import { binaries, make } from './films.ts'
import { never, scratchFolder } from './scratch.ts'

/** What the stand-in does when it is asked to decode in hardware. */
type Manner = 'right' | 'as-software' | 'other-pixels' | 'other-times' | 'no-device' | 'fails' | 'hangs'

/**
 * A program that stands in for an ffmpeg with hardware: it runs the real one without `-hwaccel`, and reports the frames
 * as coming from hardware. It notes every run with hardware in `runs`.
 */
const standIn = (folder: string, manners: Readonly<Record<string, Manner>>): string => {
  const script = `#!${process.execPath}
const { spawn } = require('node:child_process')
const { appendFileSync } = require('node:fs')
const args = process.argv.slice(2)
if (args.includes('-hwaccels')) {
  console.log('Hardware acceleration methods:\\n' + ${JSON.stringify(Object.keys(manners).join('\n'))} + '\\nvdpau')
  process.exit(0)
}
const at = args.indexOf('-hwaccel')
const name = at < 0 ? null : args[at + 1]
const manner = name === null ? null : ${JSON.stringify(manners)}[name]
if (name !== null) {
  args.splice(at, 2)
  appendFileSync(${JSON.stringify(join(folder, 'runs'))}, name + '\\n')
}
if (manner === 'hangs') setInterval(() => undefined, 1000)
else if (manner === 'no-device') {
  console.error('[AVHWDeviceContext @ 0x5654] Cannot load libcuda.so.1\\nDevice creation failed: -1.')
  process.exit(1)
} else if (manner === 'fails') {
  console.error('Error while decoding stream #0:0: Invalid data found when processing input')
  process.exit(1)
} else {
  const graph = args.indexOf('-filter_complex') + 1
  if (manner === 'other-pixels') args[graph] = args[graph].replace('scale=', 'hue=s=0,scale=')
  if (manner === 'other-times') args[graph] = args[graph].replace('scale=', 'setpts=PTS+0.01/TB,scale=')
  const child = spawn(${JSON.stringify(binaries.ffmpeg)}, args, { stdio: ['ignore', 'inherit', 'pipe', 3, 4] })
  const told = manner === null || manner === 'as-software' ? 'pixfmt:yuv420p' : 'pixfmt:nv12'
  child.stderr.on('data', (data) => process.stderr.write(String(data).replaceAll('pixfmt:yuv420p', told)))
  child.on('exit', (code) => process.exitCode = code)
}
`
  const path = join(folder, 'ffmpeg.cjs')
  writeFileSync(path, script)
  chmodSync(path, 0o755)
  return path
}

type Rig = {
  readonly choice: DecoderChoice
  readonly runs: () => readonly string[]
  readonly logged: string[]
}

const rig = (manners: Readonly<Record<string, Manner>>, trialSeconds = 15): Rig => {
  const folder = scratchFolder()
  writeFileSync(join(folder, 'runs'), '')
  const logged: string[] = []
  const choice = createDecoderChoice({
    ffmpeg: { ...binaries, ffmpeg: standIn(folder, manners) },
    enabled: true,
    log: { info: (...told: readonly unknown[]) => void logged.push(JSON.stringify(told)) },
    platform: 'linux',
    trialSeconds,
  })
  const runs = (): readonly string[] => readFileSync(join(folder, 'runs'), 'utf8').split('\n').slice(0, -1)
  return { choice, runs, logged }
}

let folder: string
let film: TrialFilm
const hevc = (): TrialFilm => ({ ...film, facts: { ...film.facts, codec: 'hevc' } })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kinora-test-'))
  const path = join(folder, 'film.mp4')
  const source = ['-f', 'lavfi', '-i', 'testsrc=duration=64:size=1280x720:rate=2,format=yuv420p']
  make(...source, '-c:v', 'mpeg4', '-q:v', '3', '-g', '8', path)
  film = { url: `file:${path}`, facts: expectOk(await probeClip(binaries, path), 'the film'), signal: never }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(process.platform === 'win32')(
  'hardware decoding by trial (the stand-in needs a shebang)',
  () => {
    test('is used where it gives the same times and pictures', async () => {
      const { choice, logged } = rig({ cuda: 'right' })
      expect(await choice.choose(film)).toEqual({ name: 'cuda', arguments: ['-hwaccel', 'cuda'] })
      expect(choice.reasons()).toEqual([])
      expect(logged.join()).toContain('proven')
    })

    test('is asked for in the order that fits the platform, and only where ffmpeg knows it', async () => {
      const { choice, runs } = rig({ d3d11va: 'right', cuda: 'right', vaapi: 'right' })
      expect((await choice.choose(film)).name).toBe('vaapi')
      expect(runs()).toEqual(['vaapi'])
    })

    test.for([
      ['other-pixels', /differs from software by [\d.]+ levels/],
      ['other-times', /has time/],
      ['as-software', /decodes to yuv420p/],
      ['fails', /Invalid data/],
    ] as const)(
      'is not used where it gives %s, and not tried again for such films',
      async ([manner, why]) => {
        const { choice, runs, logged } = rig({ vaapi: manner })
        expect(await choice.choose(film)).toBe(softwareDecoder)
        expect(await choice.choose(film)).toBe(softwareDecoder)
        expect(runs()).toEqual(['vaapi'])
        expect(choice.reasons()).toHaveLength(1)
        expect(choice.reasons()[0]).toMatch(why)
        expect(choice.reasons()[0]).toContain('vaapi for mpeg4')
        expect(logged.join()).toContain('not used')
        await choice.choose(hevc())
        expect(runs()).toEqual(['vaapi', 'vaapi'])
      },
    )

    test('is not tried again for any film where its device cannot be opened; the next one is', async () => {
      const { choice, runs } = rig({ vaapi: 'no-device', cuda: 'right' })
      expect((await choice.choose(film)).name).toBe('cuda')
      expect((await choice.choose(hevc())).name).toBe('cuda')
      expect(runs()).toEqual(['vaapi', 'cuda', 'cuda'])
      expect(choice.reasons()).toEqual(['vaapi: no usable device (Cannot load libcuda.so.1)'])
    })

    test('is given up where it hangs', async () => {
      const { choice, runs } = rig({ vaapi: 'hangs' }, 1)
      const start = performance.now()
      expect(await choice.choose(film)).toBe(softwareDecoder)
      expect(performance.now() - start).toBeLessThan(5000)
      await choice.choose(hevc())
      expect(runs()).toEqual(['vaapi'])
      expect(choice.reasons()).toEqual(['vaapi: did not come to an end'])
    })

    test('is not tried again for such films after one broke on the way', async () => {
      const { choice } = rig({ vaapi: 'right' })
      expect((await choice.choose(film)).name).toBe('vaapi')
      choice.reject('vaapi', film.facts, 'surface lost')
      expect(await choice.choose(film)).toBe(softwareDecoder)
      expect((await choice.choose(hevc())).name).toBe('vaapi')
      expect(choice.reasons()[0]).toContain('broke on the way: surface lost')
    })

    test('is not blamed for a film that software cannot decode either', async () => {
      const { choice } = rig({ vaapi: 'right' })
      const path = join(scratchFolder(), 'film.mp4')
      writeFileSync(path, readFileSync(join(folder, 'film.mp4')).subarray(0, 5000))
      expect(await choice.choose({ ...film, url: `file:${path}` })).toBe(softwareDecoder)
      expect(choice.reasons()).toEqual([])
    })

    test('is not tried on short and small films, without ffmpeg, or where it is switched off', async () => {
      const { choice, runs } = rig({ vaapi: 'right' })
      await choice.choose({ ...film, facts: { ...film.facts, duration: 60 } })
      await choice.choose({ ...film, facts: { ...film.facts, codedWidth: 1279 } })
      expect(runs()).toEqual([])
      const log = { info: () => undefined }
      const off = createDecoderChoice({ ffmpeg: binaries, enabled: false, log, platform: 'linux' })
      expect(await off.choose(film)).toBe(softwareDecoder)
      const without = createDecoderChoice({ ffmpeg: null, enabled: true, log, platform: 'linux' })
      expect(await without.choose(film)).toBe(softwareDecoder)
    })

    test('a trial that is stopped says nothing', async () => {
      const { choice } = rig({ vaapi: 'hangs' })
      const signal = AbortSignal.timeout(300)
      expect(await choice.choose({ ...film, signal })).toBe(softwareDecoder)
      expect(choice.reasons()).toEqual([])
    })
  },
)

test('this machine has what it says: hardware that is proven, or a reason for each that is not', async () => {
  const choice = createDecoderChoice({
    ffmpeg: binaries,
    enabled: true,
    log: { info: () => undefined },
    platform: process.platform,
  })
  const decoder = await choice.choose(film)
  console.info(`decodes with ${decoder.name}`, choice.reasons())
  for (const reason of choice.reasons()) expect(reason).toMatch(/^\w+( for [^:]+)?: ./)
})
