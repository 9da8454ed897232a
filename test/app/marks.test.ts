import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failureShape, listShape } from './answer-shapes.ts'
import type { ListAnswer } from './answer-shapes.ts'
import { createKinoraCli, runKinora, whileServed } from './kinora-cli.ts'
import { drawFilm } from './small-films.ts'

const kinora = createKinoraCli()
afterAll(() => kinora.dispose())

/** The documents that these commands promise (cli.md). Loose: keys may be added, never changed. */
const second = v.nullable(v.pipe(v.number(), v.minValue(0)))
const tagShape = v.looseObject({
  videoId: v.string(),
  path: v.string(),
  tags: v.array(v.looseObject({ tag: v.string(), start: second, end: second })),
})
const rateShape = v.looseObject({
  videoId: v.string(),
  path: v.string(),
  rating: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(5))),
})
const collectionsShape = v.looseObject({
  collections: v.array(v.looseObject({ name: v.string(), query: v.string() })),
})

describe('what a person makes, in the terminal', () => {
  let film = ''
  let id = ''
  beforeAll(async () => {
    film = drawFilm(kinora.films, 'me@home.mp4', 'testsrc')
    drawFilm(kinora.films, 'other.mp4', 'smptebars')
    writeFileSync(join(kinora.films, 'notes.txt'), 'no film')
    await kinora.ask('add', kinora.films)
    await kinora.ask('index', '--stage', 'probed')
    const { videos } = await kinora.ask<ListAnswer>('list')
    id = videos.find(({ path }) => path === film)?.id ?? ''
  })

  const listed = async (filter: string): Promise<readonly string[]> => {
    const { videos } = v.parse(listShape, (await kinora.run('list', '--filter', filter)).json())
    return videos.map(({ path }) => path)
  }

  it('tags a film and stretches of it, and takes tags off', async () => {
    await whileServed(kinora, async () => {
      const added = await kinora.run('tag', film, 'Family', 'two words', 'FAMILY')
      expect(added.status).toBe(0)
      expect(v.parse(tagShape, added.json())).toEqual({
        videoId: id,
        path: film,
        tags: [
          { tag: 'Family', start: null, end: null },
          { tag: 'two words', start: null, end: null },
        ],
      })
      const stretch = await kinora.ask('tag', `${film}@0:01-0:02.5`, 'goal')
      expect(stretch).toMatchObject({ tags: [{}, { tag: 'goal', start: 1, end: 2.5 }, {}] })
      // To the end of the film, by its id.
      const rest = v.parse(tagShape, (await kinora.run('tag', `${id}@2`, 'goal')).json())
      expect(rest.tags.filter(({ tag }) => tag === 'goal')).toEqual([
        { tag: 'goal', start: 1, end: 2.5 },
        { tag: 'goal', start: 2, end: expect.closeTo(3, 1) as number },
      ])
      expect(await listed('tag:goal')).toEqual([film])
      expect(await listed('tag:family tag:"two words"')).toEqual([film])
      expect((await kinora.ask<ListAnswer>('list')).videos.map(({ tags }) => tags)).toEqual([
        ['Family', 'goal', 'two words'],
        [],
      ])
      const off = await kinora.ask('tag', '--remove', `${film}@1-2.5`, 'goal')
      expect(off).toMatchObject({
        tags: [{ tag: 'Family' }, { tag: 'goal', start: 2 }, { tag: 'two words' }],
      })
      expect(await kinora.ask('tag', film, 'goal', 'Family', 'two words', '--remove')).toMatchObject({
        tags: [],
      })
      expect(await listed('tag:goal')).toEqual([])
    })
  })

  it('says what is wrong with a film, a stretch or a tag, in one line', async () => {
    await whileServed(kinora, async () => {
      for (const [args, status, code] of [
        [['tag', join(kinora.films, 'notes.txt'), 'x'], 3, 'not-found'],
        [['tag', `${film}@2-1`, 'x'], 2, 'bad-arguments'],
        [['tag', `${film}@7`, 'x'], 2, 'bad-arguments'],
        [['tag', `${film}@1:75`, 'x'], 2, 'bad-arguments'],
        [['tag', film], 2, 'bad-arguments'],
        [['tag', film, '  '], 2, 'bad-arguments'],
        [['tag', film, 'x'.repeat(101)], 2, 'bad-arguments'],
        [['rate', film], 2, 'bad-arguments'],
        [['rate', film, '6'], 2, 'bad-arguments'],
        [['rate', film, '3', '--unset'], 2, 'bad-arguments'],
        [['rate', 'vnone', '3'], 3, 'not-found'],
        [['collections', 'delete', 'none'], 3, 'not-found'],
        [['collections', 'save', 'x'], 2, 'bad-arguments'],
        [['collections', 'save', 'x', '  '], 2, 'bad-arguments'],
        [['collections', 'save', ' ', 'x'], 2, 'bad-arguments'],
        [['collections', 'nonsense'], 2, 'bad-arguments'],
      ] as const) {
        const run = await kinora.run(args[0], ...args.slice(1))
        expect({ args, status: run.status }).toEqual({ args, status })
        expect(v.parse(failureShape, run.json()).error.code).toBe(code)
      }
      const plain = await runKinora(['tag', film, '--library', kinora.library, '--learn', 'x'])
      expect(plain.status).toBe(2)
      expect(plain.stdout).toBe('')
      expect(plain.stderr.trim().split('\n')).toHaveLength(1)
    })
  })

  it('rates a film and takes the rating back', async () => {
    await whileServed(kinora, async () => {
      const run = await kinora.run('rate', film, '4')
      expect(run.status).toBe(0)
      expect(v.parse(rateShape, run.json())).toEqual({ videoId: id, path: film, rating: 4 })
      expect(await listed('rating:>=4')).toEqual([film])
      expect(await kinora.ask('rate', id, '0')).toMatchObject({ rating: 0 })
      expect(await kinora.ask('rate', film, '--unset')).toMatchObject({ rating: null })
      expect(await listed('rating:>=1')).toEqual([])
    })
  })

  it('keeps queries as collections, which stay as they were written', async () => {
    await whileServed(kinora, async () => {
      const list = async (...args: readonly string[]): Promise<unknown> =>
        v.parse(collectionsShape, (await kinora.run('collections', ...args)).json()).collections
      expect(await list()).toEqual([])
      expect(await list('save', 'Best of', 'rating:>=4', 'beach')).toEqual([
        { name: 'Best of', query: 'rating:>=4 beach' },
      ])
      expect(await list('save', 'no people', '--', '-people', 'beach')).toHaveLength(2)
      expect(await list('save', 'BEST OF', '"happy birthday"')).toEqual([
        { name: 'BEST OF', query: '"happy birthday"' },
        { name: 'no people', query: '-people beach' },
      ])
      const odd = await kinora.run('collections', 'save', 'odd', 'foldr:x "open')
      expect(odd.status).toBe(0)
      expect(odd.json()).toMatchObject({ errors: [{ suggestion: 'in:x' }, {}] })
      const taken = await kinora.run('collections', 'rename', 'odd', 'best of')
      expect([taken.status, v.parse(failureShape, taken.json()).error.code]).toEqual([3, 'already-exists'])
      expect(await list('rename', 'odd', 'Odder')).toContainEqual({ name: 'Odder', query: 'foldr:x "open' })
      await list('delete', 'odder')
      expect(await list('delete', 'no people')).toEqual([{ name: 'BEST OF', query: '"happy birthday"' }])
    })
  })

  it('speaks plainly without --json', async () => {
    await whileServed(kinora, async () => {
      const say = async (...args: readonly string[]): Promise<string> =>
        (await runKinora([...args, '--library', kinora.library])).stdout
      expect(await say('tag', `${film}@1-2`, 'goal')).toBe(`${film}\n  goal  0:01.00 - 0:02.00\n`)
      expect(await say('tag', film, 'goal', '--remove')).toBe(`${film}\n  no tags\n`)
      expect(await say('rate', film, '3')).toBe(`★★★☆☆  ${film}\n`)
      expect(await say('rate', film, '--unset')).toBe(`not rated  ${film}\n`)
      expect(await say('collections', 'delete', 'best of')).toContain('There are no collections.')
    })
  })
})
