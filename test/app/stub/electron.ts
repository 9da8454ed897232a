/**
 * Stands in for the module `electron` where its binary cannot be had: the built desktop runs on it under plain
 * Node, with real engines as real processes. It keeps what was asked of it in `records`. Only what Kinora uses.
 */
import { EventEmitter } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleAnswer, handleScheme } from './protocols.ts'
import { loadPreload } from './page-world.ts'
import type { PageFrame, PageWorld } from './page-world.ts'
import { MessageChannelMain } from './ports.ts'
import { ipcMain } from './ipc.ts'
import { session } from './session.ts'
import { records } from './records.ts'

export { utilityProcess } from './utility-process.ts'
export { ipcMain, MessageChannelMain, session }

const ready = Promise.withResolvers<undefined>()
let isReady = false

class App extends EventEmitter {
  readonly isPackaged = false
  readonly commandLine = {
    getSwitchValue: (name: string): string => process.env[`STUB_SWITCH_${name.toUpperCase()}`] ?? '',
  }
  enableSandbox(): void {
    if (isReady) throw new Error('app.enableSandbox() must be called before ready')
    records.sandboxEnabled = true
  }
  requestSingleInstanceLock(): boolean {
    return process.env['STUB_SECOND_INSTANCE'] !== '1'
  }
  whenReady(): Promise<undefined> {
    return ready.promise
  }
  getPath(name: string): string {
    return process.env['STUB_USER_DATA'] ?? join(tmpdir(), name)
  }
  getLocale(): string {
    return process.env['STUB_LOCALE'] ?? 'en-GB'
  }
  quit(): void {
    setImmediate(() => {
      for (const window of BrowserWindow.getAllWindows()) window.close()
      const event = { prevented: false, preventDefault: () => (event.prevented = true) }
      app.emit('will-quit', event)
      if (!event.prevented) app.exit(0)
    })
  }
  exit(code: number): void {
    process.send?.({ kind: 'exited', code })
    process.exit(code)
  }
}
export const app = new App()

/** As in Electron: ready comes only after the main module was evaluated (electron#40719). */
export const becomeReady = (): void => {
  isReady = true
  ready.resolve(undefined)
  app.emit('ready')
}

export const protocol = {
  registerSchemesAsPrivileged: (schemes: readonly unknown[]): void => {
    if (isReady || records.schemes !== null) throw new Error('only once, before ready')
    records.schemes = schemes
  },
  handle: handleScheme,
}

type NavigationEvent = { readonly url: string; readonly preventDefault: () => void }

class WebContents extends EventEmitter {
  readonly id: number
  readonly mainFrame: PageFrame
  world: PageWorld | null = null
  windowOpenHandler: (details: { readonly url: string }) => unknown = () => ({ action: 'allow' })
  constructor(id: number) {
    super()
    this.id = id
    this.mainFrame = { frameTreeNodeId: id, url: 'about:blank', parent: null, postMessage: () => undefined }
  }
  setWindowOpenHandler(handler: (details: { readonly url: string }) => unknown): void {
    this.windowOpenHandler = handler
  }
  /** Whether an event that asks for leave was denied it. */
  denies(event: string, url: string): boolean {
    let denied = false
    this.emit(event, { url, preventDefault: () => (denied = true) } satisfies NavigationEvent)
    return denied
  }
  reload(): void {
    records.reloads += 1
  }
}

let nextWindow = 1

export class BrowserWindow extends EventEmitter {
  static all: BrowserWindow[] = []
  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.all]
  }
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.all.at(-1) ?? null
  }
  readonly webContents = new WebContents(nextWindow++)
  readonly options: { readonly webPreferences: { readonly preload: string } } & Record<string, unknown>
  visible = false
  constructor(options: BrowserWindow['options']) {
    super()
    this.options = options
    BrowserWindow.all.push(this)
    records.windows.push(structuredClone(options))
    app.emit('web-contents-created', {}, this.webContents)
  }
  async loadURL(url: string): Promise<void> {
    records.loaded.push(url)
    const { webContents } = this
    webContents.mainFrame.url = url
    records.pageStatus = (await bundleAnswer(url)).status
    webContents.world = loadPreload(this.options.webPreferences.preload, webContents)
    this.emit('ready-to-show')
  }
  show(): void {
    this.visible = true
  }
  close(): void {
    this.emit('close', {})
    BrowserWindow.all = BrowserWindow.all.filter((window) => window !== this)
    this.emit('closed')
    if (BrowserWindow.all.length === 0) app.emit('window-all-closed')
  }
  getNormalBounds(): Record<string, number> {
    return { x: 40, y: 50, width: 900, height: 700 }
  }
  isMaximized(): boolean {
    return false
  }
  isMinimized(): boolean {
    return false
  }
  isDestroyed(): boolean {
    return !BrowserWindow.all.includes(this)
  }
  focus(): void {
    records.focused += 1
  }
  maximize(): void {
    this.visible = true
  }
  restore(): void {
    this.visible = true
  }
}

export const dialog = {
  showOpenDialog: (...args: readonly unknown[]): Promise<{ canceled: boolean; filePaths: string[] }> => {
    records.dialogs.push(args.at(-1))
    const filePaths = JSON.parse(process.env['STUB_FOLDERS'] ?? '[]') as string[]
    return Promise.resolve({ canceled: filePaths.length === 0, filePaths })
  },
  showErrorBox: (title: string, text: string): void => {
    process.stderr.write(`${title}: ${text}\n`)
  },
}

export const shell = {
  openExternal: (url: string): Promise<void> => {
    records.openedOutside.push(url)
    return Promise.resolve()
  },
}

export const Menu = {
  buildFromTemplate: (template: unknown): unknown => template,
  setApplicationMenu: (menu: unknown): void => {
    records.menu = menu
  },
}

/** A machine on mains that nobody has touched for ten minutes; tests set what it says, and emit its events. */
class PowerMonitor extends EventEmitter {
  onBattery = false
  idleSeconds = 600
  isOnBatteryPower(): boolean {
    return this.onBattery
  }
  getSystemIdleTime(): number {
    return this.idleSeconds
  }
}
export const powerMonitor = new PowerMonitor()

export const nativeTheme = { shouldUseDarkColors: true }
export const screen = {
  getAllDisplays: (): readonly { readonly workArea: object }[] => [
    { workArea: { x: 0, y: 0, width: 1920, height: 1080 } },
  ],
}
