import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { PathRef } from '../../src-preload/contract/video-facts.ts'

/** A name that ffmpeg can open, for as long as it is not disposed. */
export type InputUrl = AsyncDisposable & { readonly url: string }

/** The options before `-i` and `-i` itself: a film must never make ffmpeg open anything but files and our pipes. */
export const inputArguments = (url: string): readonly string[] => [
  '-protocol_whitelist',
  'file,pipe,fd',
  '-i',
  url,
]

/**
 * `file:` and the path: takes leading dashes, colons, percent signs and quotes (ffmpeg.md). An argument of a process is
 * UTF-8, so a name that is not gets a link with an ASCII name in a private folder, removed on disposal.
 */
export const inputUrl = async (path: PathRef): Promise<InputUrl> => {
  if (path.bytes === null) return { url: `file:${path.path}`, [Symbol.asyncDispose]: () => Promise.resolve() }
  const folder = await mkdtemp(join(tmpdir(), 'kinora-link-'))
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true })
  // ffmpeg looks at endings while it guesses a format.
  const ending = /^\.[a-z0-9]{1,5}$/i.exec(extname(path.path))?.[0] ?? ''
  const link = join(folder, `film${ending}`)
  try {
    await symlink(Buffer.from(path.bytes), link)
  } catch (error) {
    await dispose()
    throw error
  }
  return { url: `file:${link}`, [Symbol.asyncDispose]: dispose }
}
