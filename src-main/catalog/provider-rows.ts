import * as v from 'valibot'
import type { OnnxProvider } from '../domain/onnx-provider.ts'
import { providerReport, type ProviderReport } from '../foundation/canary-report.ts'
import type { Database } from './database.ts'

/** What provider checks found out, kept by model and provider. */
export type ProviderRows = {
  /** Null where nothing is known, or only of another fingerprint, or of an older Kinora's shape. */
  readonly get: (model: string, provider: OnnxProvider, fingerprint: string) => ProviderReport | null
  readonly put: (model: string, fingerprint: string, report: ProviderReport, now: number) => void
}

type Row = { fingerprint: string; report: string }

/** The rows in `derived.db`: made again when it is deleted. */
export const createProviderRows = (database: Database): ProviderRows => {
  const get = database.prepare<[string, string], Row>(
    'SELECT fingerprint, report FROM derived.provider_check WHERE model = ? AND provider = ?',
  )
  const put = database.prepare(
    `INSERT INTO derived.provider_check (model, provider, fingerprint, report, checked_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (model, provider) DO UPDATE SET fingerprint = excluded.fingerprint, report = excluded.report,
       checked_at = excluded.checked_at`,
  )
  return {
    get: (model, provider, fingerprint) => {
      const row = get.get(model, provider)
      if (row?.fingerprint !== fingerprint) return null
      const report = v.safeParse(providerReport, JSON.parse(row.report))
      return report.success ? report.output : null
    },
    put: (model, fingerprint, report, now) => {
      put.run(model, report.provider, fingerprint, JSON.stringify(report), now)
    },
  }
}
