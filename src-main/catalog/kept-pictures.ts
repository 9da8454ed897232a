import { randomUUID } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { open, rm, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { KeptPicture } from '../../src-preload/contract/search-nouns.ts'
import { isPicture } from '../domain/picture-kind.ts'
import { makeFolder } from '../foundation/make-folder.ts'
import { diskFailure } from '../foundation/publish-file.ts'
import type { EncoderLink } from './encoder-link.ts'
import type { Store } from './store.ts'

/** A picture as it comes: a file of this machine, or the bytes that a page sent. */
export type GivenPicture =
  | { readonly from: 'file'; readonly path: string }
  | { readonly from: 'bytes'; readonly bytes: Uint8Array; readonly name: string }

export type KeptPictures = {
  /** Keeps a small copy. The same picture twice is one. Errors: missing-file, unreadable-file, not-a-picture, disk-full. */
  readonly keep: (given: GivenPicture) => Promise<Result<KeptPicture>>
  readonly get: (id: string) => KeptPicture | null
  /** The copy's path. Errors: not-found. */
  readonly place: (id: string) => Result<{ readonly path: string }>
  /** Removes files that no row names, and pictures that no collection and no past query has used for a month. */
  readonly sweep: () => void
}

export type KeptPicturesOptions = {
  readonly store: Pick<Store, 'database' | 'paths' | 'settings'>
  readonly encoder: EncoderLink
  /** Seconds since 1970. */
  readonly clock: () => number
}

const unusedSeconds = 30 * 86_400
const headBytes = 16

const headOf = async (path: string): Promise<Result<Uint8Array>> => {
  try {
    await using handle = await open(path)
    const { bytesRead, buffer } = await handle.read(new Uint8Array(headBytes), 0, headBytes, 0)
    return ok(buffer.subarray(0, bytesRead))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    return code === 'ENOENT'
      ? fail('missing-file', `There is no file ${path}.`)
      : fail('unreadable-file', `${path} cannot be read.`)
  }
}

/** Pictures that people search with: rows in library.db, JPEGs of at most 1024 pixels in the library's folder. */
export const createKeptPictures = ({ store, encoder, clock }: KeptPicturesOptions): KeptPictures => {
  const { database, paths, settings } = store
  const folder = paths.keptPictures
  const put = database.prepare(
    `INSERT INTO kept_picture (id, name, width, height, kept_at) VALUES (:id, :name, :width, :height, :now)
     ON CONFLICT (id) DO UPDATE SET kept_at = excluded.kept_at`,
  )
  const get = database.prepare<[string], KeptPicture>(
    'SELECT id, name, width, height FROM kept_picture WHERE id = ?',
  )
  const ids = database.prepare<[], { id: string }>('SELECT id FROM kept_picture')
  const dropUnused = database.prepare(
    `DELETE FROM kept_picture WHERE kept_at < ?
       AND NOT EXISTS (SELECT 1 FROM collection WHERE instr(collection.query, kept_picture.id) > 0)
       AND NOT EXISTS (SELECT 1 FROM past_query WHERE instr(past_query.query, kept_picture.id) > 0)`,
  )
  const fileOf = (id: string): string => join(folder, `${id}.jpg`)

  const prepare = async (path: string, name: string): Promise<Result<KeptPicture>> => {
    const head = await headOf(path)
    if (!head.ok) return head
    if (!isPicture(head.value)) return fail('not-a-picture', `${name} is no picture.`, 'Try a JPEG or PNG.')
    const ffmpegPath = settings.get('ffmpeg-path')
    const made = await encoder.ask((client) => client.call.pictures.prepare({ ffmpegPath, path, folder }))
    if (!made.ok) return made
    const kept = { ...made.value, name }
    put.run({ ...kept, now: clock() })
    return ok(kept)
  }

  return {
    keep: async (given) => {
      makeFolder(folder)
      if (given.from === 'file') return prepare(resolve(given.path), basename(given.path))
      const incoming = join(folder, `.${randomUUID()}.incoming`)
      try {
        await writeFile(incoming, given.bytes)
        return await prepare(incoming, given.name)
      } catch (error) {
        return diskFailure(error, folder)
      } finally {
        await rm(incoming, { force: true })
      }
    },
    get: (id) => get.get(id) ?? null,
    place: (id) =>
      get.get(id) === undefined
        ? fail('not-found', `There is no kept picture ${id}.`)
        : ok({ path: fileOf(id) }),
    sweep: () => {
      makeFolder(folder)
      dropUnused.run(clock() - unusedSeconds)
      const kept = new Set(ids.all().map(({ id }) => `${id}.jpg`))
      for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(join(folder, name), { force: true })
    },
  }
}
