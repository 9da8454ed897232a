import { resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import type { EngineEntries } from '../foundation/engine-entries.ts'
import { isLoopback, usualPort } from '../foundation/serving.ts'
import type { ServeLibrary } from '../foundation/serving.ts'
import type { Command_ } from './command.ts'
import { openBrowser } from './open-browser.ts'
import { exitStatus } from './output.ts'

/** What `serve` takes from its command line. */
export type ServeFlags = {
  readonly port?: number
  readonly host: string
  readonly token?: string
  readonly open?: boolean
  readonly root: readonly string[]
  readonly allowedHost: readonly string[]
  readonly page?: string
}

const port = (text: string): number => {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > 65_535)
    throw new InvalidArgumentError('It is a whole number from 0 to 65535.')
  return value
}

const plainToken = (text: string): string => {
  if (!/^[\w.~-]{1,256}$/.test(text)) {
    throw new InvalidArgumentError('It is made of letters, digits, and - _ . ~ only.')
  }
  return text
}

const collect = (text: string, before: readonly string[]): readonly string[] => [...before, text]

/** Adds the options of `serve` to a command. */
export const addServeOptions = (command: Command): Command =>
  command
    .option('--port <n>', `the port (default: ${usualPort}, or a free one)`, port)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--token <token>', 'the token of the address (default: a random one)', plainToken)
    .option('--open', 'open it in the browser')
    .option('--no-open', 'only print the address')
    .option('--root <dir>', 'folders below this may be chosen in the page; may be repeated', collect, [])
    .option('--allowed-host <name>', 'answer to this host name too; may be repeated', collect, [])
    .option('--page <dir>', 'the folder of the built page (default: out/renderer)')

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    if (signal.aborted) done()
    else signal.addEventListener('abort', () => done(), { once: true })
  })

/** `serve`: prints the address when it is ready, and serves until Ctrl-C. */
export const serveCommand =
  (
    serveLibrary: ServeLibrary,
    flags: ServeFlags,
    library: { readonly directory: string; readonly entries: EngineEntries },
  ): Command_ =>
  async ({ output, signal }) => {
    const serving = await serveLibrary({
      ...library,
      host: flags.host,
      port: flags.port ?? null,
      token: flags.token ?? null,
      roots: flags.root.map((root) => resolve(root)),
      allowedHosts: flags.allowedHost,
      pageRoot: flags.page === undefined ? null : resolve(flags.page),
    })
    if (!serving.ok) return output.failure(serving)
    const { url, close } = serving.value
    if (!isLoopback(flags.host)) {
      process.stderr.write(
        'kinora: Others on this network can read along: the connection is not encrypted.\n',
      )
    }
    output.answer({ url }, () => [url])
    const trouble = flags.open === true ? await openBrowser(url, process.platform) : null
    if (trouble !== null) process.stderr.write(`kinora: No browser could be opened (${trouble}).\n`)
    await aborted(signal)
    await close()
    return exitStatus.done
  }
