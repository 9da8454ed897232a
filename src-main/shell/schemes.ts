import { protocol } from 'electron'

/** Registers both of our schemes. Electron takes one such call only, before it is ready (anchors.md 2.5). */
export const registerSchemes = (): void =>
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    { scheme: 'media', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
