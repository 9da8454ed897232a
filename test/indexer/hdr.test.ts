import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { expectOk } from '../../src-preload/contract/result.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { rgbFilter } from '../../src-main/domain/display-filters.ts'
import { toneMap, toneMapCube, type HdrKind } from '../../src-main/domain/tone-map.ts'
import type { Rgb } from '../../src-main/domain/transfer-functions.ts'
import { toneMapReference } from '../../src-main/foundation/tone-map-file.ts'
import { meanDifference } from '../media/full-decode.ts'
import { probeClip, skimClip } from '../media/skim-clip.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { sharedFolder } from '../shared-folder.ts'
import { binaries, make } from './films.ts'
import { scratchFolder } from './scratch.ts'

const shared = sharedFolder()
const transfers = { pq: 'smpte2084', hlg: 'arib-std-b67' } as const

type Picture = { readonly width: number; readonly height: number; readonly colours: readonly Rgb[] }

const clamp = (value: number): number => Math.min(1, Math.max(0, value))

/** 10-bit limited-range Y, Cb and Cr of a full-range R'G'B' (BT.2020 table 4 and 5). */
const toYuv = ([red, green, blue]: Rgb): Rgb => {
  const luma = 0.2627 * red + 0.678 * green + 0.0593 * blue
  return [
    Math.round(64 + 876 * luma),
    Math.round(512 + (896 * (blue - luma)) / 1.8814),
    Math.round(512 + (896 * (red - luma)) / 1.4746),
  ]
}

const fromYuv = ([y, cb, cr]: Rgb): Rgb => {
  const luma = (y - 64) / 876
  const red = luma + (1.4746 * (cr - 512)) / 896
  const blue = luma + (1.8814 * (cb - 512)) / 896
  return [clamp(red), clamp((luma - 0.2627 * red - 0.0593 * blue) / 0.678), clamp(blue)]
}

/** Writes an HDR film of pictures of R'G'B' signals, far apart so that each can be sought, and answers its path. */
const writeHdr = (kind: HdrKind, pictures: readonly Picture[]): string => {
  const folder = scratchFolder()
  const planes = pictures.flatMap(({ colours }) => {
    const yuv = colours.map(toYuv)
    return [0, 1, 2].map((plane) => Uint16Array.from(yuv, (sample) => sample[plane] ?? 0))
  })
  const raw = join(folder, 'film.yuv')
  writeFileSync(raw, Buffer.concat(planes.map((plane) => Buffer.from(plane.buffer))))
  const { width = 0, height = 0 } = pictures[0] ?? {}
  const tags = ['-colorspace', 'bt2020nc', '-color_primaries', 'bt2020', '-color_trc', transfers[kind]]
  const input = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'yuv444p10le',
    '-video_size',
    `${width}x${height}`,
    '-r',
    '1/6',
  ]
  const path = join(folder, 'film.mkv')
  make(...input, '-i', raw, '-c:v', 'ffv1', ...tags, '-color_range', 'tv', path)
  return path
}

const probed = async (path: string): Promise<VideoFacts> => expectOk(await probeClip(binaries, path), path)

/** The pictures that a skim makes of a film, at `width` x `height`. */
const skimmed = async (path: string, width: number, height: number): Promise<readonly Uint8Array[]> => {
  const output = { filter: `scale=${width}:${height}:flags=area`, width, height }
  const { frames, result } = await skimClip(binaries, path, await probed(path), [output])
  expectOk(result, path)
  return frames.flatMap(({ pictures }) => pictures.slice(0, 1))
}

/** Mean luma and mean saturation (greatest less least channel), 0 to 255. */
const lookOf = (pictures: readonly Uint8Array[]): { readonly luma: number; readonly saturation: number } => {
  let [luma, saturation, count] = [0, 0, 0]
  for (const picture of pictures)
    for (let i = 0; i < picture.length; i += 3) {
      const [red = 0, green = 0, blue = 0] = picture.subarray(i, i + 3)
      luma += 0.2126 * red + 0.7152 * green + 0.0722 * blue
      saturation += Math.max(red, green, blue) - Math.min(red, green, blue)
      count += 1
    }
  return { luma: luma / count, saturation: saturation / count }
}

