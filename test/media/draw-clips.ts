import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { FfmpegBinaries } from '../../src-main/foundation/ffmpeg-binaries.ts'
import { barcodeFilter, clipHeight, clipWidth } from './barcode.ts'
import { clipRecipes, type ClipName, type ClipRecipe } from './clip-recipes.ts'

/** Raise it when a recipe changes: the clips are kept between runs. */
const drawingVersion = 2

const run = promisify(execFile)

const cacheFolder = (ffmpeg: FfmpegBinaries): string =>
  join(tmpdir(), `kinora-test-clips-${drawingVersion}-${ffmpeg.version.replace(/[^\w.]+/g, '_')}`)

const hasEncoder = async (ffmpeg: FfmpegBinaries, encoder: string): Promise<boolean> =>
  (await run(ffmpeg.ffmpeg, ['-v', 'error', '-encoders'])).stdout.includes(` ${encoder} `)

const sourceArguments = (recipe: ClipRecipe): readonly string[] => [
  ...['-f', 'lavfi', '-i', `color=c=gray:s=${clipWidth}x${clipHeight}:r=${recipe.rate}`],
  ...['-vf', [barcodeFilter, recipe.filter, 'format=yuv420p'].filter((part) => part !== undefined).join(',')],
  ...['-frames:v', String(recipe.frames)],
]

/** Players turn by the display matrix: written through metadata up to ffmpeg 5, by an input option from 6 on. */
const rotationArguments = (
  ffmpeg: FfmpegBinaries,
  recipe: ClipRecipe,
): { input: string[]; output: readonly string[] } =>
  recipe.output.includes('rotate=90') && (ffmpeg.major ?? 0) >= 6
    ? { input: ['-display_rotation', '270'], output: [] }
    : { input: [], output: recipe.output }

const drawArguments = async (
  ffmpeg: FfmpegBinaries,
  recipe: ClipRecipe,
): Promise<readonly string[] | string> => {
  if (recipe.encoder !== null && !(await hasEncoder(ffmpeg, recipe.encoder)))
    return `no encoder ${recipe.encoder}`
  const rotation = rotationArguments(ffmpeg, recipe)
  if (recipe.from === undefined)
    return [...sourceArguments(recipe), ...ffmpeg.passthrough, ...rotation.output]
  const source = await drawClip(ffmpeg, recipe.from as ClipName)
  return source === null
    ? `no ${recipe.from}`
    : [...rotation.input, '-i', source, '-c', 'copy', ...rotation.output]
}

/**
 * The path of a clip, drawn on first use into a cache folder that all test workers share, or null and a loud line when
 * this ffmpeg cannot encode it.
 */
export const drawClip = async (ffmpeg: FfmpegBinaries, name: ClipName): Promise<string | null> => {
  const recipe: ClipRecipe = clipRecipes[name]
  const path = join(cacheFolder(ffmpeg), `${name}.${recipe.ending}`)
  if (existsSync(path)) return path
  const drawing = await drawArguments(ffmpeg, recipe)
  if (typeof drawing === 'string') {
    console.warn(`SKIPPED: clip ${name} with ffmpeg ${ffmpeg.version}: ${drawing}`)
    return null
  }
  await mkdir(cacheFolder(ffmpeg), { recursive: true })
  const unfinished = join(cacheFolder(ffmpeg), `${name}.${process.pid}.unfinished.${recipe.ending}`)
  try {
    await run(ffmpeg.ffmpeg, ['-nostdin', '-v', 'error', '-y', ...drawing, unfinished])
    if (recipe.cutTo !== undefined)
      await truncate(unfinished, Math.floor((await stat(unfinished)).size * recipe.cutTo))
    await rename(unfinished, path)
  } finally {
    await rm(unfinished, { force: true })
  }
  return path
}
