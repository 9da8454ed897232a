import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setPriority } from 'node:os'
import type { Readable, Writable } from 'node:stream'
import { classifyFfmpegError, ffmpegMessage } from '../domain/ffmpeg-errors.ts'
import { watchStall } from './stall-watch.ts'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'

/** One run of ffmpeg or ffprobe. */
export type FfmpegJob = {
  readonly tool: 'ffmpeg' | 'ffprobe'
  readonly binary: string
  /** Everything after the options that every run has (quiet, no banner, never reads a terminal). */
  readonly arguments: readonly string[]
  /** How many pipes beyond stderr: `pipe:3` is the first. */
  readonly pipes?: number
  readonly stdin?: boolean
  readonly stdout?: boolean
  readonly signal: AbortSignal
  /** Killed with `timed-out` after so many seconds in which no pipe moved although its reader waited for it. */
  readonly stallSeconds?: number
}

/** How a run ended. */
export type FfmpegEnd = {
  readonly result: Result<null>
  /** The last 64 KB of stderr; not empty after a success means that something in the film was skipped or mended. */
  readonly log: string
  /** Why the low priority could not be set, or null. */
  readonly priority: string | null
}

/** A run in progress. Every pipe asked for must be read to its end (`FrameReader` does): an unread one stalls all. */
export type FfmpegProcess = AsyncDisposable & {
  readonly stdin: Writable | null
  readonly stdout: Readable | null
  readonly pipes: readonly Readable[]
  /** Never rejects. Settles when the process is gone, even if its pipes still hold unread bytes. */
  readonly ended: Promise<FfmpegEnd>
}

const logLimit = 65_536
/** Decoding must never be felt; 10 is `nice`'s own default and Windows' "below normal". */
const lowPriority = 10

const lowerPriority = (child: ChildProcess): string | null => {
  if (child.pid === undefined) return 'not started'
  try {
    setPriority(child.pid, lowPriority)
    return null
  } catch (error) {
    // It may be over already, and a full-speed ffmpeg still does its work.
    return error instanceof Error ? error.message : String(error)
  }
}

/** Keeps the last 64 KB of `stream` and resolves when it is closed. */
const collectLog = (stream: Readable): { readonly text: () => string; readonly closed: Promise<unknown> } => {
  let kept = Buffer.alloc(0)
  stream.on('data', (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk]).subarray(-logLimit)
  })
  return { text: () => kept.toString('utf8'), closed: once(stream, 'close') }
}

const settle = (
  code: number | null,
  log: string,
  stopped: 'cancelled' | 'timed-out' | null,
): Result<null> => {
  if (stopped === 'cancelled') return fail('cancelled', 'Stopped on request')
  if (stopped === 'timed-out') return fail('timed-out', 'ffmpeg made no progress and was stopped')
  if (code === 0) return ok(null)
  // Windows has no signals: a crash is an exit status such as 0xC0000005.
  if (code === null || code >= 0x80000000)
    return fail('decoder-crashed', `The decoder crashed. ${ffmpegMessage(log)}`)
  return fail(classifyFfmpegError(log), ffmpegMessage(log))
}

/** Starts ffmpeg or ffprobe at low priority. Aborting, disposing and stalling kill it at once. */
export const startFfmpeg = (job: FfmpegJob): FfmpegProcess => {
  const quiet = ['-hide_banner', '-v', 'error', ...(job.tool === 'ffmpeg' ? ['-nostdin'] : [])]
  const extra = Array.from({ length: job.pipes ?? 0 }, () => 'pipe' as const)
  const child = spawn(job.binary, [...quiet, ...job.arguments], {
    stdio: [
      job.stdin === true ? 'pipe' : 'ignore',
      job.stdout === true ? 'pipe' : 'ignore',
      'pipe',
      ...extra,
    ],
    windowsHide: true,
  })
  const pipes = child.stdio.slice(3) as unknown as readonly Readable[]
  const streams = [child.stdin, child.stdout, ...pipes].filter((stream) => stream !== null)
  // A broken pipe is only the consequence of the process's end, and that is what `ended` tells.
  for (const stream of streams) stream.on('error', () => undefined)
  if (child.stderr === null) throw new Error('a process started with a pipe for stderr has none')
  const log = collectLog(child.stderr)
  let stopped: 'cancelled' | 'timed-out' | null = null
  const stop = (why: 'cancelled' | 'timed-out'): void => {
    if (child.exitCode !== null || child.signalCode !== null) return
    stopped ??= why
    child.kill('SIGKILL')
  }
  const cancel = (): void => stop('cancelled')
  job.signal.addEventListener('abort', cancel, { once: true })
  if (job.signal.aborted) cancel()
  const stall =
    job.stallSeconds === undefined ? null : watchStall(streams, job.stallSeconds, () => stop('timed-out'))
  const priority = lowerPriority(child)

  const wait = async (): Promise<FfmpegEnd> => {
    const exit = await new Promise<{ readonly code: number | null } | Error>((resolve) => {
      child.once('exit', (code) => resolve({ code }))
      child.once('error', resolve)
    })
    job.signal.removeEventListener('abort', cancel)
    if (stall !== null) clearInterval(stall)
    if (exit instanceof Error && child.pid === undefined) {
      const result = fail('ffmpeg-missing', `${job.binary} cannot be started: ${exit.message}`)
      return { result, log: '', priority }
    }
    await log.closed
    const code = exit instanceof Error ? null : exit.code
    return { result: settle(code, log.text(), stopped), log: log.text(), priority }
  }
  const ended = wait()
  const dispose = async (): Promise<void> => {
    stop('cancelled')
    await ended
    for (const stream of streams) stream.destroy()
  }
  return { stdin: child.stdin, stdout: child.stdout, pipes, ended, [Symbol.asyncDispose]: dispose }
}

/** What a run answered on stdout, whole. */
export type FfmpegQuestion = Omit<FfmpegJob, 'stdin' | 'stdout' | 'pipes'> & {
  /** Goes to stdin, whole. */
  readonly input?: Uint8Array
  /** More bytes than this kill the run: 64 MB where not said. */
  readonly limit?: number
}

/** Runs ffprobe or ffmpeg for a short answer on stdout. Fails as the run fails, or with `ffmpeg-failed` over the limit. */
export const runFfmpeg = async (question: FfmpegQuestion): Promise<Result<Buffer>> => {
  const { input, limit = 64e6, ...job } = question
  await using process = startFfmpeg({ ...job, stdout: true, stdin: input !== undefined })
  process.stdin?.end(input)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of process.stdout as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size > limit) return fail('ffmpeg-failed', `${job.tool} answered with more than ${limit} bytes`)
  }
  const { result } = await process.ended
  return result.ok ? ok(Buffer.concat(chunks)) : result
}
