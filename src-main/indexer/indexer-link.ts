import type { IndexerApi } from '../../src-preload/contract/indexer-api.ts'
import type { Client } from '../../src-preload/contract/schema.ts'

/** The indexer's line to its catalog. */
export type IndexerLink = Client<IndexerApi>

/** Seconds since `start` (performance.now()). */
export const secondsSince = (start: number): number => (performance.now() - start) / 1000