describe.for(['pq', 'hlg'] as const)('%s through ffmpeg', (kind) => {
  const side = 32
  const least = kind === 'pq' ? 0.15 : 0.2
  const patches = (spread: number): Picture => {
    const random = seededRandom(7)
    const around = (middle: number): number => clamp(middle + spread * (2 * random() - 1))
    const colours = Array.from({ length: side * side }, (): Rgb => {
      const middle = least + (0.75 - least) * random()
      return [around(middle), around(middle), around(middle)]
    })
    return { width: side, height: side, colours }
  }

  test.for([
    ['gray', 0, 0.6, 1.5],
    ['colours of every day', 0.06, 1, 10],
  ] as const)('%s: what the formulas say', async ([, spread, mean, nearlyAll]) => {
    const picture = patches(spread)
    const path = writeHdr(kind, [picture])
    expect((await probed(path)).hdr).toBe(kind)
    const [seen] = await skimmed(path, side, side)
    const right = picture.colours.flatMap((colour) =>
      toneMap(kind, fromYuv(toYuv(colour))).map((value) => value * 255),
    )
    const errors = right.map((value, i) => Math.abs(value - (seen?.[i] ?? 0)))
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(mean)
    errors.sort((one, other) => one - other)
    expect(errors[Math.floor(errors.length * 0.99)]).toBeLessThan(nearlyAll)
  })
})

/** The nits of a BT.1886 display whose white has 203, by 8-bit signal. */
const nitsOf = Float64Array.from({ length: 256 }, (_, signal) => 203 * (signal / 255) ** 2.4)

