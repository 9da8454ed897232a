import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The files that engines start from. */
export type EngineEntries = {
  readonly catalog: string
  readonly indexer: string
  readonly encoder: string
  readonly segmentBuilder: string
  /** A thread, not a process. */
  readonly vectorHelper: string
  /** Tries providers and quantised files, one process each. */
  readonly canary: string
}

/**
 * Where the engines' entry files are, seen from a composition root or an engine: beside it as `NAME.js` in a
 * build, in its folder of `src-main` when the sources run as they are. `moduleUrl` is the caller's import.meta.url.
 */
export const engineEntries = (moduleUrl: string): EngineEntries => {
  const directory = import.meta.dirname
  if (moduleUrl.endsWith('.ts')) {
    const sources = join(directory, '..')
    return {
      catalog: join(sources, 'catalog', 'engine.ts'),
      indexer: join(sources, 'indexer', 'engine.ts'),
      encoder: join(sources, 'encoder', 'engine.ts'),
      segmentBuilder: join(sources, 'catalog', 'segment-builder.ts'),
      vectorHelper: join(sources, 'catalog', 'vector-helper.ts'),
      canary: join(sources, 'encoder', 'canary.ts'),
    }
  }
  const folder = dirname(fileURLToPath(moduleUrl))
  return {
    catalog: join(folder, 'catalog.js'),
    indexer: join(folder, 'indexer.js'),
    encoder: join(folder, 'encoder.js'),
    segmentBuilder: join(folder, 'segment-builder.js'),
    vectorHelper: join(folder, 'vector-helper.js'),
    canary: join(folder, 'canary.js'),
  }
}
