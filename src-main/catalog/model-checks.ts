import type { ProviderState } from '../../src-preload/contract/nouns.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Role } from '../foundation/plan-download.ts'
import type { ModelPlace } from './models.ts'

/** Where a model's pictures are best computed, as far as that is known. */
export type BestProvider = {
  readonly provider: ProviderState['provider']
  readonly batch: number
  /** Null until it was measured. */
  readonly picturesPerSecond: number | null
  /** Why nothing faster is used. */
  readonly reasons: readonly string[]
}

/** Which providers work here, by doing. */
export type ProviderChecks = {
  readonly best: (model: ModelPlace) => BestProvider
  /** As known, without measuring. */
  readonly states: (modelId: string) => readonly ProviderState[]
  /** Measures. */
  readonly test: (modelId: string, signal: AbortSignal) => Promise<Result<readonly ProviderState[]>>
}

export type ParityVerdict = {
  readonly state: 'passed' | 'failed' | 'unverified'
  readonly why: string
  /** Which files failed and are to be taken in full precision. */
  readonly bigger: readonly Role[]
}

/** Compares a downloaded pair with the full-precision one in one of the folders `full`, where one is at hand. */
export type ParityGate = (
  model: ModelPlace,
  full: readonly string[],
  signal: AbortSignal,
) => Promise<Result<ParityVerdict>>
