import { randomBytes } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { HostInfo } from '../../src-preload/contract/page-api.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { forkWithNode } from '../foundation/engine-process.ts'
import { openLibrary } from '../foundation/library-connection.ts'
import { createLibraryHolder } from '../foundation/library-holder.ts'
import { libraryPaths, resourcesDirectory } from '../foundation/library-paths.ts'
import { createLog } from '../foundation/log.ts'
import { createMomentFrames } from '../foundation/moment-frames.ts'
import { createPageService } from '../foundation/page-service.ts'
import { isLoopback, usualPort } from '../foundation/serving.ts'
import type { ServeLibrary } from '../foundation/serving.ts'
import { kinoraVersion } from '../foundation/version.ts'
import { createFolderBrowser } from './folder-browser.ts'
import { defaultRoots } from './folder-roots.ts'
import { readPageFiles } from './page-files.ts'
import { addressHost, startWebServer } from './web-server.ts'
import type { WebServer, WebServerOptions } from './web-server.ts'

const platformNames: Partial<Record<NodeJS.Platform, HostInfo['platform']>> = {
  darwin: 'mac',
  win32: 'windows',
}

/** This machine's own addresses: a name can be made to lead here, an address in `Host` cannot lie. */
const ownAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap((all = []) =>
    all.filter(({ internal }) => !internal).map(({ address }) => addressHost(address)),
  )

const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::' || host === '[::]'

const startOnAnyPort = async (
  port: number | null,
  options: Omit<WebServerOptions, 'port'>,
): Promise<Result<WebServer>> => {
  const started = await startWebServer({ ...options, port: port ?? usualPort })
  const isTaken = !started.ok && started.error.code === 'busy'
  return port === null && isTaken ? startWebServer({ ...options, port: 0 }) : started
}

/** Serves a library to browsers: opens it (joining or starting its service) and listens. */
export const serveLibrary: ServeLibrary = async (options) => {
  if (options.token !== null && !isLoopback(options.host) && options.token.length < 16) {
    return fail(
      'bad-arguments',
      'A token for the network has at least 16 characters.',
      'Or leave --token out.',
    )
  }
  const page = await readPageFiles(
    options.pageRoot ?? join(resourcesDirectory(import.meta.dirname), '..', 'out', 'renderer'),
  )
  if (!page.ok) return page
  const paths = libraryPaths(options.directory)
  const log = createLog('serve', paths.log)
  const library = createLibraryHolder({
    open: () => openLibrary({ directory: options.directory, entries: options.entries, fork: forkWithNode }),
    log,
  })
  const first = await library.client()
  if (!first.ok) {
    await library.close()
    return first
  }
  const roots = options.roots.length > 0 ? options.roots : await defaultRoots(process.platform)
  const folders = createFolderBrowser(roots, () => randomBytes(16).toString('hex'))
  const version = kinoraVersion()
  const service = createPageService({
    library,
    log,
    host: {
      about: () => ({
        kind: 'browser',
        version,
        mediaBase: '/media/',
        platform: platformNames[process.platform] ?? 'linux',
      }),
      chooseFolder: () =>
        Promise.resolve(
          fail('not-allowed', 'A browser cannot open a folder dialog here.', 'Choose from the list.'),
        ),
      browse: folders.browse,
      placePath: folders.pathOf,
    },
  })
  const frames = createMomentFrames({ folder: paths.frames, log, clock: () => Date.now() / 1000 })
  const token = options.token ?? randomBytes(32).toString('hex')
  const own = isWildcard(options.host) ? ownAddresses() : []
  const server = await startOnAnyPort(options.port, {
    host: options.host,
    token,
    session: randomBytes(32).toString('hex'),
    allowedHosts: [...options.allowedHosts, ...own],
    page: page.value,
    service,
    library,
    frames,
    log,
  })
  if (!server.ok) {
    await frames.close()
    await library.close()
    return server
  }
  const { port } = server.value
  const shown = isWildcard(options.host) ? (own[0] ?? '127.0.0.1') : addressHost(options.host)
  log.info({ host: options.host, port }, 'serving')
  return ok({
    url: `http://${shown}:${port}/?token=${encodeURIComponent(token)}`,
    close: async () => {
      await Promise.all([server.value.close(), frames.close()])
      await library.close()
    },
  })
}
