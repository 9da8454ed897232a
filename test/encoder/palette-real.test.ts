import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { sharedFolder } from '../shared-folder.ts'
import { cosine, openPalette } from './palette-session.ts'

const ffmpeg = process.env['KINORA_FFMPEG'] ?? 'ffmpeg'
const shared = sharedFolder()
const runs = shared !== null && spawnSync(ffmpeg, ['-version']).status === 0
if (shared !== null && !runs) console.warn(`SKIPPED: ${ffmpeg} does not run; no real pictures for Palette`)

const photos =
  '084284 114174 126107 129648 159269 160012 183709 212679 213148 214753 231460 234748 252639 255165 358083 359219 ' +
  '397133 403353 408805 434204 442450 460229 475678 525891 551780 557172'
const named = [
  'bee.jpg',
  'boats on a lake.png',
  'books.jpg',
  'cake.jpg',
  'cat.jpg',
  'hot_dog.jpg',
  'parrot.jpg',
  'tree.webp',
]
/** Clip -> second of the frame. */
const clips: Readonly<Record<string, number>> = {
  'mdn/flower.mp4': 2,
  'mdn/friday.mp4': 3,
  'mdn/stream-of-water.mp4': 1,
  'mdn_learning/crystal.mp4': 1,
  'mdn_learning/elf.mp4': 1,
  'mdn_learning/frog.mp4': 1,
  'intel/bird.mkv': 1,
  'intel/bottle-detection.mp4': 5,
  'intel/car-detection.mp4': 5,
  'moviepy/chaplin.mp4': 1,
  'moviepy/big_buck_bunny_0_30.webm': 15,
  'moviepy/big_buck_bunny_432_433.webm': 0,
  'moviepy/smpte-2997.mp4': 2,
  'mediabunny/video.mp4': 1,
  'mp4parse/hevc_white_frame.mp4': 0,
  'torchcodec/nasa_13013.mp4': 6,
  'torchcodec/testsrc2_vp8.webm': 0,
}

/** Written before the first run, from the captions and file names alone; the pictures expected among the first three. */
const expected: Readonly<Record<string, readonly string[]>> = {
  beach: ['214753', '126107', '159269'],
  sand: ['126107', '214753'],
  Meer: ['214753', '159269', 'boats on a lake'],
  'black and white': ['chaplin'],
  cartoon: ['big_buck_bunny_0_30', 'big_buck_bunny_432_433', '114174'],
  Wald: ['442450', 'tree', 'big_buck_bunny_0_30', 'big_buck_bunny_432_433'],
  'green grass': ['442450', 'flower', 'big_buck_bunny_0_30', 'big_buck_bunny_432_433'],
  red: ['525891', '460229'],
  yellow: ['408805'],
  white: ['hevc_white_frame'],
  colourful: ['smpte-2997', 'testsrc2_vp8', 'parrot'],
  'blue sky': ['boats on a lake', '126107', '214753', '231460'],
}

describe.skipIf(!runs)('Palette on real pictures', () => {
  const frames: { readonly name: string; readonly vector: Float32Array }[] = []
  let read: (texts: readonly string[]) => Promise<readonly Float32Array[]>

  beforeAll(async () => {
    const palette = await openPalette()
    read = palette.read
    const { width, height } = palette.manifest.image
    const files = [
      ...photos.split(' ').map((name) => ({ name, path: `photos/coco/000000${name}.jpg`, at: 0 })),
      ...named.map((name) => ({ name: name.replace(/\.\w+$/, ''), path: `photos/named/${name}`, at: 0 })),
      ...Object.entries(clips).map(([path, at]) => ({
        name: path.replace(/^.*\/|\.\w+$/g, ''),
        path: `media/${path}`,
        at,
      })),
    ]
    for (const { name, path, at } of files) {
      const file = join(shared ?? '', path)
      if (!existsSync(file)) throw new Error(`${file} is missing from the shared folder`)
      const seek = at > 0 ? ['-ss', `${at}`] : []
      const scale = `scale=${width}:${height}:flags=area,format=rgb24`
      const output = ['-frames:v', '1', '-vf', scale, '-f', 'rawvideo', '-']
      const { stdout } = spawnSync(ffmpeg, ['-nostdin', '-v', 'error', ...seek, '-i', file, ...output])
      const size = width * height
      if (stdout.length !== 3 * size) {
        console.warn(`SKIPPED: ${ffmpeg} cannot read ${path}`)
        continue
      }
      const planes = Float32Array.from(
        { length: 3 * size },
        (_, i) => stdout[(i % size) * 3 + Math.floor(i / size)]! / 255,
      )
      const [vector] = await palette.see([planes])
      frames.push({ name, vector: vector! })
    }
  })

  test('finds most of what was expected before it was tried', async () => {
    const texts = Object.keys(expected)
    const vectors = await read(texts)
    const report = texts.map((text, i) => {
      const best = frames
        .map(({ name, vector }) => ({ name, score: cosine(vectors[i]!, vector) }))
        .toSorted((a, b) => b.score - a.score)
        .slice(0, 3)
      return { text, best, hit: best.some(({ name }) => expected[text]!.includes(name)) }
    })
    for (const { text, best, hit } of report)
      console.log(
        hit ? ' ' : '-',
        text.padEnd(16),
        best.map(({ name, score }) => `${name} ${score.toFixed(2)}`).join(', '),
      )
    // 7 of 12 in the very first run; the scenes were then adjusted while looking at these same pictures. So this guards what
    // was reached, and is no measure for footage Palette has not met (README.md, "How well it works").
    expect(report.filter(({ hit }) => hit).length).toBeGreaterThanOrEqual(9)
  })

  test('frames of one scene are nearer to each other than to anything else', () => {
    const nearest = (name: string): string | undefined => {
      const one = frames.find((frame) => frame.name === name)!
      const others = frames.filter((frame) => frame !== one)
      return others.toSorted((a, b) => cosine(b.vector, one.vector) - cosine(a.vector, one.vector))[0]?.name
    }
    for (const name of ['crystal', 'elf', 'frog'])
      expect(['crystal', 'elf', 'frog'], name).toContain(nearest(name))
    expect(['friday', '551780']).toContain(nearest('chaplin'))
  })
})
