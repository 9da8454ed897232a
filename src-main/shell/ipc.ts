import { ipcMain } from 'electron'
import type { IpcMainEvent, WebContents, WebFrameMain } from 'electron'
import type { Log } from '../foundation/log.ts'
import { originOf } from './page-address.ts'

export type TrustedMessage = { readonly contents: WebContents; readonly frame: WebFrameMain }

export type IpcOptions = {
  /** The origin whose main frame may talk to us. */
  readonly origin: string
  readonly log: Log
}

/** The sending frame when it is the main frame of a page of ours; null for anybody else. */
export const trustedFrame = (event: IpcMainEvent, origin: string): WebFrameMain | null => {
  const frame = event.senderFrame // null once the frame has navigated away
  if (frame?.parent !== null || frame.frameTreeNodeId !== event.sender.mainFrame.frameTreeNodeId) return null
  return originOf(frame.url) === origin ? frame : null
}

/**
 * The only door from pages to the main process: every listener is registered here, and hears of a message only
 * when its sender is trusted (security.md 17). Nobody listens on other channels.
 */
export const onTrustedMessage = (
  channel: string,
  { origin, log }: IpcOptions,
  listener: (message: TrustedMessage) => void,
): void => {
  ipcMain.on(channel, (event) => {
    const frame = trustedFrame(event, origin)
    if (frame === null) log.warn({ channel, url: event.senderFrame?.url }, 'ipc: refused a foreign sender')
    else listener({ contents: event.sender, frame })
  })
}
