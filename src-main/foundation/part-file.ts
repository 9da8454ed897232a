import { open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import * as v from 'valibot'

/** What `NAME.part.json` says of the `NAME.part` beside it. */
const partNote = v.object({
  url: v.string(),
  bytes: v.number(),
  digest: v.string(),
  /** The server's name for this very content; null where it gave none that can be trusted. */
  etag: v.nullable(v.string()),
})

export type PartNote = v.InferOutput<typeof partNote>

/** A download that has begun: `have` bytes of it are there. */
export type Part = { readonly have: number; readonly etag: string | null }

const nothing: Part = { have: 0, etag: null }
const noteOf = (target: string): string => `${target}.part.json`

export const partOf = (target: string): string => `${target}.part`

/** What is there of `target`, if it is a part of the same content; from another address its etag says nothing. */
export const findPart = async (target: string, wanted: Omit<PartNote, 'etag'>): Promise<Part> => {
  const note = await readNote(target)
  const size = await stat(partOf(target)).then(
    (found) => found.size,
    () => null,
  )
  if (note === null || size === null) return nothing
  if (note.bytes !== wanted.bytes || note.digest !== wanted.digest || size > wanted.bytes) return nothing
  return { have: size, etag: note.url === wanted.url ? note.etag : null }
}

const readNote = async (target: string): Promise<PartNote | null> => {
  try {
    const parsed = v.safeParse(partNote, JSON.parse(await readFile(noteOf(target), 'utf8')))
    return parsed.success ? parsed.output : null
  } catch {
    // Not there, or torn by a crash: the part is worth nothing without it.
    return null
  }
}

/** Says what the part will be, then opens it: emptied where `have` is 0. Throws what the disk says. */
export const openPart = async (target: string, note: PartNote, have: number): Promise<FileHandle> => {
  await writeFile(noteOf(target), JSON.stringify(note))
  return open(partOf(target), have === 0 ? 'w' : 'r+')
}

export const removePart = async (target: string): Promise<void> => {
  await rm(partOf(target), { force: true })
  await removeNote(target)
}

export const removeNote = (target: string): Promise<void> => rm(noteOf(target), { force: true })
