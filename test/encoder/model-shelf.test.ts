import { beforeEach, describe, expect, test } from 'vitest'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import { createModelShelf, type ModelShelf } from '../../src-main/encoder/model-shelf.ts'

type Fake = { readonly name: string; readonly dispose: () => Promise<void> }

let log: string[]
let timers: { seconds: number; act: () => void }[]
let broken: boolean

const shelfOf = (limit: number): ModelShelf<Fake> =>
  createModelShelf<Fake>({
    limit,
    idleSeconds: 60,
    after: (seconds, act) => {
      const timer = { seconds, act }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    load: async (name): Promise<Result<Fake>> => {
      log.push(`load ${name}`)
      await Promise.resolve()
      if (broken) return fail('bad-model', 'broken')
      return ok({
        name,
        dispose: () => {
          log.push(`dispose ${name}`)
          return Promise.resolve()
        },
      })
    },
  })

const nameOf = (model: Fake): Promise<Result<string>> => Promise.resolve(ok(model.name))
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

beforeEach(() => {
  log = []
  timers = []
  broken = false
})

describe('the shelf', () => {
  test('loads a model once, also for two that ask at the same time', async () => {
    const shelf = shelfOf(2)
    const answers = await Promise.all([shelf.use('a', nameOf), shelf.use('a', nameOf)])
    expect(answers).toEqual([ok('a'), ok('a')])
    await shelf.use('a', nameOf)
    expect(log).toEqual(['load a'])
  })

  test('unloads the one not used longest, before it loads the next', async () => {
    const shelf = shelfOf(2)
    for (const key of ['a', 'b', 'a', 'c']) await shelf.use(key, nameOf)
    expect(log).toEqual(['load a', 'load b', 'dispose b', 'load c'])
    expect(shelf.keys()).toEqual(['a', 'c'])
  })

  test('never takes a model away from under its user', async () => {
    const shelf = shelfOf(1)
    let finish = (): void => undefined
    const long = shelf.use('a', async (model) => {
      await new Promise<void>((resolve) => (finish = resolve))
      return ok(model.name)
    })
    await shelf.use('b', nameOf)
    expect(log).toEqual(['load a', 'load b', 'dispose b'])
    await shelf.dispose()
    expect(log).not.toContain('dispose a')
    finish()
    await long
    expect(log.at(-1)).toBe('dispose a')
  })

  test('unloads after idle seconds, and a use starts them anew', async () => {
    const shelf = shelfOf(2)
    await shelf.use('a', nameOf)
    await shelf.use('a', nameOf)
    expect(timers.map(({ seconds }) => seconds)).toEqual([60])
    timers[0]!.act()
    await settle()
    expect(log).toEqual(['load a', 'dispose a'])
    expect(shelf.keys()).toEqual([])
    await shelf.use('a', nameOf)
    expect(log.at(-1)).toBe('load a')
  })

  test('tries again what did not load', async () => {
    const shelf = shelfOf(1)
    broken = true
    expect(await shelf.use('a', nameOf)).toMatchObject({ error: { code: 'bad-model' } })
    expect(timers).toEqual([])
    broken = false
    expect(await shelf.use('a', nameOf)).toEqual(ok('a'))
    await shelf.dispose()
    expect(log).toEqual(['load a', 'load a', 'dispose a'])
    expect(timers).toEqual([])
  })
})
