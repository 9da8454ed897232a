import type { ProviderState } from '../../src-preload/contract/nouns.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { ProviderChoice } from '../domain/provider-choice.ts'
import type { Role } from '../foundation/plan-download.ts'
import type { ModelPlace } from './models.ts'

/** Which providers work here, by doing. */
export type ProviderChecks = {
  /** What is known of where its pictures are best computed; what is not known yet is asked for in the background, once. */
  readonly best: (model: ModelPlace) => ProviderChoice
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
