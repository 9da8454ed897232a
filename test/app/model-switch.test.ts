import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import type { Model } from '../../src-preload/contract/nouns.ts'
import type { SearchAnswer } from '../../src-preload/contract/search-nouns.ts'
import { expectOk } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { engineEntries } from '../../src-main/foundation/engine-entries.ts'
import { forkWithNode } from '../../src-main/foundation/engine-process.ts'
import { openLibrary } from '../../src-main/foundation/library-connection.ts'
import { drop } from '../../src-main/foundation/drop.ts'
import { sharedFolder } from '../shared-folder.ts'
import { createKinoraCli, eventually } from './kinora-cli.ts'
import { drawFilm, patterns } from './small-films.ts'

const shared = sharedFolder()
const kinora = createKinoraCli()
afterAll(() => kinora.dispose())
const concept = 'concept-224'
const queries = ['red', 'blue sky', 'colour bars', 'dark'] as const

/** What one model alone decides about an answer. */
const seen = ({ moments, coverage }: SearchAnswer): unknown => ({
  coverage,
  moments: moments.map(({ videoId, start, end, peak, score, confidence }) => ({
    ...{ videoId, start, end, peak, score, confidence },
  })),
})

it.skipIf(shared === null)(
  'goes from palette to concept under a load of searches, without a failed or mixed answer, and back at once',
  { timeout: 180_000 },
  async () => {
    for (const [i, source] of patterns.entries()) drawFilm(kinora.films, `film ${i}.mp4`, source, 2 + i)
    await kinora.ask('add', kinora.films)
    await kinora.ask('index')
    const entries = engineEntries(import.meta.url)
    const opened = expectOk(
      await openLibrary({ directory: kinora.library, entries, fork: forkWithNode }),
      'the library',
    )
    const { call, on } = opened.client
    const follow = new AbortController()
    drop(call.index.follow({}, { signal: follow.signal }))
    let changes = 0
    on('change', ({ kind }) => {
      if (kind === 'models') changes += 1
    })
    const listed = async (): Promise<Readonly<Record<string, Model>>> =>
      Object.fromEntries(expectOk(await call.models.list({}), 'list').map((model) => [model.id, model]))
    const ask = (query: string): Promise<Result<SearchAnswer>> => call.search.moments({ query, limit: 10 })
    expectOk(await call.models.add({ directory: join(shared ?? '', 'models', 'concept') }), 'add')

    const references = new Map<string, unknown>()
    const refer = async (): Promise<void> => {
      for (const query of queries) {
        const answer = expectOk(await ask(query), query)
        references.set(`${answer.model} ${query}`, seen(answer))
      }
    }
    await refer()
    const answers: { readonly query: string; readonly result: Result<SearchAnswer> }[] = []
    let searching = true
    const load = async (from: number): Promise<void> => {
      for (let i = from; searching; i += 1) {
        const query = queries[i % queries.length] ?? ''
        answers.push({ query, result: await ask(query) })
        await wait(5)
      }
    }
    const loads = [load(0), load(1), load(2)]
    const before = (await listed())[concept]
    expect(before).toMatchObject({ state: 'ready', coverage: 0, cost: { films: patterns.length } })

    expectOk(await call.models.use({ id: concept }), 'use')
    expect((await listed())[concept]).toMatchObject({ next: true, current: false })
    expect((await listed())['palette']).toMatchObject({ current: true })
    await eventually('the switch', 120, async () =>
      (await listed())[concept]?.current === true ? true : null,
    )
    expect((await listed())[concept]).toMatchObject({ next: false, coverage: 1, cost: { films: 0 } })
    expect(changes).toBeGreaterThan(1)
    await eventually('answers of concept', 20, () =>
      answers.some(({ result }) => result.ok && result.value.model === concept) ? true : null,
    )
    await eventually('the end of the work', 60, async () =>
      expectOk(await call.index.progress({}), 'progress').jobsLeft === 0 ? true : null,
    )
    await refer()
    const settled = answers.length
    await eventually('more answers', 20, () => (answers.length > settled + 20 ? true : null))
    // Back: at once, for its vectors are still there.
    expectOk(await call.models.use({ id: 'palette' }), 'back')
    expect((await listed())['palette']).toMatchObject({ current: true, coverage: 1 })
    expect((await listed())[concept]).toMatchObject({ current: false, next: false, coverage: 1 })
    const back = answers.length
    await eventually('answers of palette again', 20, () => (answers.length > back + 20 ? true : null))
    searching = false
    await Promise.all(loads)

    const failed = answers.filter(({ result }) => !result.ok)
    expect(failed).toEqual([])
    const models = answers.map(({ result }) => (result.ok ? result.value.model : ''))
    expect(new Set(models)).toEqual(new Set(['palette', concept]))
    // Every answer is wholly that of the model which it names: palette's vectors never change here, concept's until the
    // films were analyzed for it.
    const wrong = answers.filter(({ query, result }, i) => {
      if (!result.ok || (result.value.model === concept && i < settled)) return false
      const reference = JSON.stringify(references.get(`${result.value.model} ${query}`))
      return JSON.stringify(seen(result.value)) !== reference
    })
    expect(wrong).toEqual([])
    // There was no moment without a whole library to search in.
    expect(answers.every(({ result }) => result.ok && result.value.coverage === 1)).toBe(true)
    console.log(
      `${answers.length} searches, ${models.filter((model) => model === concept).length} by concept`,
    )
    follow.abort()
    await opened.close()
  },
)
