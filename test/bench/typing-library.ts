import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDerivedReadOnly } from '../../src-main/catalog/database.ts'
import { libraryPaths } from '../../src-main/foundation/library-paths.ts'
import { packHalf } from '../../src-main/domain/embedding.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { openIn, someFacts } from '../catalog/temporary-store.ts'
import { clipVectors, dimensions, framesOfFilm, scriptedFilms } from './vectors-data.ts'

/** Raise it when libraries of before are of no use any more. */
const version = 3
/** A film has a moment every three seconds. */
const secondsEach = 3

const spoken =
  'we went down to the harbour and then the dog ran after the ball over the wet sand near a boat'.split(' ')

/**
 * A library of `count` indexed moments of the model in `modelFolder`, made once and kept in the temporary folder: films of
 * 200, each with twenty lines of subtitles, in a folder that is away (their files do not exist, so nothing is scanned).
 * Null where the shared folder is missing.
 */
export const typingLibrary = async (count: number, modelFolder: string): Promise<string | null> => {
  const clip = clipVectors()
  if (clip === null) return null
  const films = Math.round(count / framesOfFilm)
  const directory = join(tmpdir(), `kinora-bench-typing-${films * framesOfFilm}-${version}`)
  if (existsSync(join(directory, 'made'))) return directory
  const part = `${directory}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { recursive: true })
  const { store, database } = openIn(part)
  const added = await store.models.add(modelFolder, 0, false)
  if (!added.ok) throw new Error(added.error.message)
  store.models.choose(added.value, null)
  const space = store.models.spaceOf(added.value)
  const folder = store.folders.add({ path: '/kinora-bench/films', bytes: null }, 0)
  const random = seededRandom(11)
  const word = (): string => spoken[Math.floor(random() * spoken.length)] ?? ''
  const times = Array.from({ length: framesOfFilm }, (_, i) => i * secondsEach)
  let film = 0
  for (const frames of scriptedFilms(clip.photos, films)) {
    const videoId = `v${film.toString(16).padStart(20, '0')}`
    const path = { path: `/kinora-bench/films/${word()} ${word()} ${film}.mp4`, bytes: null }
    database.transaction(() => {
      store.locations.identified(folder.id, 1, { path, size: 1_000 + film, mtime: film, videoId }, film)
      const lines = Array.from({ length: 20 }, (_, i) => ({
        start: i * 25,
        end: i * 25 + 4,
        text: Array.from({ length: 8 }, word).join(' '),
      }))
      store.facts.put(videoId, 1, someFacts(framesOfFilm * secondsEach), [
        { name: 'own', language: 'en', lines },
      ])
      store.vectors.put(videoId, space, 'analyzed', {
        dimensions,
        times,
        starts: times,
        vectors: packHalf(frames),
      })
    })()
    store.texts.refreshNames([videoId])
    store.filterRows.refresh([videoId])
    film += 1
  }
  database.close()
  writeFileSync(join(part, 'made'), '')
  rmSync(directory, { recursive: true, force: true })
  renameSync(part, directory)
  return directory
}

/** What a library does once, in the background, is done: its scores are calibrated, its frames measured, its graphs built. */
export const isSettled = (directory: string): boolean => {
  const derived = openDerivedReadOnly(libraryPaths(directory).derived)
  const count = (from: string): number =>
    derived.prepare<[], number>(`SELECT count(*) FROM ${from}`).pluck().get() ?? 0
  const settled =
    count('calibration') > 0 &&
    count('vector_hub') === count('vector_chunk') &&
    count('vector_segment') > 0 &&
    count('vector_segment WHERE graph_sha256 IS NULL') === 0
  derived.close()
  return settled
}
