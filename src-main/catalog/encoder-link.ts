import { createClient } from '../../src-preload/contract/client.ts'
import { encoderApi } from '../../src-preload/contract/encoder-api.ts'
import type { EncoderApi } from '../../src-preload/contract/encoder-api.ts'
import { fail } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Client } from '../../src-preload/contract/schema.ts'
import type { Wire } from '../../src-preload/contract/wire.ts'
import { drop } from '../foundation/drop.ts'
import type { Engine } from './engines.ts'

const patienceMilliseconds = 30_000
/** Two tries: an encoder that dies of a text or a model is started once more, then the caller is told. */
const tries = 2

export type EncoderLink = {
  /** The encoder has connected. */
  readonly connected: (wire: Wire) => void
  /** Asks the encoder, starting it when it does not run; once more when it dies meanwhile. */
  readonly ask: <T>(question: (client: Client<EncoderApi>) => Promise<Result<T>>) => Promise<Result<T>>
}

/** The catalog's end of the line to the encoder, which is started by the first question. */
export const createEncoderLink = (engine: Engine): EncoderLink => {
  let client: Client<EncoderApi> | null = null
  const waiting = new Set<(client: Client<EncoderApi>) => void>()

  /** Whoever hears of an end first says it: a question may, before the wire's own promise does. */
  const forget = (dead: Client<EncoderApi>): void => {
    if (client !== dead) return
    client = null
    engine.rest() // it may have ended because nobody asked; the next question starts it again
  }

  const reach = async (): Promise<Client<EncoderApi> | null> => {
    if (client !== null) return client
    engine.need()
    const { promise, resolve } = Promise.withResolvers<Client<EncoderApi> | null>()
    waiting.add(resolve)
    const timer = setTimeout(() => resolve(null), patienceMilliseconds)
    const reached = await promise
    clearTimeout(timer)
    waiting.delete(resolve)
    return reached
  }

  return {
    connected: (wire) => {
      const fresh = createClient(encoderApi, wire)
      client = fresh
      drop(fresh.closed.then(() => forget(fresh)))
      for (const resolve of waiting) resolve(fresh)
    },
    ask: async (question) => {
      for (let attempt = 1; attempt <= tries; attempt += 1) {
        const reached = await reach()
        if (reached === null)
          return fail('engine-crashed', 'The encoder does not start.', 'The log says why.')
        const result = await question(reached)
        if (result.ok || result.error.code !== 'disconnected') return result
        forget(reached)
      }
      return fail('engine-crashed', 'The encoder died twice over this question.', 'The log says why.')
    },
  }
}
