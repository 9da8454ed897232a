import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { Rectangle } from 'electron'
import { drop } from '../foundation/drop.ts'
import type { Log } from '../foundation/log.ts'
import type { DesktopStateFile } from './desktop-state.ts'
import type { PageAddress } from './page-address.ts'

const usual = { width: 1280, height: 820 }
const smallest = { minWidth: 720, minHeight: 480 }
/** So much of a remembered window must lie on a screen, or it opens in the middle of the first one. */
const visiblePixels = 80
/** A page that dies again within so many milliseconds is not loaded a third time. */
const reloadPauseMilliseconds = 10_000

export type PageWindowOptions = {
  readonly address: PageAddress
  /** Absolute path of the built preload. */
  readonly preload: string
  readonly icon: string
  readonly state: DesktopStateFile
  readonly log: Log
}

/** Whether enough of `window` lies on one of the screens to be grasped. */
export const isOnScreen = (window: Rectangle, screens: readonly Rectangle[]): boolean =>
  screens.some(
    (area) =>
      Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x) >= visiblePixels &&
      window.y >= area.y - 1 &&
      area.y + area.height - window.y >= visiblePixels,
  )

/** Opens the window with our page: sandboxed, isolated, shown when it has something to show. */
export const openPageWindow = ({ address, preload, icon, state, log }: PageWindowOptions): BrowserWindow => {
  const { bounds, maximized } = state.get()
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea)
  const window = new BrowserWindow({
    ...usual,
    ...(bounds !== undefined && isOnScreen(bounds, areas) ? bounds : {}),
    ...smallest,
    title: 'Kinora',
    icon,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16171b' : '#f8f8fa',
    // Most of these are defaults: spelled out, so that no other default can loosen them (security.md 2-12).
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false, // its dictionaries would be fetched from the network
    },
  })
  window.once('ready-to-show', () => {
    if (maximized === true) window.maximize()
    window.show()
  })
  window.on('close', () => state.keep({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }))

  let diedAt = -Infinity
  window.webContents.on('render-process-gone', (_event, details) => {
    log.error({ ...details }, 'the page died')
    const again = performance.now() - diedAt > reloadPauseMilliseconds
    diedAt = performance.now()
    if (again && details.reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload()
  })
  drop(window.loadURL(address.url).catch((err: unknown) => log.error({ err }, 'the page cannot be loaded')))
  return window
}
