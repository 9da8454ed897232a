import { createReadStream, statSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, extname, join, resolve } from 'node:path'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { parseQuery } from '../../src-main/domain/query.ts'
import { createWebSocketWire } from '../../src-main/web/web-socket-wire.ts'
import type { VideoCard } from '../../src-preload/contract/nouns.ts'
import { pageApi } from '../../src-preload/contract/page-api.ts'
import type { BrowsedPlace, PageApi } from '../../src-preload/contract/page-api.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Handlers, EventName, EventPayload } from '../../src-preload/contract/schema.ts'
import { createServer } from '../../src-preload/contract/server.ts'
import { adaptResult } from './adapt-answer.ts'
import { givePictureToDouble, sendGivenPicture } from './given-pictures.ts'
import { modelHandlers } from './model-handlers.ts'
import { personHandlers } from './person-handlers.ts'
import { pictureFolder } from './pictures.ts'
import { answerFor, detailOf, idle, makeVideo, sceneOf, valuesOf, watched } from './scenario.ts'
import type { Scenario } from './scenario.ts'

/** A library that is none, behind the real contract and the real wire. */
export type Double = {
  readonly address: string
  readonly scenario: Scenario
  /** What was searched for, in the order in which it was asked. */
  readonly queries: readonly string[]
  readonly emit: <Name extends EventName<PageApi>>(name: Name, payload: EventPayload<PageApi, Name>) => void
  /** Cuts every connection and answers nobody until `start`. */
  readonly stop: () => Promise<void>
  readonly start: () => Promise<void>
  /** Calls so far, as `group.name`. */
  readonly calls: readonly string[]
  readonly frames: Readonly<FrameRequests>
}

const pageFolder = process.env['KINORA_PAGE'] ?? resolve(import.meta.dirname, '../../test-results/page')
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.jpg': 'image/jpeg',
  '.webm': 'video/webm',
}

/** Sends a file, or the part of it that was asked for: a player seeks by ranges. */
const sendFile = (file: string, request: IncomingMessage, response: ServerResponse): void => {
  const size = statSync(file, { throwIfNoEntry: false })?.size
  if (size === undefined) {
    response.writeHead(404).end()
    return
  }
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
  const start = Number(range?.[1] ?? 0)
  const end = range?.[2] ? Number(range[2]) : size - 1
  response.writeHead(range ? 206 : 200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
    'cache-control': file.includes('pictures') ? 'max-age=3600' : 'no-store',
    ...(range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
  })
  createReadStream(file, { start, end }).pipe(response)
}

/** What was asked of frames so far. */
export type FrameRequests = {
  /** Their addresses, in order. */
  readonly asked: string[]
  open: number
  /** As many were open at once. */
  most: number
  /** The page went away before they were there. */
  aborted: number
}

/** A frame, after a while. */
const sendFrame = (
  request: IncomingMessage,
  response: ServerResponse,
  { milliseconds, frames }: { readonly milliseconds: number | null; readonly frames: FrameRequests },
): void => {
  const address = new URL(request.url ?? '/', 'http://double')
  const id = address.pathname.slice('/media/frame/'.length)
  frames.asked.push(`${id} ${address.searchParams.get('t') ?? ''}`)
  frames.open += 1
  frames.most = Math.max(frames.most, frames.open)
  const timer = setTimeout(() => {
    if (milliseconds === null) response.writeHead(404).end()
    else sendFile(join(pictureFolder, `poster-${sceneOf(id)}.jpg`), request, response)
  }, milliseconds ?? 0)
  response.once('close', () => {
    clearTimeout(timer)
    frames.open -= 1
    if (!response.writableFinished) frames.aborted += 1
  })
}

