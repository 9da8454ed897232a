import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  openSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { readFileIdentity } from '../../src-main/indexer/fingerprint.ts'
import { pathRef } from '../../src-main/foundation/path-ref.ts'
import { expectOk } from '../../src-preload/contract/result.ts'
import { never, scratchFolder } from './scratch.ts'

const identify = (path: string, quietSince?: number): ReturnType<typeof readFileIdentity> =>
  readFileIdentity({
    path: pathRef(path),
    signal: never,
    ...(quietSince === undefined ? {} : { quietSince }),
  })

const code = async (path: string, quietSince?: number): Promise<string> => {
  const result = await identify(path, quietSince)
  return result.ok ? 'ok' : result.error.code
}

test('a copy is the same video, another content is not', async () => {
  const folder = scratchFolder()
  const path = (name: string): string => join(folder, name)
  writeFileSync(path('a.mp4'), Buffer.alloc(3_000_000, 'film'))
  copyFileSync(path('a.mp4'), path('copy.mp4'))
  writeFileSync(path('longer.mp4'), Buffer.alloc(3_000_001, 'film'))
  copyFileSync(path('a.mp4'), path('edited.mp4'))
  writeSync(openSync(path('edited.mp4'), 'r+'), 'X', 2_999_000)
  const id = async (name: string): Promise<string> =>
    expectOk(await identify(path(name)), 'it is there').videoId
  expect(await id('copy.mp4')).toBe(await id('a.mp4'))
  expect(await id('a.mp4')).toMatch(/^v[0-9a-f]{20}$/)
  expect(new Set([await id('a.mp4'), await id('longer.mp4'), await id('edited.mp4')]).size).toBe(3)
})

test('40 GB take no longer than 4 MB', async () => {
  const path = join(scratchFolder(), 'large.mkv')
  writeFileSync(path, '')
  truncateSync(path, 40e9)
  const started = performance.now()
  expect(expectOk(await identify(path), 'sparse').size).toBe(40e9)
  expect(performance.now() - started).toBeLessThan(2000)
})

test('a file that is being written is busy', async () => {
  const path = join(scratchFolder(), 'growing.mp4')
  writeFileSync(path, Buffer.alloc(900_000))
  utimesSync(path, 1e9, 1e9)
  let reading = true
  const result = code(path).finally(() => (reading = false))
  while (reading) {
    appendFileSync(path, 'more')
    await nextTurn()
  }
  expect(await result).toBe('busy')
  const now = Date.now() / 1000
  expect(await code(path, now - 60)).toBe('busy')
  expect(await code(path, now + 60)).toBe('ok')
})

test('failures have their codes, and a FIFO does not block', async () => {
  const folder = scratchFolder()
  writeFileSync(join(folder, 'empty.mp4'), '')
  mkdirSync(join(folder, 'folder.mp4'))
  execFileSync('mkfifo', [join(folder, 'pipe.mp4')])
  expect(await code(join(folder, 'empty.mp4'))).toBe('empty-file')
  expect(await code(join(folder, 'folder.mp4'))).toBe('unreadable-file')
  expect(await code(join(folder, 'pipe.mp4'))).toBe('unreadable-file')
  expect(await code(join(folder, 'missing.mp4'))).toBe('missing-file')
  writeFileSync(join(folder, 'a.mp4'), 'film')
  const aborted = await readFileIdentity({
    path: pathRef(join(folder, 'a.mp4')),
    signal: AbortSignal.abort(),
  })
  expect(aborted).toMatchObject({ ok: false, error: { code: 'cancelled' } })
})
