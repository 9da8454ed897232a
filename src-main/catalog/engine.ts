import { makeFolder } from '../foundation/make-folder.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drop } from '../foundation/drop.ts'
import { engineArguments } from '../foundation/engine-arguments.ts'
import { engineEntries } from '../foundation/engine-entries.ts'
import { engineForker } from '../foundation/delegated-forker.ts'
import { downloadedModels, libraryPaths, resourcesDirectory } from '../foundation/library-paths.ts'
import { listenForLibrary } from '../foundation/library-socket.ts'
import { createLog } from '../foundation/log.ts'
import { tellParent } from '../foundation/parent-link.ts'
import { kinoraVersion } from '../foundation/version.ts'
import { libraryMarker } from '../domain/ignore-rules.ts'
import { createCatalog } from './catalog.ts'
import { takeLibraryLock } from './database.ts'
import { readRegistry } from './registry.ts'

/**
 * The catalog's process: takes the library's lock, listens on its socket, and ends when its last client has left.
 * Its first word to its parent is `ready`, `locked` (another process has the library) or `failed`.
 */
const firstClientMilliseconds = 10_000

const paths = libraryPaths(engineArguments(process.argv.slice(2)).library)
makeFolder(paths.directory)
makeFolder(paths.pictures)
writeFileSync(join(paths.directory, libraryMarker), 'This folder is a Kinora library.\n')
const log = createLog('catalog', paths.log)
process.on('uncaughtException', (err) => {
  log.fatal({ err }, 'uncaught')
  process.exit(1)
})

const lock = takeLibraryLock(paths)
if (lock === null) {
  tellParent({ kind: 'locked' })
  process.exit(0)
}
const modelsDirectory = join(resourcesDirectory(import.meta.dirname), 'models')
const catalog = createCatalog({
  paths,
  log,
  fork: engineForker(),
  entries: engineEntries(import.meta.url),
  modelsDirectory,
  downloads: downloadedModels(process.env),
  registry: readRegistry(modelsDirectory, process.env),
  version: kinoraVersion(),
  clock: () => Date.now() / 1000,
  onAlone: () => drop(close()),
})
if (!catalog.ok) {
  tellParent({ kind: 'failed', error: catalog.error })
  process.exit(0)
}

let closing = false
const close = async (): Promise<void> => {
  if (closing) return
  closing = true
  await listener.close()
  await catalog.value.close()
  lock.release()
  process.exit(0)
}
const listener = await listenForLibrary(paths.directory, (role, wire) => catalog.value.connect(role, wire))
process.on('SIGTERM', () => drop(close()))
process.on('SIGINT', () => drop(close()))
setTimeout(() => {
  if (catalog.value.clients() === 0) drop(close())
}, firstClientMilliseconds)
tellParent({ kind: 'ready' })
log.info({ pid: process.pid, library: paths.directory }, 'ready')
