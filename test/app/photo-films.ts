import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { make } from '../indexer/films.ts'

/** Each photograph is one shot of so many seconds. */
export const secondsEach = 6

/** The 34 photographs of the shared folder, as paths below `shared/photos`. */
export const photographs = (shared: string): readonly string[] =>
  ['coco', 'named'].flatMap((folder) =>
    readdirSync(join(shared, 'photos', folder))
      .sort()
      .map((name) => join(folder, name)),
  )

export const shuffled = <T>(list: readonly T[], random: () => number): readonly T[] =>
  list
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)

export type FilmForm = { readonly width: number; readonly height: number; readonly codec: readonly string[] }

export const usualForm: FilmForm = {
  width: 1280,
  height: 720,
  codec: ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20'],
}

/** A film of the pictures one after the other, each whole and padded. A picture is read once a second, and shown ten times. */
export const filmOfPhotographs = (
  pictures: readonly string[],
  path: string,
  { width, height, codec }: FilmForm = usualForm,
): void => {
  const fit =
    `scale=${width}:${height}:force_original_aspect_ratio=decrease:flags=bicubic,pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2,` +
    'setsar=1,scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd+full_chroma_inp,format=yuv420p,fps=10'
  make(
    ...pictures.flatMap((file) => ['-loop', '1', '-framerate', '1', '-t', String(secondsEach), '-i', file]),
    '-filter_complex',
    `${pictures.map((_, i) => `[${i}:v]${fit}[p${i}]`).join(';')};${pictures.map((_, i) => `[p${i}]`).join('')}concat=n=${pictures.length}:v=1[film]`,
    ...['-map', '[film]', ...codec],
    ...[
      '-colorspace',
      'bt709',
      '-color_primaries',
      'bt709',
      '-color_trc',
      'bt709',
      '-color_range',
      'tv',
      path,
    ],
  )
}
