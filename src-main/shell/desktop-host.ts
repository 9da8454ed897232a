import { fail, ok } from '../../src-preload/contract/result.ts'
import type { HostInfo } from '../../src-preload/contract/page-api.ts'
import type { PageHost } from '../foundation/page-service.ts'

export type DesktopHostOptions = {
  readonly version: string
  readonly platform: NodeJS.Platform
  /** The system's dialog: absolute paths, none when it was cancelled. */
  readonly chooseFolders: () => Promise<readonly string[]>
}

/** Where the page finds posters, sprites and films (`media-protocol.ts`). */
export const mediaBase = 'media://library/'

const platformNames: Readonly<Partial<Record<NodeJS.Platform, HostInfo['platform']>>> = {
  darwin: 'mac',
  win32: 'windows',
}

const notHere = fail('not-allowed', 'The desktop chooses folders with the dialog of the system.')

/** The desktop's part of the page service: folders come from the system's dialog, nothing is browsed. */
export const createDesktopHost = ({ version, platform, chooseFolders }: DesktopHostOptions): PageHost => ({
  about: () => ({ kind: 'desktop', version, mediaBase, platform: platformNames[platform] ?? 'linux' }),
  chooseFolder: async () => ok(await chooseFolders()),
  browse: () => Promise.resolve(notHere),
  placePath: () => Promise.resolve(notHere),
})
