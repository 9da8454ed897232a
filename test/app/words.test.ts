import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFolder } from '../../src-main/foundation/make-folder.ts'
import type { SearchAnswer } from './answer-shapes.ts'
import { createKinoraCli } from './kinora-cli.ts'
import { drawFilm } from './small-films.ts'

/** What a new user stumbled over (2026-11-20). */
const kinora = createKinoraCli()
afterAll(() => kinora.dispose())

describe('words, filters and odd folders', () => {
  let spoken: string
  let car: string
  beforeAll(async () => {
    spoken = drawFilm(kinora.films, 'friday.mp4', 'testsrc', 3)
    car = drawFilm(kinora.films, 'car park.mp4', 'smptebars', 2)
    writeFileSync(
      join(kinora.films, 'friday.srt'),
      '1\n00:00:01,000 --> 00:00:02,000\nthe crown jewels are gone\n',
    )
    await kinora.ask('add', kinora.films)
    await kinora.ask('index')
  })
  const search = (query: string): Promise<SearchAnswer> => kinora.ask<SearchAnswer>('search', query)

  it('takes quotation marks at their word, whatever else fits', async () => {
    const { moments } = await search('"crown jewels" car colourful')
    expect(moments.map(({ path }) => path)).toEqual([spoken])
    expect(moments[0]?.reasons).toContainEqual({ kind: 'said', text: 'the crown jewels are gone' })
    expect((await search('"no such words"')).moments).toEqual([])
    expect((await search('car')).moments[0]?.path).toBe(car)
  })

  it('answers filters alone with the films that pass', async () => {
    const { moments, verdict } = await search('longer:2.5s')
    expect({ verdict, paths: moments.map(({ path }) => path) }).toEqual({ verdict: 'good', paths: [spoken] })
    expect((await search('longer:1h')).verdict).toBe('none')
  })

  it('says what is wrong in a filter of a list', async () => {
    const { errors } = await kinora.ask<{ errors: { suggestion: string }[] }>('list', '--filter', 'lnger:5s')
    expect(errors).toMatchObject([{ suggestion: 'longer:5s' }])
  })

  it('does not take a link for another folder', async () => {
    const link = join(mkdtempSync(join(tmpdir(), 'kinora-link-')), 'films')
    symlinkSync(kinora.films, link)
    const { folders } = await kinora.ask<{ folders: unknown[] }>('add', link)
    rmSync(link)
    expect(folders).toHaveLength(1)
  })

  it('gives up on a folder that cannot be made, at once', () => {
    expect(() => makeFolder('/proc/nope/library')).toThrow(/ENOENT/)
    const folder = mkdtempSync(join(tmpdir(), 'kinora-make-'))
    makeFolder(join(folder, 'a', 'b', 'c'))
    makeFolder(join(folder, 'a', 'b', 'c'))
    rmSync(folder, { recursive: true })
  })
})
