import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createFrameCache } from '../../src-main/foundation/frame-cache.ts'
import type { FrameCache } from '../../src-main/foundation/frame-cache.ts'
import { scratchFolder } from './scratch.ts'

const day = 86_400
const start = 1_790_000_000

/** A cache of ten files of 100 bytes, and the hand on its clock. */
const openCache = (
  folder = join(scratchFolder(), 'frames'),
): {
  folder: string
  cache: FrameCache
  time: { now: number }
} => {
  const time = { now: start }
  return { folder, time, cache: createFrameCache({ folder, mostBytes: 1000, clock: () => time.now }) }
}

const content = (letter: string, bytes = 100): Buffer => Buffer.from(letter.repeat(bytes))
const names = (folder: string): readonly string[] => readdirSync(folder).sort()

describe('kept frames', () => {
  test('are found as they were kept, in a folder that is made for them', async () => {
    const { cache, folder } = openCache()
    expect(await cache.find('a.jpg')).toBeNull()
    await cache.keep('a.jpg', content('a'))
    expect(await cache.find('a.jpg')).toBe(join(folder, 'a.jpg'))
    expect(readFileSync(join(folder, 'a.jpg'))).toEqual(content('a'))
    expect(names(folder)).toEqual(['a.jpg'])
  })

  test('leave when there are too many bytes, those that were used least recently first', async () => {
    const { cache, folder, time } = openCache()
    for (let i = 0; i < 10; i += 1) {
      time.now += 1
      await cache.keep(`${i}.jpg`, content(String(i)))
    }
    time.now += 1
    await cache.find('0.jpg')
    time.now += 1
    await cache.keep('new.jpg', content('n'))
    // 11 files of 100 are too much; 9 of them are nine tenths.
    expect(names(folder)).toEqual(
      [0, 3, 4, 5, 6, 7, 8, 9]
        .map((i) => `${i}.jpg`)
        .concat('new.jpg')
        .sort(),
    )
  })

  test('leave when nobody has looked at them for a month', async () => {
    const { cache, folder, time } = openCache()
    await cache.keep('old.jpg', content('o'))
    await cache.keep('used.jpg', content('u'))
    time.now += 20 * day
    await cache.find('used.jpg')
    time.now += 11 * day
    await cache.sweep()
    expect(names(folder)).toEqual(['used.jpg'])
  })

  test('that were half written when somebody was killed are removed, but not those of who is at it', async () => {
    const { cache, folder } = openCache()
    await cache.keep('a.jpg', content('a'))
    const [old, young] = ['.x.jpg.1.unfinished', '.y.jpg.2.unfinished'].map((name) => join(folder, name))
    for (const [path, age] of [
      [old, 7200],
      [young, 60],
    ] as const) {
      writeFileSync(path!, 'half')
      utimesSync(path!, start - age, start - age)
    }
    await cache.sweep()
    expect(names(folder)).toEqual(['.y.jpg.2.unfinished', 'a.jpg'])
  })
})

describe('two processes with one folder', () => {
  test('see what the other has kept, and survive what it removes', async () => {
    const one = openCache()
    const two = openCache(one.folder)
    await one.cache.keep('a.jpg', content('a'))
    expect(await two.cache.find('a.jpg')).toBe(join(one.folder, 'a.jpg'))
    await Promise.all([one.cache.keep('same.jpg', content('s')), two.cache.keep('same.jpg', content('s'))])
    expect(readFileSync(join(one.folder, 'same.jpg'))).toEqual(content('s'))
    two.time.now += 40 * day
    await two.cache.sweep()
    expect(names(one.folder)).toEqual([])
    expect(await one.cache.find('a.jpg')).toBeNull()
    await one.cache.keep('a.jpg', content('b'))
    expect(statSync(join(one.folder, 'a.jpg')).size).toBe(100)
  })

  test('may sweep and keep at the same time', async () => {
    const one = openCache()
    const two = openCache(one.folder)
    const work = Array.from({ length: 60 }, (_, i) => {
      const { cache } = i % 2 === 0 ? one : two
      return i % 5 === 0 ? cache.sweep() : cache.keep(`${i}.jpg`, content('x'))
    })
    await Promise.all(work)
    await one.cache.sweep()
    const files = names(one.folder)
    expect(files.length).toBeGreaterThan(0)
    expect(files.length).toBeLessThanOrEqual(10)
    expect(files.every((name) => /^\d+\.jpg$/.test(name))).toBe(true)
  })

  test('a folder that was removed is made again', async () => {
    const { cache, folder } = openCache()
    await cache.sweep()
    expect(existsSync(folder)).toBe(true)
  })
})
