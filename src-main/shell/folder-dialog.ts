import { dirname } from 'node:path'
import { BrowserWindow, dialog } from 'electron'
import type { OpenDialogOptions } from 'electron'
import type { DesktopStateFile } from './desktop-state.ts'

/**
 * Asks for folders with the system's dialog, opened where the last one was found; absolute paths, none when
 * it was cancelled.
 */
export const chooseFolders = async (state: DesktopStateFile): Promise<readonly string[]> => {
  const { lastFolder } = state.get()
  const options: OpenDialogOptions = {
    properties: ['openDirectory', 'multiSelections'],
    ...(lastFolder === undefined ? {} : { defaultPath: lastFolder }),
  }
  const window = BrowserWindow.getFocusedWindow() // the dialog is a sheet of it, where systems have sheets
  const { canceled, filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options))
  const [first] = filePaths
  if (canceled || first === undefined) return []
  state.keep({ lastFolder: dirname(first) })
  return filePaths
}
