import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { make } from '../indexer/films.ts'

/** Real footage of the shared folder; a film is made of several, in another order each time. */
const clips = [
  'imageio/cockatoo.mp4',
  'intel/car-detection.mp4',
  'intel/bottle-detection.mp4',
  'mdn/flower.mp4',
  'mdn/friday.mp4',
  'mdn_learning/crystal.mp4',
  'mdn_learning/elf.mp4',
  'moviepy/big_buck_bunny_0_30.webm',
  'moviepy/chaplin.mp4',
  'torchcodec/nasa_13013.mp4',
] as const

const films = 6
/** The same stream in other files: other films to Kinora, the same work, and no hours of making them. */
const copiesEach = 3
const secondsEach = 75
/** Raised when the recipe changes, so that no old film is measured. */
const recipe = 2

const fit =
  'fps=30,scale=1920:1080:force_original_aspect_ratio=decrease,pad=1920:1080:(ow-iw)/2:(oh-ih)/2,setsar=1,format=yuv420p'

/** 1080p30 H.264 with x264's own choice of key frames; made once and kept in the temporary folder. */
export const skimFilms = (shared: string): { readonly folder: string; readonly files: readonly string[] } => {
  const folder = join(tmpdir(), 'kinora-bench', `films-${recipe}`)
  mkdirSync(folder, { recursive: true })
  const files: string[] = []
  for (let film = 0; film < films; film += 1) {
    const chosen = clips.map((_, i) => clips[(film + i * 3) % clips.length] ?? clips[0])
    const master = join(folder, `film-${film}.mp4`)
    if (!existsSync(master)) {
      const part = join(folder, `part-${film}.mkv`)
      const graph = `${chosen.map((_, i) => `[${i}:v:0]${fit}[c${i}]`).join(';')};${chosen.map((_, i) => `[c${i}]`).join('')}concat=n=${chosen.length}:v=1[film]`
      make(
        ...chosen.flatMap((clip) => ['-i', join(shared, 'media', clip)]),
        ...['-filter_complex', graph, '-map', '[film]', '-t', String(secondsEach)],
        ...['-c:v', 'libx264', '-preset', 'superfast', '-crf', '23', '-f', 'matroska', part],
      )
      make('-i', part, '-c', 'copy', '-f', 'mp4', `${master}.part`)
      renameSync(`${master}.part`, master)
      rmSync(part)
    }
    files.push(master)
    for (let copy = 1; copy < copiesEach; copy += 1) {
      const other = join(folder, `film-${film}-${copy}.mp4`)
      if (!existsSync(other)) {
        make('-i', master, '-c', 'copy', '-metadata', `comment=copy ${copy}`, '-f', 'mp4', `${other}.part`)
        renameSync(`${other}.part`, other)
      }
      files.push(other)
    }
  }
  return { folder, files }
}