const answerHttp = (request: IncomingMessage, response: ServerResponse): void => {
  const path = new URL(request.url ?? '/', 'http://double').pathname
  if (sendGivenPicture(path, response)) return
  const media = /^\/media\/(poster|sprite|film)\/(v[0-9a-f]{20})$/.exec(path)
  if (media?.[2] !== undefined) {
    const scene = sceneOf(media[2])
    const file = media[1] === 'film' ? 'film.webm' : `${media[1] ?? ''}-${scene}.jpg`
    sendFile(join(pictureFolder, file), request, response)
  } else {
    sendFile(join(pageFolder, path === '/' ? 'index.html' : path), request, response)
  }
}

const places: Readonly<Record<string, BrowsedPlace>> = {
  root: {
    place: 'root',
    path: '/home/ada',
    parent: null,
    films: 0,
    folders: [
      { place: 'desktop', name: 'Desktop', watched: false },
      { place: 'videos', name: 'Videos', watched: false },
    ],
  },
  desktop: { place: 'desktop', path: '/home/ada/Desktop', parent: 'root', films: 2, folders: [] },
  videos: {
    place: 'videos',
    path: '/home/ada/Videos',
    parent: 'root',
    films: 3,
    folders: ['2024', '2025', '2026'].map((name) => ({ place: name, name, watched: false })),
  },
}

const compare: Readonly<Record<string, (a: VideoCard, b: VideoCard) => number>> = {
  name: (a, b) => basename(a.path).localeCompare(basename(b.path)),
  duration: (a, b) => b.duration - a.duration,
  created: () => 0,
  added: (a, b) => (a.id < b.id ? 1 : -1),
}

