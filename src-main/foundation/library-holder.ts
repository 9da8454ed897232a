import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { LibraryApi } from '../../src-preload/contract/api.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Failure, Result } from '../../src-preload/contract/result.ts'
import type { Client } from '../../src-preload/contract/schema.ts'
import type { LibraryConnection } from './library-connection.ts'
import type { Log } from './log.ts'

/** Waits between attempts: doubling, so that a service that dies at once does not burn the machine. */
const firstPauseMilliseconds = 200
const longestPauseMilliseconds = 10_000
/** A connection that lived so long was a good one: the next pause is the first again. */
const goodLifeMilliseconds = 10_000

type LibraryClient = Client<LibraryApi>

export type LibraryHolder = {
  /** The connected client; while it is being connected anew waits for that attempt, and answers its failure. */
  readonly client: () => Promise<Result<LibraryClient>>
  /** Asks the present client; once more of the next one when the service died over the question. */
  readonly ask: <T>(question: (client: LibraryClient) => Promise<Result<T>>) => Promise<Result<T>>
  /** Tells the present client, and every later one as soon as it is connected. */
  readonly onClient: (listener: (client: LibraryClient) => void) => void
  /** Leaves the library for good. */
  readonly close: () => Promise<void>
}

export type LibraryHolderOptions = {
  /** Joins or starts the service: `openLibrary` with a host's own engines. */
  readonly open: () => Promise<Result<LibraryConnection>>
  readonly log: Log
}

const closedFailure: Failure = fail('disconnected', 'Kinora is closing.')

/** Holds a connection to the library for a long-lived host, and makes it anew (with back-off) when the service dies. */
export const createLibraryHolder = ({ open, log }: LibraryHolderOptions): LibraryHolder => {
  const stop = new AbortController()
  const stopped = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()))
  const isStopped = (): boolean => stop.signal.aborted
  const listeners = new Set<(client: LibraryClient) => void>()
  let present: LibraryClient | null = null
  let attempt = Promise.withResolvers<Result<LibraryClient>>()

  const pause = (failures: number): Promise<unknown> =>
    Promise.race([
      stopped,
      sleep(Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** failures), undefined, {
        ref: false,
      }),
    ])

  /** Serves with one connection until it is gone or we leave. */
  const use = async (connection: LibraryConnection): Promise<void> => {
    const { client } = connection
    attempt.resolve(ok(client))
    // Where the attempts before had failed, their promise is spent: callers from now on get the client.
    attempt = Promise.withResolvers()
    attempt.resolve(ok(client))
    present = client
    for (const listener of listeners) listener(client)
    await Promise.race([client.closed, stopped])
    present = null
    attempt = Promise.withResolvers()
    await connection.close()
  }

  const hold = async (): Promise<void> => {
    let failures = 0
    while (!isStopped()) {
      const opened = await open()
      const since = performance.now()
      if (opened.ok) await use(opened.value)
      else attempt.resolve(opened)
      if (isStopped()) break
      log.warn({ error: opened.ok ? null : opened.error }, 'the library service is gone; opening it again')
      if (opened.ok && performance.now() - since > goodLifeMilliseconds) failures = 0
      else await pause(failures++)
    }
    attempt.resolve(closedFailure)
  }
  const held = hold()

  const client = (): Promise<Result<LibraryClient>> =>
    isStopped() ? Promise.resolve(closedFailure) : attempt.promise

  return {
    client,
    ask: async (question) => {
      const first = await client()
      if (!first.ok) return first
      const answer = await question(first.value)
      if (answer.ok || answer.error.code !== 'disconnected') return answer
      // Calls hear of their wire's end before we do: in the next turn the old client is forgotten.
      await nextTurn()
      const second = await client()
      return second.ok ? question(second.value) : second
    },
    onClient: (listener) => {
      listeners.add(listener)
      if (present !== null) listener(present)
    },
    close: async () => {
      stop.abort()
      await held
    },
  }
}
