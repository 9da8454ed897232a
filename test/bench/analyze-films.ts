import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { make } from '../indexer/films.ts'
import { skimFilms } from './skim-films.ts'

/** Raised when a recipe changes, so that no old film is measured. */
const recipe = 1

/** Parts one after the other, as they are. */
const joined = (target: string, parts: readonly string[]): void => {
  if (existsSync(target)) return
  const list = `${target}.txt`
  writeFileSync(list, parts.map((part) => `file '${part}'\n`).join(''))
  make(...['-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', '-f', 'mp4', `${target}.part`])
  renameSync(`${target}.part`, target)
  rmSync(list)
}

const hevcOf = (folder: string, master: string, name: string): string => {
  const path = join(folder, `${name}.mp4`)
  if (existsSync(path)) return path
  make(
    ...[
      '-i',
      master,
      '-c:v',
      'libx265',
      '-preset',
      'ultrafast',
      '-crf',
      '26',
      '-x265-params',
      'log-level=none',
    ],
    ...['-tag:v', 'hvc1', '-f', 'mp4', `${path}.part`],
  )
  renameSync(`${path}.part`, path)
  return path
}

const folderFor = (name: string): string => {
  const folder = join(tmpdir(), 'kinora-bench', `analyze-${recipe}`, name)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Folders of 1080p30 films of real footage, 150 s each, made once: three in H.264 and two in HEVC. */
export const analyzeFilms = (shared: string): { readonly h264: string; readonly hevc: string } => {
  const masters = skimFilms(shared).files.filter((file) => /film-\d\.mp4$/.test(file))
  const [h264, hevc, parts] = [folderFor('h264'), folderFor('hevc'), folderFor('parts')]
  const pair = (from: number): readonly string[] => masters.slice(from, from + 2)
  for (let film = 0; film < 3; film += 1) joined(join(h264, `film-${film}.mp4`), pair(film * 2))
  const small = masters.slice(0, 4).map((master, i) => hevcOf(parts, master, `part-${i}`))
  for (let film = 0; film < 2; film += 1)
    joined(join(hevc, `film-${film}.mp4`), small.slice(film * 2, film * 2 + 2))
  return { h264, hevc }
}

const longHours = 3
const loopSeconds = 300

/** A film of three hours: five minutes that ffmpeg draws, with sound, 36 times. */
export const longFilm = (): string => {
  const folder = folderFor('long')
  const [loop, film] = [join(folder, '..', 'loop.mp4'), join(folder, 'three-hours.mp4')]
  if (existsSync(film)) return folder
  make(
    ...['-f', 'lavfi', '-i', `testsrc2=size=640x360:rate=25:duration=${loopSeconds}`],
    ...['-f', 'lavfi', '-i', `sine=frequency=330:beep_factor=4:duration=${loopSeconds}`],
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-g',
      '100',
      '-pix_fmt',
      'yuv420p',
      '-c:a',
      'aac',
      '-f',
      'mp4',
      loop,
    ],
  )
  const rounds = String((longHours * 3600) / loopSeconds - 1)
  make('-stream_loop', rounds, '-i', loop, '-c', 'copy', '-f', 'mp4', `${film}.part`)
  renameSync(`${film}.part`, film)
  return folder
}
