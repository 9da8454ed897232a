/** Where the window's page comes from: our own protocol, or the dev server while developing. */
export type PageAddress = {
  readonly url: string
  /** As `originOf` writes it. */
  readonly origin: string
  readonly devServer: boolean
}

/** `scheme://host[:port]` of an address; null when it is none. `URL.origin` says "null" for schemes of our own. */
export const originOf = (url: string): string | null => {
  if (!URL.canParse(url)) return null
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}`
}

/** The page of this start: electron-vite names its dev server in ELECTRON_RENDERER_URL; a packaged app never asks. */
export const pageAddress = (isPackaged: boolean, environment: NodeJS.ProcessEnv): PageAddress => {
  const served = isPackaged ? undefined : environment['ELECTRON_RENDERER_URL']
  const devOrigin = served === undefined ? null : originOf(served)
  return served === undefined || devOrigin === null
    ? { url: 'app://bundle/index.html', origin: 'app://bundle', devServer: false }
    : { url: served, origin: devOrigin, devServer: true }
}
