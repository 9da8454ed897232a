import { beforeEach, expect, test } from 'vitest'
import { createBackgroundWork } from '../../src-main/catalog/in-slices.ts'
import { createQuiet } from '../../src-main/catalog/quiet.ts'

const begin = 5_000
let now = begin
/** A moment of the machine's own: timers of `timers/promises` cannot be faked, so only our clock is. */
const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))

beforeEach(() => {
  now = begin
})

test('goes on at once where nobody asks', async () => {
  const quiet = createQuiet(() => now)
  await quiet.turn()
  expect(now).toBe(begin)
})

test('waits for as long as somebody asks, and a while after', async () => {
  const quiet = createQuiet(() => now, 30)
  quiet.stir()
  let isOver = false
  const over = quiet.turn().then(() => {
    isOver = true
  })
  now += 20
  quiet.stir()
  await breath()
  await breath()
  // Our clock says that ten of the thirty milliseconds are left.
  now += 20
  expect(isOver).toBe(false)
  now += 10
  await over
})

test('goes on when somebody waits for it after all, and never rests without end', async () => {
  const quiet = createQuiet(() => now, 60_000)
  quiet.stir()
  const waited = quiet.turn()
  const { promise, resolve } = Promise.withResolvers<string>()
  const hurried = quiet.hurry(promise)
  await waited
  resolve('done')
  expect(await hurried).toBe('done')
  const rest = quiet.turn()
  await breath()
  now += 10_001
  await rest
  expect(now).toBeLessThan(begin + 60_000)
})

test('work in the background rests between its slices', async () => {
  const quiet = createQuiet(() => now, 10)
  let done = 0
  const work = createBackgroundWork(function* () {
    for (;;) {
      done += 1
      if (done === 3) quiet.stir()
      yield
      if (done === 5) return
    }
  }, quiet)
  work.look()
  await breath()
  expect(done).toBe(3)
  now += 10
  await work.settled()
  expect(done).toBe(5)
})
