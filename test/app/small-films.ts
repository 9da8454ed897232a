import { join } from 'node:path'
import { make } from '../indexer/films.ts'

/** Sources of ffmpeg's own that look different from each other. */
export const patterns = ['testsrc', 'smptebars', 'mandelbrot', 'rgbtestsrc', 'yuvtestsrc'] as const

/** Draws a small film (H.264 in MP4 unless the name says otherwise) and answers its path. Same arguments, same bytes. */
export const drawFilm = (
  folder: string,
  name: string,
  pattern: (typeof patterns)[number] = 'testsrc',
  seconds = 3,
): string => {
  const path = join(folder, name)
  make(
    ...['-f', 'lavfi', '-i', `${pattern}=size=160x120:rate=10`, '-t', String(seconds)],
    ...['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-g', '10', '-fflags', '+bitexact', '-flags', '+bitexact'],
    ...['-f', 'mp4', `file:${path}`],
  )
  return path
}
