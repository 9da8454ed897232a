import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import envPaths from 'env-paths'

/** Everything that lies in a library's folder. `library.db` is precious, the rest can be made again. */
export type LibraryPaths = {
  readonly directory: string
  readonly library: string
  readonly derived: string
  readonly lock: string
  readonly pictures: string
  /** Pictures that a person gave to search with. */
  readonly keptPictures: string
  /** Frames that windows have shown: a cache. */
  readonly frames: string
  readonly segments: string
  readonly backups: string
  readonly log: string
  /** Every request that left this machine. */
  readonly requestLog: string
}

/** The layout below `directory` (absolute). */
export const libraryPaths = (directory: string): LibraryPaths => ({
  directory,
  library: join(directory, 'library.db'),
  derived: join(directory, 'derived.db'),
  lock: join(directory, 'library.lock'),
  pictures: join(directory, 'pictures'),
  keptPictures: join(directory, 'kept-pictures'),
  frames: join(directory, 'frames'),
  segments: join(directory, 'segments'),
  backups: join(directory, 'backups'),
  log: join(directory, 'logs', 'kinora.log'),
  requestLog: join(directory, 'logs', 'requests.log'),
})

/** `--library`, else `KINORA_LIBRARY`, else the app's own data folder; always absolute. */
export const libraryDirectory = (option: string | undefined, environment: NodeJS.ProcessEnv): string => {
  const chosen = option ?? environment['KINORA_LIBRARY']
  return resolve(chosen ?? join(envPaths('kinora', { suffix: '' }).data, 'library'))
}

/** Where downloaded models lie, for all libraries: `KINORA_MODELS`, else the app's own data folder; absolute. */
export const downloadedModels = (environment: NodeJS.ProcessEnv): string =>
  resolve(environment['KINORA_MODELS'] ?? join(envPaths('kinora', { suffix: '' }).data, 'models'))

/** The project's `resources` folder, from the source tree, a build in `out/` or a packaged app (native code reads no archive). */
export const resourcesDirectory = (from: string): string => {
  for (let folder = from; dirname(folder) !== folder; folder = dirname(folder)) {
    const candidate = join(folder, 'resources')
    if (existsSync(join(candidate, 'models')))
      return candidate.replace(/\bapp\.asar\b(?!\.unpacked)/, 'app.asar.unpacked')
  }
  throw new Error(`no resources folder above ${from}`)
}
