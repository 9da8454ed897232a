import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { SearchAnswer } from './answer-shapes.ts'
import { createKinoraCli, eventually } from './kinora-cli.ts'
import type { Running } from './kinora-cli.ts'
import { drawFilm } from './small-films.ts'

type Event = { readonly kind: string; readonly path?: string; readonly watching?: string | null }

const kinora = createKinoraCli()
afterAll(() => kinora.dispose())

const srt = (text: string): string => `1\n00:00:01,000 --> 00:00:02,000\n${text}\n`
const search = (query: string): Promise<SearchAnswer> => kinora.ask<SearchAnswer>('search', query)
const saidIn = async (query: string): Promise<readonly string[]> =>
  (await search(query)).moments
    .filter(({ reasons }) => reasons.some(({ kind }) => kind === 'said'))
    .map(({ path }) => path)

const eventsOf = ({ lines }: Running): readonly Event[] => lines().map((line) => JSON.parse(line) as Event)
/** The next event of the kind and path after `seen` events. */
const follows = (running: Running, kind: string, path: string, seen: number): Promise<Event> =>
  eventually(
    `${kind} of ${path}`,
    30,
    () =>
      eventsOf(running)
        .slice(seen)
        .find((event) => event.kind === kind && event.path === path) ?? null,
  )

it('finds a spoken line, and follows the subtitle files beside films while it watches', async () => {
  const spoken = drawFilm(kinora.films, 'spoken.mp4')
  const silent = drawFilm(kinora.films, 'silent.mp4', 'smptebars')
  writeFileSync(join(kinora.films, 'spoken.en.srt'), srt('<i>The crown jewels</i> are gone'))
  await kinora.ask('add', kinora.films)
  await kinora.ask('index')
  const { moments } = await search('"crown jewels"')
  expect(moments).toMatchObject([{ path: spoken, start: 1, end: 2 }])
  expect(moments[0]?.reasons).toContainEqual({ kind: 'said', text: 'The crown jewels are gone' })
  expect(await saidIn('the crown jewel')).toEqual([spoken])

  const watching = kinora.start('watch')
  await eventually(
    'a folder that is followed',
    30,
    () => eventsOf(watching).find(({ kind, watching: mode }) => kind === 'folder' && mode !== null) ?? null,
  )
  await eventually('idle', 30, () => eventsOf(watching).find(({ kind }) => kind === 'idle') ?? null)

  const beside = join(kinora.films, 'silent.srt')
  let seen = eventsOf(watching).length
  writeFileSync(beside, srt('A lighthouse in the storm'))
  await follows(watching, 'subtitles', beside, seen)
  expect(await saidIn('lighthouse')).toEqual([silent])

  seen = eventsOf(watching).length
  writeFileSync(beside, srt('A windmill in the evening sun'))
  await follows(watching, 'subtitles', beside, seen)
  expect(await saidIn('lighthouse')).toEqual([])
  expect(await saidIn('windmill')).toEqual([silent])

  // The film and what is said in it get another name together.
  seen = eventsOf(watching).length
  const renamed = join(kinora.films, 'mill.mp4')
  renameSync(silent, renamed)
  renameSync(beside, join(kinora.films, 'mill.srt'))
  await follows(watching, 'subtitles', join(kinora.films, 'mill.srt'), seen)
  expect(await saidIn('windmill')).toEqual([renamed])

  seen = eventsOf(watching).length
  rmSync(join(kinora.films, 'mill.srt'))
  await follows(watching, 'subtitles', join(kinora.films, 'mill.srt'), seen)
  expect(await saidIn('windmill')).toEqual([])
  expect((await search('"windmill"')).moments).toEqual([])

  watching.child.kill('SIGINT')
  expect((await watching.ended).status).toBe(0)
}, 180_000)