/** Light into signal by the standards' own formulas, written down a second time (BT.2100 tables 4 and 5). */
const toSignal: Readonly<Record<HdrKind, (nits: Rgb) => Rgb>> = {
  pq: (nits) => {
    const signal = (value: number): number => {
      const power = (value / 10_000) ** 0.1593017578125
      return ((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375
    }
    return [signal(nits[0]), signal(nits[1]), signal(nits[2])]
  },
  hlg: (nits) => {
    const shown = (0.2627 * nits[0] + 0.678 * nits[1] + 0.0593 * nits[2]) / 1000
    const gain = shown === 0 ? 0 : shown ** (1 / 1.2 - 1) / 1000
    const signal = (value: number): number => {
      const scene = value * gain
      return scene <= 1 / 12
        ? Math.sqrt(3 * scene)
        : 0.17883277 * Math.log(12 * scene - 0.28466892) + 0.55991073
    }
    return [signal(nits[0]), signal(nits[1]), signal(nits[2])]
  },
}

/** The HDR sibling of an SDR picture: the same light, in BT.2020 (BT.2087's matrix). */
const hdrSibling = (kind: HdrKind, rgb: Uint8Array, width: number, height: number): Picture => {
  const colours = Array.from({ length: width * height }, (_, i): Rgb => {
    const [red = 0, green = 0, blue = 0] = [...rgb.subarray(i * 3, i * 3 + 3)].map(
      (signal) => nitsOf[signal] ?? 0,
    )
    return toSignal[kind]([
      0.6274 * red + 0.3293 * green + 0.0433 * blue,
      0.0691 * red + 0.9195 * green + 0.0114 * blue,
      0.0164 * red + 0.088 * green + 0.8956 * blue,
    ])
  })
  return { width, height, colours }
}

const sizeOf = { width: 160, height: 90 }

/** Three pictures of an SDR film, rgb24. */
const sdrPictures = (input: readonly string[]): readonly Uint8Array[] => {
  const path = join(scratchFolder(), 'pictures.rgb')
  const filter = `fps=1/4,scale=${sizeOf.width}:${sizeOf.height}:flags=area,format=rgb24`
  make(...input, '-an', '-sn', '-vf', filter, '-frames:v', '3', '-f', 'rawvideo', path)
  const bytes = readFileSync(path)
  const each = sizeOf.width * sizeOf.height * 3
  return Array.from({ length: bytes.length / each }, (_, i) => bytes.subarray(i * each, (i + 1) * each))
}

const sources = {
  'drawn bars': ['-f', 'lavfi', '-i', 'testsrc2=duration=12:size=320x180:rate=1'],
  'a real film':
    shared === null ? null : ['-i', join(shared, 'media/torchcodec/nasa_13013.mp4'), '-map', '0:v:0'],
}

describe.for(['drawn bars', 'a real film'] as const)('the HDR sibling of %s', (name) => {
  test.for(['pq', 'hlg'] as const)('looks like the SDR film: %s', async (kind, context) => {
    const source = sources[name]
    if (source === null) return context.skip('SKIPPED: no shared folder')
    const { width, height } = sizeOf
    const sdr = sdrPictures(source)
    expect(sdr.length).toBeGreaterThan(1)
    const path = writeHdr(
      kind,
      sdr.map((picture) => hdrSibling(kind, picture, width, height)),
    )
    const seen = await skimmed(path, width, height)
    expect(seen).toHaveLength(sdr.length)
    const [wanted, got] = [lookOf(sdr), lookOf(seen)]
    // White is a tenth darker on purpose, so bars of full white and colour lose more than a film does.
    expect(got.luma / wanted.luma).toBeGreaterThan(name === 'drawn bars' ? 0.88 : 0.95)
    expect(got.luma / wanted.luma).toBeLessThan(1.02)
    expect(got.saturation / wanted.saturation).toBeGreaterThan(name === 'drawn bars' ? 0.85 : 0.93)
    expect(got.saturation / wanted.saturation).toBeLessThan(1.05)
    // Shown as if it were SDR it would be nowhere near.
    const worst = Math.max(...sdr.map((picture, i) => meanDifference(picture, seen[i]!)))
    expect(worst).toBeLessThan(name === 'drawn bars' ? 18 : 4)
  })
})

describe.skipIf(shared === null)('HDR files of others', () => {
  const canCompare = /\bzscale\b/.test(
    execFileSync(binaries.ffmpeg, ['-v', 'quiet', '-filters'], { encoding: 'utf8' }),
  )
  if (!canCompare) console.warn(`SKIPPED: ${binaries.ffmpeg} has no zscale to compare with`)

  // Both carry an SDR film's samples under the name of PQ (nasa_13013.mp4's, to the level): what they say is what counts.
  test.skipIf(!canCompare).for(['nasa_13013_hdr.mp4', 'bt2020_10bit.mp4'])(
    "like ffmpeg's own chain: %s",
    async (name) => {
      const path = join(shared ?? '', 'media/torchcodec', name)
      const facts = await probed(path)
      expect(facts.hdr).toBe('pq')
      const { width, height } = facts
      const own = join(scratchFolder(), 'own.rgb')
      const linear = 'zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709'
      const chain = `${linear},tonemap=mobius:desat=0,zscale=t=bt709:m=bt709:r=full,format=rgb24`
      make(
        '-i',
        path,
        '-map',
        `0:${facts.streamIndex}`,
        '-vf',
        chain,
        '-frames:v',
        '1',
        '-f',
        'rawvideo',
        own,
      )
      const [seen] = await skimmed(path, width, height)
      const theirs = readFileSync(own)
      expect(meanDifference(seen!, theirs)).toBeLessThan(5)
      const [wanted, got] = [lookOf([theirs]), lookOf([seen!])]
      expect(Math.abs(wanted.luma - got.luma)).toBeLessThan(2)
      expect(Math.abs(wanted.saturation - got.saturation)).toBeLessThan(3)
    },
  )
})

describe("the tone map's file", () => {
  const use = (reference: string | null): void => {
    const filter = `format=yuv420p10,${rgbFilter({ hdr: 'pq' }, reference)}`
    make('-f', 'lavfi', '-i', 'testsrc=duration=1:size=32x32:rate=1', '-vf', filter, '-f', 'null', '-')
  }

  test('is found in folders of any name', async () => {
    const names = ['plain', "it's, [odd]; 100% = a:b", ' spaces  ', 'ü ñ 日本']
    const odd =
      process.platform === 'win32' ? names.map((name) => name.replaceAll(':', '')) : [...names, 'back\\slash']
    for (const name of odd) {
      const reference = await toneMapReference('pq', join(scratchFolder(), name, 'maps'))
      use(reference)
    }
  })

  test('is written once, whole, also by two at a time, and made again when it was cleaned away', async () => {
    const folder = join(scratchFolder(), 'deep', 'maps')
    const [one, other] = await Promise.all([toneMapReference('hlg', folder), toneMapReference('hlg', folder)])
    expect(one).toBe(other)
    const [file, ...more] = readdirSync(folder)
    expect(more).toEqual([])
    expect(readFileSync(join(folder, file ?? ''), 'utf8')).toBe(toneMapCube('hlg'))
    await toneMapReference('pq', folder)
    expect(readdirSync(folder)).toHaveLength(2)
    expect(await toneMapReference(null, folder)).toBeNull()
  })

  test('goes to a temporary folder where its own cannot be made', async () => {
    const file = join(scratchFolder(), 'a-file')
    writeFileSync(file, '')
    const reference = await toneMapReference('pq', join(file, 'maps'))
    expect(reference).not.toContain('a-file')
    // It goes with its process, but a test's worker is killed.
    onTestFinished(() => rmSync(dirname(reference ?? ''), { recursive: true, force: true }))
    use(reference)
  })
})
