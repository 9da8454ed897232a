/**
 * Boots a built desktop on the stub: `node boot.ts OUT/main/app.js`. The parent process sends functions to run in
 * here (`desktop.ts`), as a browser's test driver does.
 */
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { runInThisContext } from 'node:vm'

const stubUrl = new URL('electron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: stubUrl, shortCircuit: true } : next(specifier, context),
})

const stub = await import('./electron.ts')
const { records } = await import('./records.ts')
const { bundleAnswer } = await import('./protocols.ts')

type Request = { readonly id: number; readonly source: string; readonly argument: unknown }

/** What a test's function is given. */
const inside = {
  records,
  request: bundleAnswer,
  session: stub.session.asks,
  ipcMain: stub.ipcMain,
  app: stub.app,
  powerMonitor: stub.powerMonitor,
  windows: () => stub.BrowserWindow.getAllWindows(),
  world: () => stub.BrowserWindow.getAllWindows()[0]?.webContents.world ?? null,
}
export type Inside = typeof inside

const answer = async ({ id, source, argument }: Request): Promise<void> => {
  try {
    const run = runInThisContext(`(${source})`) as (inside: Inside, argument: unknown) => unknown
    process.send?.({ kind: 'answer', id, value: await run(inside, argument) })
  } catch (error) {
    process.send?.({
      kind: 'answer',
      id,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
  }
}
process.on('message', (request: Request) => {
  answer(request).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`)
  })
})
process.on('disconnect', () => process.exit(1))

await import(pathToFileURL(process.argv[2] ?? '').href)
stub.becomeReady()
process.send?.({ kind: 'booted' })
