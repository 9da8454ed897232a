import type { Calibration } from '../domain/calibration.ts'
import type { Database } from './database.ts'

export type KeptCalibration = Calibration & {
  /** Vectors that the library had then. */
  readonly library: number
  readonly bank: number
}

/** What was measured of each model in this library. */
export type Calibrations = {
  readonly get: (model: string) => KeptCalibration | null
  readonly put: (model: string, space: string, calibration: KeptCalibration) => void
  /** Those that were measured on these vectors. */
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
}

/** The table in derived.db. */
export const createCalibrations = (database: Database): Calibrations => {
  const read = database.prepare<[string], Row>('SELECT * FROM derived.calibration WHERE model = ?')
  const write = database.prepare(
    `INSERT OR REPLACE INTO derived.calibration
       (model, space, bank, library, frames, films, median_nearest, mean, sd, p95)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const forget = database.prepare('DELETE FROM derived.calibration WHERE space = ?')
  const outdate = database.prepare('UPDATE derived.calibration SET library = 0 WHERE space = ?')
  return {
    get: (model) => {
      const row = read.get(model)
      if (row === undefined) return null
      const { bank, library, frames, films, median_nearest: median, mean, sd, p95 } = row
      const background = mean === null || sd === null || p95 === null ? null : { mean, sd, p95 }
      return { bank, library, frames, films, medianNearest: median, background }
    },
    put: (model, space, { bank, library, frames, films, medianNearest, background }) =>
      void write.run(
        ...[model, space, bank, library, frames, films, medianNearest],
        ...[background?.mean ?? null, background?.sd ?? null, background?.p95 ?? null],
      ),
    forget: (space) => void forget.run(space),
    outdate: (space) => void outdate.run(space),
  }
}
