import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { createClient } from '../../src-preload/contract/client.ts'
import type { VideoCard } from '../../src-preload/contract/nouns.ts'
import { pageApi } from '../../src-preload/contract/page-api.ts'
import type { PageApi } from '../../src-preload/contract/page-api.ts'
import { expectOk } from '../../src-preload/contract/result.ts'
import type { Client } from '../../src-preload/contract/schema.ts'
import { openClientWire } from '../contract/websocket-pair.ts'
import { engineProcesses } from './engine-processes.ts'
import { eventually } from './kinora-cli.ts'
import { drawFilm } from './small-films.ts'

const entry = resolve(import.meta.dirname, '..', '..', 'src-main', 'serve.ts')
const indexPage =
  '<!doctype html><title>Kinora, a page for tests</title><script src="/assets/page-1.js"></script>'

export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** A library in a temporary folder, served by a process of its own to a page of two files. */
export type ServedLibrary = {
  /** Holds `library`, `films` and `page`; the root that may be browsed. */
  readonly root: string
  readonly library: string
  readonly films: string
  readonly child: ChildProcess
  readonly stdout: () => string
  readonly stderr: () => string
  readonly exited: Promise<number | null>
  /** The line that was printed. */
  readonly url: string
  /** `http://127.0.0.1:PORT`, which is also the origin. */
  readonly base: string
  readonly port: number
  readonly cookie: string
  /** GET (or another method) with the cookie; `path` goes out exactly as it is. */
  readonly get: (path: string, headers?: Record<string, string>, method?: string) => Promise<Answer>
  /** Sends these bytes on a connection of their own and answers all that comes back. */
  readonly raw: (text: string | Buffer) => Promise<string>
  readonly openPage: () => Promise<Client<PageApi>>
  readonly servicePid: () => number
  /** Ends the server with SIGTERM, waits until no process of the library is left, removes everything. */
  readonly dispose: () => Promise<void>
}

/** Writes a page of two files into `folder`. */
export const writeTestPage = (folder: string): void => {
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), indexPage)
  writeFileSync(join(folder, 'assets', 'page-1.js'), 'document.title += "."\n')
}

/** Runs `serve` with these options; `url` settles with its first line, or with what it said when it ended first. */
export const startServe = (
  args: readonly string[],
): {
  child: ChildProcess
  url: Promise<string>
  exited: Promise<number | null>
  stdout: () => string
  stderr: () => string
} => {
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  const url = Promise.withResolvers<string>()
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
    if (stdout.includes('\n')) url.resolve(stdout.slice(0, stdout.indexOf('\n')))
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  const exited = new Promise<number | null>((settle) => {
    child.once('close', (code) => {
      url.reject(new Error(`serve ended with ${code ?? 'a signal'}: ${stderr}`))
      settle(code)
    })
  })
  url.promise.catch(() => undefined) // whoever awaits it hears of it
  return { child, url: url.promise, exited, stdout: () => stdout, stderr: () => stderr }
}

/** Serves a new library. `prepare` fills its film folder first. Whoever makes it disposes it. */
export const serveNewLibrary = async (
  prepare: (films: string) => unknown = () => undefined,
  more: readonly string[] = [],
): Promise<ServedLibrary> => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'kinora-serve-')))
  const library = join(root, 'library')
  const films = join(root, 'films')
  mkdirSync(films)
  writeTestPage(join(root, 'page'))
  prepare(films)
  const options = ['--library', library, '--page', join(root, 'page'), '--port', '0', '--root', root]
  const serve = startServe([...options, ...more])
  const url = await serve.url
  const { origin: base, port } = new URL(url)
  const entrance = await fetch(url, { redirect: 'manual' })
  const cookie = entrance.headers.get('set-cookie')?.split(';')[0] ?? ''
  return {
    ...serve,
    root,
    library,
    films,
    url,
    base,
    port: Number(port),
    cookie,
    get: (path, headers = {}, method = 'GET') =>
      new Promise((settle, reject) => {
        const sent = request({ host: '127.0.0.1', port, path, method, headers: { cookie, ...headers } })
        sent.once('error', reject)
        sent.once('response', (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.once('error', reject)
          response.once('end', () =>
            settle({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks),
            }),
          )
        })
        sent.end()
      }),
    raw: (text) =>
      new Promise((settle) => {
        const socket = connect(Number(port), '127.0.0.1')
        let heard = ''
        socket.setEncoding('latin1').on('data', (chunk: string) => (heard += chunk))
        socket.once('error', () => undefined) // it may be reset: what was heard until then counts
        socket.once('close', () => settle(heard))
        socket.write(text)
      }),
    openPage: async () => {
      const socket = new WebSocket(`${base.replace('http', 'ws')}/socket`, {
        headers: { cookie, origin: base },
      })
      return createClient(pageApi, await openClientWire(socket))
    },
    servicePid: () =>
      (JSON.parse(readFileSync(join(library, 'service.json'), 'utf8')) as { readonly pid: number }).pid,
    dispose: async () => {
      serve.child.kill('SIGTERM')
      await serve.exited
      const deadline = performance.now() + 15_000
      while (engineProcesses(root).length > 0 && performance.now() < deadline) await sleep(100)
      const left = engineProcesses(root)
      for (const { pid } of left) process.kill(pid, 'SIGKILL')
      rmSync(root, { recursive: true, force: true })
      if (left.length > 0) throw new Error(`left running: ${left.map(({ command }) => command).join('; ')}`)
    },
  }
}

/** Serves a new library of one film that is watched, indexed and has its pictures. */
export const serveOneFilm = async (): Promise<{
  readonly served: ServedLibrary
  readonly video: VideoCard
}> => {
  const served = await serveNewLibrary((films) => drawFilm(films, 'film.mp4'))
  const page = await served.openPage()
  const top = expectOk(await page.call.host.browse({ place: null }), 'the root')
  const place = top.folders.find(({ name }) => name === 'films')?.place ?? ''
  expectOk(await page.call.host.addBrowsed({ place }), 'added')
  const video = await eventually('indexing', 60, async () => {
    const all = expectOk(await page.call.videos.page({ offset: 0, limit: 1 }), 'the list')
    return all.videos[0]?.pictures ? all.videos[0] : null
  })
  page.close()
  return { served, video }
}
