import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { halvesToSingles } from '../../src-main/domain/half-floats.ts'

type Row = Readonly<Record<string, unknown>>

/** The vectors of one chunk, in order of film, model and time. */
export type ChunkVectors = {
  readonly name: string
  readonly dimensions: number
  readonly singles: Float32Array
}

/** What a finished library holds, without what may differ between two runs over the same films (row ids, clocks, tries). */
export type LibraryRows = {
  readonly rows: Readonly<Record<string, readonly Row[]>>
  readonly chunks: readonly ChunkVectors[]
  /** Files that no row names. */
  readonly orphans: readonly string[]
}

const tables = {
  videos: 'SELECT id, size, predecessor FROM video ORDER BY id',
  locations: 'SELECT path, video_id, size, mtime, present FROM location ORDER BY path',
  facts: 'SELECT video_id, version, duration, recorded_at, facts FROM derived.facts ORDER BY video_id',
  cues: 'SELECT video_id, start, end, text, language, source FROM derived.cue ORDER BY video_id, start, end, text',
  subtitles: `SELECT video_id, source, name, language, state, size, mtime FROM derived.subtitle
    ORDER BY video_id, source, name`,
  chapters: 'SELECT video_id, start, end, title FROM derived.chapter ORDER BY video_id, start',
  words: 'SELECT word, lines FROM derived.word ORDER BY word',
  names: 'SELECT video_id, words FROM derived.named ORDER BY video_id',
  jobs: 'SELECT video_id, stage, model, version, state FROM derived.job ORDER BY video_id, stage, model',
  problems: 'SELECT coalesce(video_id, path) AS subject, stage, code FROM derived.problem ORDER BY 1, 2',
  pictures: 'SELECT video_id, kind, file, detail FROM derived.picture ORDER BY video_id, kind',
  shots: `SELECT video_id, place, start, end, transition, motion, direction, flags FROM derived.shot
    ORDER BY video_id, place`,
  tracks:
    'SELECT video_id, kind, rate, size, hex("values") AS cells FROM derived.track ORDER BY video_id, kind',
  parts: 'SELECT video_id, jobs, start, end FROM derived.analysis_part ORDER BY video_id, start',
  ignored: 'SELECT rule, path FROM derived.ignored ORDER BY path',
  counts: 'SELECT rule, count FROM derived.ignored_count ORDER BY rule',
} as const

const numbers = (bytes: Buffer): readonly number[] => [...new Float64Array(new Uint8Array(bytes).buffer)]

/** Reads a library that nobody has open. */
export const readLibraryRows = (library: string): LibraryRows => {
  const database = new Sqlite(join(library, 'library.db'))
  try {
    database.prepare('ATTACH ? AS derived').run(join(library, 'derived.db'))
    const rows = Object.fromEntries(
      Object.entries(tables).map(([name, sql]) => [name, database.prepare<[], Row>(sql).all()]),
    )
    const chunks = database
      .prepare<
        [],
        {
          video_id: string
          model: string
          stage: string
          dimensions: number
          times: Buffer
          starts: Buffer | null
          vectors: Buffer
          place: number
        }
      >(
        `SELECT video_id, model, stage, dimensions, times, starts, vectors,
           row_number() OVER (PARTITION BY model, video_id ORDER BY id) AS place
         FROM derived.vector_chunk ORDER BY model, video_id, id`,
      )
      .all()
    const named = database
      .prepare<[], { file: string }>(
        'SELECT file FROM derived.picture UNION SELECT file FROM derived.vector_segment',
      )
      .all()
    const kept = new Set(named.map(({ file }) => file))
    return {
      rows: {
        ...rows,
        chunks: chunks.map(({ video_id, model, stage, dimensions, times, starts }) => ({
          video_id,
          model,
          stage,
          dimensions,
          times: numbers(times),
          starts: starts === null ? null : numbers(starts),
        })),
      },
      chunks: chunks.map((row) => ({
        name: `${row.model} ${row.video_id} ${row.place}`,
        dimensions: row.dimensions,
        singles: halvesToSingles(new Uint16Array(new Uint8Array(row.vectors).buffer)),
      })),
      orphans: ['pictures', 'segments']
        .flatMap((folder) => readdirSync(join(library, folder)))
        .filter((file) => !kept.has(file)),
    }
  } finally {
    database.close()
  }
}

/** The lowest cosine between vectors of the same place in two libraries; two zero vectors are equal. */
export const lowestCosine = (a: LibraryRows, b: LibraryRows): number => {
  let lowest = 1
  for (const [i, { singles, dimensions }] of a.chunks.entries()) {
    const other = b.chunks[i]?.singles ?? new Float32Array(singles.length)
    for (let from = 0; from < singles.length; from += dimensions) {
      let [dot, own, theirs] = [0, 0, 0]
      for (let at = from; at < from + dimensions; at += 1) {
        const [x, y] = [singles[at] ?? 0, other[at] ?? 0]
        dot += x * y
        own += x * x
        theirs += y * y
      }
      lowest = Math.min(lowest, own === 0 && theirs === 0 ? 1 : dot / Math.sqrt(own * theirs || 1))
    }
  }
  return lowest
}
