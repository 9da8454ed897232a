/** What the stub of Electron was asked for, as plain values. */
export type Records = {
  sandboxEnabled: boolean
  schemes: readonly unknown[] | null
  readonly windows: unknown[]
  readonly loaded: string[]
  pageStatus: number
  readonly dialogs: unknown[]
  readonly openedOutside: string[]
  /** Names of the utility processes, in order. */
  readonly forked: string[]
  /** Channels that the main process listens on. */
  readonly channels: string[]
  menu: unknown
  focused: number
  reloads: number
}

export const records: Records = {
  sandboxEnabled: false,
  schemes: null,
  windows: [],
  loaded: [],
  pageStatus: 0,
  dialogs: [],
  openedOutside: [],
  forked: [],
  channels: [],
  menu: null,
  focused: 0,
  reloads: 0,
}
