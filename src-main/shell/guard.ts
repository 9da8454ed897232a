import { shell } from 'electron'
import type { App, Session, WebContents } from 'electron'
import { drop } from '../foundation/drop.ts'
import type { Log } from '../foundation/log.ts'
import { originOf } from './page-address.ts'
import type { PageAddress } from './page-address.ts'

export type GuardOptions = { readonly address: PageAddress; readonly log: Log }

/** Pages that the system's browser may be asked to open: where ffmpeg comes from, and models with their licences. */
const outsideOrigins: ReadonlySet<string> = new Set(['https://ffmpeg.org', 'https://huggingface.co'])

/** What a page of ours may be granted: the player fills the screen, a time or a name is copied. Nothing else. */
const granted: ReadonlySet<string> = new Set(['fullscreen', 'clipboard-sanitized-write'])

/** Whether an address may be given to the system's browser: https, and on the list. */
export const mayOpenOutside = (url: string): boolean => outsideOrigins.has(originOf(url) ?? '')

/** Denies every permission but the two of `granted`, and those to anybody but our own page's main frame (security.md 5). */
export const guardPermissions = (session: Session, { address, log }: GuardOptions): void => {
  const allows = (permission: string, url: string, isMainFrame: boolean): boolean =>
    isMainFrame && granted.has(permission) && originOf(url) === address.origin
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const allowed = allows(permission, details.requestingUrl, details.isMainFrame)
    if (!allowed) log.warn({ permission, url: details.requestingUrl }, 'guard: permission denied')
    answer(allowed)
  })
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    allows(permission, requestingOrigin, details.isMainFrame),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler(null)
}

/** Cancels every request that is not for our own protocols: nothing is sent anywhere, whatever the page holds. */
export const guardRequests = (session: Session, { address, log }: GuardOptions): void => {
  const schemes = new Set(['app:', 'media:', 'devtools:', 'blob:', 'data:'])
  const devOrigins = address.devServer ? [address.origin, address.origin.replace(/^http/, 'ws')] : []
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const known = URL.canParse(url) && schemes.has(new URL(url).protocol)
    const cancel = !known && !devOrigins.includes(originOf(url) ?? '')
    if (cancel) log.warn({ url }, 'guard: request cancelled')
    answer({ cancel })
  })
}

/** Denies navigation, new windows and webviews (security.md 11-15); a listed https address goes to the system's browser. */
export const guardContents = (contents: WebContents, { address, log }: GuardOptions): void => {
  // The dev server reloads its page; our own never navigates.
  const isReload = (url: string): boolean => address.devServer && originOf(url) === address.origin
  contents.on('will-frame-navigate', (event) => {
    if (isReload(event.url)) return
    log.warn({ url: event.url }, 'guard: navigation denied')
    event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) drop(shell.openExternal(url))
    else log.warn({ url }, 'guard: new window denied')
    return { action: 'deny' }
  })
}

/** Guards every page that this app will ever make. Call it once, before the first window; the session exists when ready. */
export const guardApp = (app: App, options: GuardOptions): void => {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, options))
}
