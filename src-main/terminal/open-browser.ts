import { spawn } from 'node:child_process'

/** The system's way to open an address: a program and what comes before the address. */
const openers: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}

/** Opens `url` in the person's browser; answers what went wrong, or null. Does not wait for the browser's end. */
export const openBrowser = (url: string, platform: NodeJS.Platform): Promise<string | null> =>
  new Promise((resolve) => {
    const [program, ...before] = openers[platform] ?? ['xdg-open']
    const child = spawn(program, [...before, url], { stdio: 'ignore', detached: true })
    child.once('error', (cause) => resolve(cause.message))
    child.once('spawn', () => {
      child.unref()
      resolve(null)
    })
  })
