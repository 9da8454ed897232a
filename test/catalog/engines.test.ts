import { describe, expect, it, vi } from 'vitest'
import { createEngine, restartDelay } from '../../src-main/catalog/engines.ts'
import { classifyExit } from '../../src-main/foundation/engine-process.ts'
import type { EngineExit, EngineProcess, Forker } from '../../src-main/foundation/engine-process.ts'
import { createLog } from '../../src-main/foundation/log.ts'

process.env['KINORA_LOG'] ??= 'silent'

/** A forker whose processes end when the test says so. */
const fakeForker = (): { fork: Forker; started: number[]; end: (exit: EngineExit) => Promise<void> } => {
  const started: number[] = []
  let current = Promise.withResolvers<EngineExit>()
  const fork: Forker = () => {
    started.push(performance.now())
    current = Promise.withResolvers()
    const child: EngineProcess = {
      pid: started.length,
      exited: current.promise,
      firstWord: Promise.resolve(null),
      kill: () => current.resolve({ code: 0, signal: null, kind: 'ended' }),
      release: () => undefined,
    }
    return child
  }
  return {
    fork,
    started,
    end: async (exit) => {
      current.resolve(exit)
      await vi.advanceTimersByTimeAsync(0)
    },
  }
}
const crashed: EngineExit = { code: null, signal: 'SIGSEGV', kind: 'crashed' }

describe('an engine that is kept alive', () => {
  it('waits longer after each death, at most half a minute', () => {
    expect([0, 1, 2, 3, 4, 20].map(restartDelay)).toEqual([0, 250, 500, 1000, 2000, 30_000])
  })

  it('tells a kill from a crash from an end', () => {
    expect(classifyExit(0, null).kind).toBe('ended')
    expect(classifyExit(1, null).kind).toBe('crashed')
    expect(classifyExit(null, 'SIGSEGV').kind).toBe('crashed')
    expect(classifyExit(null, 'SIGABRT').kind).toBe('crashed')
    expect(classifyExit(null, 'SIGKILL').kind).toBe('killed')
  })

  it('is started when needed, again when it dies, and not when it may rest', async () => {
    vi.useFakeTimers()
    const { fork, started, end } = fakeForker()
    const exits: string[] = []
    const engine = createEngine({
      name: 'indexer',
      entry: 'x',
      library: '/l',
      logFile: '/l/log',
      fork,
      log: createLog('test', null),
      onExit: ({ kind }) => exits.push(kind),
    })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(started).toHaveLength(0)
    engine.need()
    await vi.advanceTimersByTimeAsync(1)
    expect(started).toHaveLength(1)
    await end(crashed)
    await vi.advanceTimersByTimeAsync(200)
    expect(started).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(100)
    expect(started).toHaveLength(2)
    await end(crashed)
    await vi.advanceTimersByTimeAsync(400)
    expect(started).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(200)
    expect(started).toHaveLength(3)
    engine.rest()
    await end({ code: 0, signal: null, kind: 'ended' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(started).toHaveLength(3)
    expect(exits).toEqual(['crashed', 'crashed', 'ended'])
    await engine.stop()
    vi.useRealTimers()
  })
})
