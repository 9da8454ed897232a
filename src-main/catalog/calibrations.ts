import type { Calibration, ScoreBackground } from '../domain/calibration.ts'
import { packHalf, unpackHalf } from '../domain/embedding.ts'
import type { Database } from './database.ts'

/** `bank`: the list of texts by which it was measured. */
export type KeptCalibration = Calibration & { readonly bank: number }

/** The vectors of a bank of texts; those that the model knows, each once. */
export type KeptBank = { readonly bank: number; readonly vectors: readonly Float32Array[] }

/** What was measured of each model in this library, and with which texts. */
export type Calibrations = {
  readonly get: (model: string) => KeptCalibration | null
  readonly put: (model: string, space: string, calibration: KeptCalibration) => void
  /** A model's bank, as it was kept last. */
  readonly bank: (model: string) => KeptBank | null
  readonly putBank: (model: string, space: string, bank: KeptBank) => void
  /** What was measured on these vectors, and the banks of the models that have them. */
  readonly forget: (space: string) => void
  /** These vectors become others: what was measured on them holds until it is measured again. */
  readonly outdate: (space: string) => void
}

type Row = {
  bank: number
  library: number
  frames: number
  films: number
  median_nearest: number
  mean: number | null
  sd: number | null
  p95: number | null
  typical: number | null
  within_sd: number | null
  picture_mean: number | null
  picture_sd: number | null
  picture_p95: number | null
}

const background = (mean: number | null, sd: number | null, p95: number | null): ScoreBackground | null =>
  mean === null || sd === null || p95 === null ? null : { mean, sd, p95 }

/** The tables in derived.db. */
export const createCalibrations = (database: Database): Calibrations => {
  const read = database.prepare<[string], Row>('SELECT * FROM derived.calibration WHERE model = ?')
  const write = database.prepare(
    `INSERT OR REPLACE INTO derived.calibration
       (model, space, bank, library, frames, films, median_nearest, mean, sd, p95, typical, within_sd,
        picture_mean, picture_sd, picture_p95)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const readBank = database.prepare<[string], { bank: number; dimensions: number; vectors: Buffer }>(
    'SELECT bank, dimensions, vectors FROM derived.text_bank WHERE model = ?',
  )
  const writeBank = database.prepare(
    'INSERT OR REPLACE INTO derived.text_bank (model, space, bank, dimensions, vectors) VALUES (?, ?, ?, ?, ?)',
  )
  const forget = database.prepare('DELETE FROM derived.calibration WHERE space = ?')
  const forgetBank = database.prepare('DELETE FROM derived.text_bank WHERE space = ?')
  const outdate = database.prepare('UPDATE derived.calibration SET bank = 0 WHERE space = ?')
  return {
    get: (model) => {
      const row = read.get(model)
      if (row === undefined) return null
      const { bank, library, frames, films, typical, within_sd: within } = row
      const words = background(row.mean, row.sd, row.p95)
      return {
        ...{ bank, library, frames, films, typical, medianNearest: row.median_nearest },
        background: words === null || within === null ? null : { ...words, within },
        pictures: background(row.picture_mean, row.picture_sd, row.picture_p95),
      }
    },
    put: (model, space, { bank, library, frames, films, medianNearest, ...measured }) => {
      const { background: words, typical, pictures } = measured
      write.run(
        ...[model, space, bank, library, frames, films, medianNearest],
        ...[words?.mean ?? null, words?.sd ?? null, words?.p95 ?? null, typical, words?.within ?? null],
        ...[pictures?.mean ?? null, pictures?.sd ?? null, pictures?.p95 ?? null],
      )
    },
    bank: (model) => {
      const row = readBank.get(model)
      if (row === undefined) return null
      const { bank, dimensions } = row
      const all = unpackHalf(row.vectors)
      const count = dimensions === 0 ? 0 : all.length / dimensions
      const one = (_: unknown, i: number): Float32Array => all.slice(i * dimensions, (i + 1) * dimensions)
      return { bank, vectors: Array.from({ length: count }, one) }
    },
    putBank: (model, space, { bank, vectors }) => {
      const dimensions = vectors[0]?.length ?? 0
      writeBank.run(model, space, bank, dimensions, Buffer.concat(vectors.map((vector) => packHalf(vector))))
    },
    forget: (space) => {
      forget.run(space)
      forgetBank.run(space)
    },
    outdate: (space) => void outdate.run(space),
  }
}
