import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { findFfmpeg } from '../../src-main/foundation/ffmpeg-binaries.ts'
import { expectOk } from '../../src-preload/contract/result.ts'
import { sharedFolder } from '../shared-folder.ts'

/** Pictures and a film for the test double, made once by ffmpeg and kept between runs. */
export const pictureFolder = resolve(import.meta.dirname, '../../test-results/pictures')

/** So many different films; every fifth is upright, every seventh 4:3. */
export const sceneCount = 24
export const spriteColumns = 5
export const spriteRows = 4
export const filmSeconds = 40
/** The film's pictures change so often, by cuts. */
export const sceneSeconds = 5

export type Shape = { readonly width: number; readonly height: number }

export const shapeOf = (scene: number): Shape => {
  if (scene % 5 === 4) return { width: 1080, height: 1920 }
  return scene % 7 === 6 ? { width: 1440, height: 1080 } : { width: 1920, height: 1080 }
}

const even = (value: number): number => Math.round(value / 2) * 2

/** `shape` with its longest side as long as `side`. */
export const fitted = ({ width, height }: Shape, side: number): Shape => {
  const factor = side / Math.max(width, height)
  return { width: even(width * factor), height: even(height * factor) }
}

/** Photographs where the shared folder is there (nothing of it is copied into the project), else a test card, turned to another colour each. */
const sources = (): readonly (readonly string[])[] => {
  const shared = sharedFolder()
  const photos = shared === null ? '' : join(shared, 'photos/coco')
  if (photos !== '' && existsSync(photos)) {
    return readdirSync(photos)
      .filter((name) => name.endsWith('.jpg'))
      .map((name) => ['-loop', '1', '-i', join(photos, name)])
  }
  return Array.from({ length: sceneCount }, (_, scene) => [
    ...['-f', 'lavfi', '-i'],
    `testsrc2=s=640x480:r=1,hue=h=${(scene * 360) / sceneCount}`,
  ])
}

const cover = ({ width, height }: Shape): string =>
  `scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height}`

/** Makes what is missing. Takes about half a minute the first time. */
export const makePictures = async (): Promise<void> => {
  if (existsSync(join(pictureFolder, 'film.webm'))) return
  mkdirSync(pictureFolder, { recursive: true })
  const { ffmpeg } = expectOk(await findFfmpeg({ environment: process.env }), 'the tests need an ffmpeg')
  const run = (args: readonly string[]): Buffer => execFileSync(ffmpeg, ['-v', 'error', '-y', ...args])
  const all = sources()
  for (let scene = 0; scene < sceneCount; scene += 1) {
    const source = all[scene % all.length] ?? []
    const poster = fitted(shapeOf(scene), 640)
    const tile = fitted(shapeOf(scene), 160)
    const big = { width: tile.width * 4, height: tile.height * 4 }
    const tiles = spriteColumns * spriteRows
    const zoom = `zoompan=z='1+0.03*on':x='iw/2-iw/zoom/2':y='(ih-ih/zoom)*on/${tiles}':d=1:s=${tile.width}x${tile.height}`
    run([
      ...source,
      '-frames:v',
      '1',
      '-vf',
      cover(poster),
      '-q:v',
      '4',
      join(pictureFolder, `poster-${scene}.jpg`),
    ])
    run([
      ...source,
      '-frames:v',
      '1',
      '-vf',
      `${cover(big)},${zoom},tile=${spriteColumns}x${spriteRows}`,
      '-q:v',
      '4',
      join(pictureFolder, `sprite-${scene}.jpg`),
    ])
  }
  const parts = all.slice(0, filmSeconds / sceneSeconds)
  run([
    ...parts.flatMap((source) => ['-t', String(sceneSeconds), ...source]),
    '-filter_complex',
    `${parts.map((_, i) => `[${i}]${cover({ width: 960, height: 540 })},setsar=1,fps=25[v${i}]`).join(';')};${parts.map((_, i) => `[v${i}]`).join('')}concat=n=${parts.length}[v]`,
    '-map',
    '[v]',
    ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '1M', '-g', '50'],
    join(pictureFolder, 'film.webm'),
  ])
}
