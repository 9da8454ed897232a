import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { app, BrowserWindow, dialog, protocol, session } from 'electron'
import { createClient } from '../src-preload/contract/client.ts'
import { createMemoryWires } from '../src-preload/contract/memory-wire.ts'
import { pageApi } from '../src-preload/contract/page-api.ts'
import { drop } from './foundation/drop.ts'
import { engineEntries } from './foundation/engine-entries.ts'
import { openLibrary } from './foundation/library-connection.ts'
import { createLibraryHolder } from './foundation/library-holder.ts'
import { libraryDirectory, libraryPaths, resourcesDirectory } from './foundation/library-paths.ts'
import { createLog } from './foundation/log.ts'
import { createMomentFrames } from './foundation/moment-frames.ts'
import { createPageService } from './foundation/page-service.ts'
import { kinoraVersion } from './foundation/version.ts'
import { applyDevelopmentPolicy, serveBundle } from './shell/app-protocol.ts'
import { createDesktopHost } from './shell/desktop-host.ts'
import { openDesktopState } from './shell/desktop-state.ts'
import { createUtilityForker } from './shell/engines.ts'
import { chooseFolders } from './shell/folder-dialog.ts'
import { guardApp, guardPermissions, guardRequests } from './shell/guard.ts'
import { serveMedia } from './shell/media-protocol.ts'
import { setMenu } from './shell/menu.ts'
import { menuTexts } from './shell/menu-texts.ts'
import { pageAddress } from './shell/page-address.ts'
import { servePagePorts } from './shell/page-port.ts'
import { reportPresence } from './shell/presence.ts'
import { registerSchemes } from './shell/schemes.ts'
import { takeSingleInstance } from './shell/single-instance.ts'
import { openPageWindow } from './shell/window.ts'

/** The desktop: puts the shell, the library and the page together, and takes them apart in order. */
const farewellMilliseconds = 15_000

// Before Electron is ready, and only once each.
app.enableSandbox()
registerSchemes()

const directory = libraryDirectory(app.commandLine.getSwitchValue('library') || undefined, process.env)
const log = createLog('app', libraryPaths(directory).log)
const die = (err: unknown): void => {
  log.fatal({ err }, 'uncaught')
  dialog.showErrorBox('Kinora', err instanceof Error ? err.message : String(err))
  app.exit(1)
}
process.on('uncaughtException', die)
process.on('unhandledRejection', die)
const address = pageAddress(app.isPackaged, process.env)
guardApp(app, { address, log })

const run = async (): Promise<void> => {
  await app.whenReady()
  guardPermissions(session.defaultSession, { address, log })
  guardRequests(session.defaultSession, { address, log })
  if (address.devServer) applyDevelopmentPolicy(session.defaultSession, address.origin)

  const entries = engineEntries(import.meta.url)
  const fork = createUtilityForker({ entries, log })
  const library = createLibraryHolder({ open: () => openLibrary({ directory, entries, fork }), log })
  const state = openDesktopState(join(app.getPath('userData'), 'desktop.json'), log)
  const host = createDesktopHost({
    version: kinoraVersion(),
    platform: process.platform,
    chooseFolders: () => chooseFolders(state),
  })
  const pages = createPageService({ library, host, log })
  const presence = reportPresence(library, log)

  const out = join(import.meta.dirname, '..')
  serveBundle(protocol, join(out, 'renderer'))
  const frames = createMomentFrames({
    folder: libraryPaths(directory).frames,
    log,
    clock: () => Date.now() / 1000,
  })
  serveMedia(protocol, { library, frames, origin: address.origin })
  servePagePorts({ origin: address.origin, log }, (wire) => void pages.attach(wire))

  // The menu's own line to the page service: what it does, the page could do.
  const [menuWire, serviceWire] = createMemoryWires()
  pages.attach(serviceWire)
  const menuClient = createClient(pageApi, menuWire)
  const resources = resourcesDirectory(import.meta.dirname)
  setMenu({
    texts: menuTexts(join(resources, 'locales'), app.getLocale()),
    isMac: process.platform === 'darwin',
    forDevelopers: !app.isPackaged,
    onAddFolder: () => drop(menuClient.call.host.chooseFolder({})),
  })

  const showWindow = (): void => {
    const [window] = BrowserWindow.getAllWindows()
    if (window === undefined) {
      openPageWindow({
        address,
        preload: join(out, 'preload', 'index.cjs'),
        icon: join(resources, 'icons', 'kinora.png'),
        state,
        log,
      })
      return
    }
    if (window.isMinimized()) window.restore()
    window.focus()
  }
  app.on('second-instance', showWindow)
  app.on('activate', showWindow) // macOS: the dock's icon was clicked
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })

  // Quitting waits for the library's service: engines end in order, then we do.
  let left: 'no' | 'leaving' | 'yes' = 'no'
  app.on('will-quit', (event) => {
    if (left === 'yes') return
    event.preventDefault()
    if (left === 'leaving') return
    left = 'leaving'
    presence.close()
    drop(
      Promise.race([Promise.all([library.close(), frames.close()]), sleep(farewellMilliseconds)]).finally(
        () => {
          left = 'yes'
          app.quit()
        },
      ),
    )
  })
  showWindow()
}

// Not awaited: Electron is ready only once this module has been evaluated (electron#40719).
if (takeSingleInstance(app)) drop(run().catch(die))
else app.quit()
