import * as v from 'valibot'
import { afterEach, describe, expect, it } from 'vitest'
import { createClient } from '../../src-preload/contract/client.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import { call, defineApi, event } from '../../src-preload/contract/schema.ts'
import type { Client } from '../../src-preload/contract/schema.ts'
import { createServer } from '../../src-preload/contract/server.ts'
import type { Server } from '../../src-preload/contract/server.ts'
import type { Wire } from '../../src-preload/contract/wire.ts'

/** Two joined ends of one transport; `close` frees what the pair holds. */
export type WirePair = {
  readonly server: Wire
  readonly client: Wire
  readonly close: () => Promise<void> | void
}

const testApi = defineApi({
  calls: {
    echo: {
      text: call(v.strictObject({ text: v.string() })).returns<{ readonly text: string }>(),
      bytes: call(
        v.strictObject({ bytes: v.custom<Uint8Array>((value) => value instanceof Uint8Array) }),
      ).returns<Uint8Array>(),
      nothing: call(v.strictObject({})).returns<null>(),
    },
    trouble: {
      expected: call(v.strictObject({})).returns<null>(),
      bug: call(v.strictObject({})).returns<null>(),
      slow: call(v.strictObject({ milliseconds: v.number() })).returns<'done'>(),
    },
  },
  events: { told: event<{ readonly count: number }>() },
})
type TestApi = typeof testApi

