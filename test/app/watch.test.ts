import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { SearchAnswer } from './answer-shapes.ts'
import { createKinoraCli, eventually } from './kinora-cli.ts'
import type { Running } from './kinora-cli.ts'
import { drawFilm } from './small-films.ts'

type Event = { readonly kind: string; readonly path?: string; readonly watching?: string | null }

const kinora = createKinoraCli()
afterAll(() => kinora.dispose())

const eventsOf = ({ lines }: Running): readonly Event[] => lines().map((line) => JSON.parse(line) as Event)
const follows = (running: Running, kind: string, path: string): Promise<Event> =>
  eventually(
    `${kind} of ${path}`,
    30,
    () => eventsOf(running).find((event) => event.kind === kind && event.path === path) ?? null,
  )

it('watch tells of new, renamed and deleted films, one JSON a line, and ends well on Ctrl-C', async () => {
  const first = drawFilm(kinora.films, 'first.mp4')
  await kinora.ask('add', kinora.films)
  const watching = kinora.start('watch')
  await follows(watching, 'video-ready', first)
  await eventually(
    'a folder that is followed',
    30,
    () => eventsOf(watching).find(({ kind, watching: mode }) => kind === 'folder' && mode !== null) ?? null,
  )
  await eventually('idle', 30, () => eventsOf(watching).find(({ kind }) => kind === 'idle') ?? null)

  const fresh = drawFilm(kinora.films, 'later arrival.mp4', 'smptebars')
  await follows(watching, 'video-ready', fresh)
  const found = await kinora.ask<SearchAnswer>('search', 'arrival')
  expect(found.moments[0]?.path).toBe(fresh)

  const renamed = join(kinora.films, 'renamed thing.mp4')
  renameSync(fresh, renamed)
  await follows(watching, 'location-gone', fresh)
  const again = await kinora.ask<SearchAnswer>('search', 'renamed thing')
  expect(again.moments[0]?.path).toBe(renamed)
  expect(again.moments[0]?.videoId).toBe(found.moments[0]?.videoId)

  rmSync(renamed)
  await follows(watching, 'location-gone', renamed)
  expect(
    (await kinora.ask<SearchAnswer>('search', 'renamed thing')).moments.map(({ path }) => path),
  ).not.toContain(renamed)

  watching.child.kill('SIGINT')
  const { status } = await watching.ended
  expect(status).toBe(0)
  expect(existsSync(join(kinora.library, 'service.json'))).toBe(false)
})
