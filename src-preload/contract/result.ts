/**
 * Every way in which Kinora can fail on purpose. Closed: a switch over it is exhaustive. A code is a promise
 * to scripts (`cli.md`), the message is for people, the advice says what to do.
 */
export const errorCodes = [
  // what was asked
  'bad-arguments',
  'unknown-call',
  'not-found',
  'not-allowed',
  'already-exists',
  // the service
  'cancelled',
  'disconnected',
  'busy',
  'locked',
  'engine-crashed',
  'internal',
  // a file or folder
  'empty-file',
  'missing-file',
  'unreadable-file',
  'unreadable-folder',
  'offline',
  'disk-full',
  // a film
  'not-a-video',
  'not-a-picture',
  'no-video-stream',
  'encrypted',
  'truncated',
  'damaged',
  'unsupported-codec',
  'no-frames',
  'timed-out',
  'decoder-crashed',
  'killed-the-indexer',
  // tools and models
  'ffmpeg-missing',
  'ffmpeg-failed',
  'bad-model',
  'model-missing',
  'model-failed',
  'download-failed',
  'bad-database',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** A failure as it travels: through every transport, into problem rows and onto the command line. */
export type KinoraError = {
  readonly code: ErrorCode
  readonly message: string
  /** What the person can do about it; empty when there is nothing to do. */
  readonly advice: string
}

/** The answer of every call that can fail on purpose. */
export type Result<T> = { readonly ok: true; readonly value: T } | Failure

export type Failure = { readonly ok: false; readonly error: KinoraError }

/** A `Result` that went well. */
export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

/** A `Result` that failed with `code`. */
export const fail = (code: ErrorCode, message: string, advice = ''): Failure => ({
  ok: false,
  error: { code, message, advice },
})

/** The value of `result`; throws where a failure would be a bug. Say in `why` what makes it impossible. */
export const expectOk = <T>(result: Result<T>, why: string): T => {
  if (result.ok) return result.value
  throw new Error(`${why}: ${result.error.code}: ${result.error.message}`)
}

/** True for a string that is one of `errorCodes`; for what comes out of a database or over a wire. */
export const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && (errorCodes as readonly string[]).includes(value)
