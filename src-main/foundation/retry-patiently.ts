import pRetry, { AbortError } from 'p-retry'

/** How long a download keeps trying. All but `retries` in seconds. */
export type Patience = {
  /** Tries in a row that brought next to nothing; -1: not one more, whatever the first one brought. */
  readonly retries: number
  /** The wait before the first new try; it doubles, up to `longestWait`. */
  readonly firstWait: number
  readonly longestWait: number
}

/** Some four minutes of outage are waited for. */
export const usualPatience: Patience = { retries: 8, firstWait: 1, longestWait: 60 }

export type Sleep = (seconds: number, signal: AbortSignal) => Promise<void>

export type ProblemDetail = {
  /** Another try may help. */
  readonly again: boolean
  readonly advice?: string
  /** The server's answer, where there was one. */
  readonly status?: number
  /** Seconds that the server asked for. */
  readonly waitFor?: number | null
}

/** Why a request or a try went wrong, in words for people. */
export class RequestProblem extends Error {
  readonly again: boolean
  readonly advice: string
  readonly status: number | null
  readonly waitFor: number | null

  constructor(message: string, detail: ProblemDetail) {
    super(message)
    this.again = detail.again
    this.advice = detail.advice ?? ''
    this.status = detail.status ?? null
    this.waitFor = detail.waitFor ?? null
  }
}

export type Retrying = {
  readonly patience: Patience
  readonly sleep: Sleep
  readonly signal: AbortSignal
  /** True where the last try brought so much that the next one costs no patience and no wait. */
  readonly hasProgressed: () => boolean
}

/**
 * Runs `attempt` until it answers, throws something else than a RequestProblem that may be tried again, or patience
 * ends. Throws the last problem, or the signal's reason.
 */
export const retryPatiently = async <T>(
  attempt: () => Promise<T>,
  { patience, sleep, signal, hasProgressed }: Retrying,
): Promise<T> => {
  let fruitless = 0
  return pRetry(
    async () => {
      try {
        return await attempt()
      } catch (error) {
        // p-retry gives an AbortError's cause to the caller at once.
        if (error instanceof RequestProblem && error.again) throw error
        throw new AbortError(error instanceof Error ? error : String(error))
      }
    },
    {
      retries: Infinity,
      minTimeout: patience.firstWait * 1000,
      maxTimeout: patience.longestWait * 1000,
      randomize: true,
      signal,
      onFailedAttempt: async ({ error }) => {
        fruitless = hasProgressed() ? 0 : fruitless + 1
        if (fruitless <= patience.retries && error instanceof RequestProblem && error.waitFor !== null)
          await sleep(error.waitFor, signal)
      },
      shouldConsumeRetry: () => fruitless > 0,
      shouldRetry: () => fruitless <= patience.retries,
    },
  )
}