/** One suite for every transport: what a caller may rely on, whatever carries the messages. */
export const describeContract = (name: string, open: () => Promise<WirePair> | WirePair): void => {
  describe(`the contract over ${name}`, () => {
    let cleanUp: (() => Promise<void> | void) | null = null
    afterEach(async () => {
      await cleanUp?.()
      cleanUp = null
    })

    const start = async (): Promise<{
      client: Client<TestApi>
      server: Server<TestApi>
      wires: WirePair
      faults: string[]
      aborted: Promise<void>
      callers: number[]
    }> => {
      const faults: string[] = []
      const callers: number[] = []
      const aborted = Promise.withResolvers<undefined>()
      const wires = await open()
      cleanUp = wires.close
      const server = createServer(
        testApi,
        {
          echo: {
            text: ({ text }, { caller }) => {
              callers.push(caller)
              return ok({ text })
            },
            bytes: ({ bytes }) => ok(bytes),
            nothing: () => ok(null),
          },
          trouble: {
            expected: () => fail('not-found', 'There is no such thing.', 'Look elsewhere.'),
            bug: () => {
              throw new Error('broken on purpose')
            },
            slow: async ({ milliseconds }, { signal }) => {
              signal.addEventListener('abort', () => aborted.resolve(undefined))
              await new Promise((resolve) => setTimeout(resolve, milliseconds))
              return ok('done')
            },
          },
        },
        { onFault: ({ where }) => faults.push(where) },
      )
      server.attach(wires.server)
      const client = createClient(testApi, wires.client)
      return { client, server, wires, faults, aborted: aborted.promise, callers }
    }

    it('answers calls, also many at once and out of order', async () => {
      const { client } = await start()
      const slow = client.call.trouble.slow({ milliseconds: 60 })
      const texts = Array.from({ length: 200 }, (_, i) => `text ${i} äöü 🎬`)
      const answers = await Promise.all(texts.map((text) => client.call.echo.text({ text })))
      expect(answers).toEqual(texts.map((text) => ok({ text })))
      expect(await slow).toEqual(ok('done'))
      expect(await client.call.echo.nothing({})).toEqual(ok(null))
    })

    it('carries bytes unchanged, also a megabyte', async () => {
      const { client } = await start()
      const bytes = Uint8Array.from({ length: 1_000_003 }, (_, i) => (i * 31) % 256)
      const answer = await client.call.echo.bytes({ bytes })
      expect(answer.ok && answer.value instanceof Uint8Array).toBe(true)
      expect(answer.ok && Buffer.from(answer.value).equals(Buffer.from(bytes))).toBe(true)
    })

    it('parses arguments at the boundary', async () => {
      const { client } = await start()
      const wrong = client.call.echo.text as unknown as (args: unknown) => Promise<unknown>
      for (const args of [{}, { text: 7 }, { text: 'a', more: 1 }, null, 'text', []]) {
        expect(await wrong(args)).toMatchObject({ ok: false, error: { code: 'bad-arguments' } })
      }
    })

    it('passes expected failures on and turns bugs into results', async () => {
      const { client, faults } = await start()
      expect(await client.call.trouble.expected({})).toEqual(
        fail('not-found', 'There is no such thing.', 'Look elsewhere.'),
      )
      expect(await client.call.trouble.bug({})).toMatchObject({ ok: false, error: { code: 'internal' } })
      expect(faults).toEqual(['trouble.bug'])
      expect(await client.call.echo.text({ text: 'still there' })).toEqual(ok({ text: 'still there' }))
    })

    it('refuses calls that are not in the contract', async () => {
      const { wires } = await start()
      const answers: unknown[] = []
      wires.client.onMessage((message) => answers.push(message))
      const names = [
        ['echo', 'missing'],
        ['missing', 'text'],
        ['__proto__', 'toString'],
        ['constructor', 'name'],
      ]
      names.forEach(([group = '', name = ''], i) =>
        wires.client.send({ kind: 'call', id: 900 + i, group, name, arguments: {} }),
      )
      await expect.poll(() => answers.length).toBe(names.length)
      for (const answer of answers)
        expect(answer).toMatchObject({ result: { error: { code: 'unknown-call' } } })
    })

    it('cancels: the caller knows at once, the handler is told', async () => {
      const { client, aborted } = await start()
      const controller = new AbortController()
      const slow = client.call.trouble.slow({ milliseconds: 5_000 }, { signal: controller.signal })
      setTimeout(() => controller.abort(), 20)
      expect(await slow).toMatchObject({ ok: false, error: { code: 'cancelled' } })
      await aborted
      const late = await client.call.echo.text({ text: 'x' }, { signal: AbortSignal.abort() })
      expect(late).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    })

    it('tells events until the listener stops', async () => {
      const { client, server } = await start()
      const told: number[] = []
      const stop = client.on('told', ({ count }) => told.push(count))
      await client.call.echo.nothing({})
      server.emit('told', { count: 1 })
      server.emit('told', { count: 2 })
      await expect.poll(() => told).toEqual([1, 2])
      stop()
      server.emit('told', { count: 3 })
      await client.call.echo.nothing({})
      expect(told).toEqual([1, 2])
    })

    it('answers waiting calls when the other side goes, and stops their handlers', async () => {
      const { client, wires, aborted } = await start()
      const waiting = client.call.trouble.slow({ milliseconds: 5_000 })
      await client.call.echo.nothing({})
      wires.server.close()
      expect(await waiting).toMatchObject({ ok: false, error: { code: 'disconnected' } })
      await client.closed
      await aborted
      expect(await client.call.echo.nothing({})).toMatchObject({ error: { code: 'disconnected' } })
    })

    it('closes a wire that speaks nonsense, and keeps serving others', async () => {
      const { client, server, wires, faults } = await start()
      const other = await open()
      server.attach(other.server)
      const otherClient = createClient(testApi, other.client)
      wires.client.send({ kind: 'nonsense' } as never)
      await client.closed
      expect(faults).toContain('message')
      expect(await otherClient.call.echo.text({ text: 'fine' })).toEqual(ok({ text: 'fine' }))
      await other.close()
    })

    it('tells callers apart', async () => {
      const { client, server, callers } = await start()
      const other = await open()
      server.attach(other.server)
      const otherClient = createClient(testApi, other.client)
      await client.call.echo.text({ text: 'a' })
      await otherClient.call.echo.text({ text: 'b' })
      expect(new Set(callers).size).toBe(2)
      await other.close()
    })
  })
}