/** Starts a double; films "indexed" after `addBrowsed` come one by one. */
export const startDouble = async (scenario: Scenario): Promise<Double> => {
  const calls: string[] = []
  const frames: FrameRequests = { asked: [], open: 0, most: 0, aborted: 0 }
  const http = createHttpServer((request, response) => {
    if (/^\/media\/frame\/v[0-9a-f]{20}\?/.test(request.url ?? ''))
      sendFrame(request, response, { milliseconds: scenario.frameMilliseconds, frames })
    else answerHttp(request, response)
  })
  const sockets = new Set<WebSocket>()
  const web = new WebSocketServer({ server: http, path: '/socket' })

  const indexSlowly = (count: number): void => {
    const step = (done: number): void => {
      const video = makeVideo(done)
      scenario.videos = [...scenario.videos, video]
      scenario.folders = watched(done + 1).slice(0, 1)
      const left = count - done - 1
      scenario.progress =
        left === 0
          ? idle
          : { ...idle, running: true, jobsDone: done + 1, jobsLeft: left, current: [video.path] }
      server.emit('progress', scenario.progress)
      server.emit('change', { kind: 'video-ready', videoId: video.id, path: video.path })
      if (left > 0) setTimeout(() => step(done + 1), 60)
    }
    setTimeout(() => step(0), 60)
  }

  const person = personHandlers(scenario, (change) => server.emit('change', change))
  const handlers: Handlers<PageApi> = {
    host: {
      about: () => ok({ kind: 'browser', version: '0.1.0', mediaBase: '/media/', platform: 'linux' }),
      chooseFolder: () => fail('not-allowed', 'Only the desktop has a dialog.'),
      browse: ({ place }) => {
        const found = places[place ?? 'root']
        return found ? ok(found) : fail('not-found', 'There is no such place.')
      },
      addBrowsed: () => {
        scenario.folders = watched(0).slice(0, 1)
        scenario.progress = { ...idle, running: true, scanning: 1, jobsLeft: 12 }
        indexSlowly(12)
        return ok(scenario.folders)
      },
    },
    indexing: {
      progress: () => ok(scenario.progress),
      pause: () => {
        scenario.progress = { ...scenario.progress, paused: true }
        return ok(null)
      },
      resume: () => {
        scenario.progress = { ...scenario.progress, paused: false }
        return ok(null)
      },
    },
    folders: {
      list: () => ok(scenario.folders),
      remove: ({ id }) => {
        scenario.folders = scenario.folders.filter((folder) => folder.id !== id)
        return ok(scenario.folders)
      },
      ignored: () => ok(scenario.ignored),
    },
    videos: {
      page: ({ filter, sort, offset, limit }) => {
        const offline = parseQuery(filter).filters.some(({ text }) => text === 'is:offline')
        const passing =
          filter === '' ? scenario.videos : scenario.videos.filter(({ online }) => online !== offline)
        const sorted = sort === 'created' ? passing : passing.toSorted(compare[sort])
        return ok({ total: sorted.length, videos: sorted.slice(offset, offset + limit) })
      },
      get: ({ id }) => {
        const video = scenario.videos.find((candidate) => candidate.id === id)
        return video ? ok(detailOf(video, scenario)) : fail('not-found', `There is no video ${id}.`)
      },
      cards: ({ ids }) => ok(scenario.videos.filter(({ id }) => ids.includes(id))),
      shots: ({ id }) => {
        const video = scenario.videos.find((candidate) => candidate.id === id)
        if (video === undefined) return fail('not-found', `There is no video ${id}.`)
        const analyzed = video.state === 'analyzed'
        return ok({ analyzed, shots: analyzed ? scenario.shots : [] })
      },
      subtitles: () => ok(scenario.subtitles),
      rate: person.rate,
    },
    search: {
      moments: ({ query, in: inside }) => ok(answerFor(scenario, query, inside)),
      prepare: () => ok(null),
      curve: () => ok(scenario.curve),
      values: ({ name, prefix, limit }) => ok(valuesOf(scenario, name, prefix).slice(0, limit)),
      keepPicture: ({ bytes, name }) => ok(givePictureToDouble(bytes, name)),
    },
    history: person.history,
    collections: person.collections,
    tags: person.tags,
    models: modelHandlers(scenario),
    settings: {
      widePictures: () => ok(scenario.wide),
      setWidePictures: ({ mode }) => {
        scenario.wide = { ...scenario.wide, mode }
        return ok(scenario.wide)
      },
    },
    problems: {
      list: () => ok(scenario.problems),
      retry: () => ok({ retried: scenario.problems.length }),
    },
    doctor: { run: () => ok(scenario.checks) },
  }

  const queries: string[] = []
  /** Searches are answered as the scenario's `answering` has it. */
  const searched = (args: readonly unknown[], answer: unknown): unknown => {
    const { query, in: inside } = args[0] as { readonly query: string; readonly in?: string }
    queries.push(query)
    return adaptResult(scenario, inside, answer as Parameters<typeof adaptResult>[2])
  }

  /** The handlers with the scenario's failure in front, and a note of each call. */
  const watchedHandlers = Object.fromEntries(
    Object.entries(handlers).map(([group, own]) => [
      group,
      Object.fromEntries(
        Object.entries(own as Record<string, (...args: readonly unknown[]) => unknown>).map(
          ([name, handler]) => [
            name,
            (...args: readonly unknown[]) => {
              calls.push(`${group}.${name}`)
              const { failing } = scenario
              if (failing?.group === group) return { ok: false, error: failing.error }
              const answer = handler(...args)
              return group === 'search' && name === 'moments' ? searched(args, answer) : answer
            },
          ],
        ),
      ),
    ]),
  ) as unknown as Handlers<PageApi>

  const server = createServer(pageApi, watchedHandlers, {
    onFault: ({ where, cause }) => {
      throw new Error(`the double failed in ${where}`, { cause })
    },
  })
  web.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    server.attach(createWebSocketWire(socket))
  })

  let port = 0
  const start = async (): Promise<void> => {
    await new Promise<void>((done) => http.listen(port, '127.0.0.1', done))
    port = (http.address() as AddressInfo).port
  }
  await start()
  return {
    address: `http://127.0.0.1:${port}/`,
    scenario,
    emit: server.emit,
    queries,
    start,
    stop: async () => {
      for (const socket of sockets) socket.terminate()
      http.closeAllConnections()
      await new Promise((done) => http.close(done))
    },
    calls,
    frames,
  }
}
