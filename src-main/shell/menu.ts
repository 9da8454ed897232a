import { Menu, shell } from 'electron'
import type { MenuItemConstructorOptions } from 'electron'
import { drop } from '../foundation/drop.ts'
import type { MenuTexts } from './menu-texts.ts'

export type MenuOptions = {
  readonly texts: MenuTexts
  readonly isMac: boolean
  /** Reload and developer tools: never in a packaged app. */
  readonly forDevelopers: boolean
  readonly onAddFolder: () => void
}

/** The application's menu. Its roles bring their own words, keys and behaviour from the system. */
export const menuTemplate = (options: MenuOptions): MenuItemConstructorOptions[] => {
  const { texts, isMac, forDevelopers, onAddFolder } = options
  const developerItems: MenuItemConstructorOptions[] = forDevelopers
    ? [{ role: 'reload' }, { role: 'toggleDevTools' }, { type: 'separator' }]
    : []
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: texts.file,
      submenu: [
        { label: texts.addFolder, accelerator: 'CmdOrCtrl+O', click: onAddFolder },
        { type: 'separator' },
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    { label: texts.edit, role: 'editMenu' },
    {
      label: texts.view,
      submenu: [
        ...developerItems,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { label: texts.window, role: 'windowMenu' },
    {
      label: texts.help,
      role: 'help',
      submenu: [
        { label: texts.ffmpeg, click: () => drop(shell.openExternal('https://ffmpeg.org/download.html')) },
      ],
    },
  ]
}

/** Makes it the menu of the application. */
export const setMenu = (options: MenuOptions): void =>
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)))
