import { describe, expect, expectTypeOf, it } from 'vitest'
import { libraryApi } from '../../src-preload/contract/api.ts'
import type { Folder } from '../../src-preload/contract/nouns.ts'
import { ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { createDouble } from './double.ts'

const folder: Folder = { id: 1, path: '/films', videos: 3, online: true, watching: null }

describe('the test double', () => {
  it('answers what it was told to, parses arguments and writes calls down', async () => {
    const library = createDouble(libraryApi)
    library.answer({
      folders: {
        list: () => ok([folder]),
        add: ({ paths }) => ok(paths.map((path) => ({ ...folder, path }))),
      },
    })
    expect(await library.client.call.folders.list({})).toEqual(ok([folder]))
    expect(await library.client.call.folders.add({ paths: ['/more'] })).toEqual(
      ok([{ ...folder, path: '/more' }]),
    )
    expect(await library.client.call.folders.add({ paths: [] })).toMatchObject({
      error: { code: 'bad-arguments' },
    })
    expect(await library.client.call.doctor.run({})).toMatchObject({ error: { code: 'unknown-call' } })
    expect(library.asked.map(({ call }) => call)).toEqual(['folders.list', 'folders.add', 'doctor.run'])
  })

  it('tells events', async () => {
    const library = createDouble(libraryApi)
    const told: unknown[] = []
    library.client.on('change', (change) => told.push(change))
    library.emit('change', { kind: 'idle', videos: 1, problems: 0 })
    await expect.poll(() => told).toEqual([{ kind: 'idle', videos: 1, problems: 0 }])
  })

  it('is typed by the schema', () => {
    const { client } = createDouble(libraryApi)
    expectTypeOf(client.call.folders.list).returns.resolves.toEqualTypeOf<Result<readonly Folder[]>>()
    expectTypeOf(client.call.folders.add).parameter(0).toEqualTypeOf<{ paths: string[] }>()
  })
})
