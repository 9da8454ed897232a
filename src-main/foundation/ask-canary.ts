import * as v from 'valibot'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import type { After } from './after.ts'
import {
  canaryAnswer,
  noReport,
  type CanaryRequest,
  type ParityReport,
  type ProviderReport,
} from './canary-report.ts'
import type { Forker } from './engine-process.ts'

/**
 * Seconds until a canary counts as hung. Software Vulkan takes its time: three pictures of models/concept were 170 s
 * through SwiftShader on two cores shared by six (60 s the first, with its shaders). A GPU answers within seconds.
 */
export const canaryLimitSeconds = 240

export type CanaryTools = {
  readonly fork: Forker
  /** The file of `encoder/canary.ts`. */
  readonly entry: string
  /** File for what the process says on stderr: drivers talk there. */
  readonly logFile: string
  readonly after: After
  readonly limitSeconds?: number
}

/**
 * Starts a canary process and waits for its answer; kills it after the limit. Errors: engine-crashed (it ended without
 * an answer, or what it said is none), timed-out, cancelled, model-failed (the model itself, not the provider).
 */
const askCanary = async (
  tools: CanaryTools,
  request: CanaryRequest,
  signal?: AbortSignal,
): Promise<Result<ProviderReport | ParityReport>> => {
  if (signal?.aborted === true) return fail('cancelled', 'The check was cancelled')
  const child = tools.fork(tools.entry, {
    arguments: [JSON.stringify(request)],
    detached: false,
    log: tools.logFile,
  })
  const limit = tools.limitSeconds ?? canaryLimitSeconds
  const stopped = Promise.withResolvers<'timed-out' | 'cancelled'>()
  const stopTimer = tools.after(limit, () => stopped.resolve('timed-out'))
  const cancel = (): void => stopped.resolve('cancelled')
  signal?.addEventListener('abort', cancel, { once: true })
  const first = await Promise.race([child.firstWord.then((word) => ({ word })), stopped.promise])
  stopTimer()
  signal?.removeEventListener('abort', cancel)
  child.kill('SIGKILL') // it has said everything; a driver that hangs while it is closed must not stay
  if (first === 'cancelled') return fail('cancelled', 'The check was cancelled')
  if (first === 'timed-out') return fail('timed-out', `it gave no answer within ${limit} seconds`)
  if (first.word === null) {
    const { signal: by, code } = await child.exited
    return fail('engine-crashed', `its process crashed (${by ?? `exit code ${code ?? 'unknown'}`})`)
  }
  const parsed = v.safeParse(canaryAnswer, first.word)
  if (!parsed.success) return fail('engine-crashed', 'its process answered something that is no report')
  return parsed.output.kind === 'refused' ? fail('model-failed', parsed.output.message) : ok(parsed.output)
}

/** Checks a provider in a process of its own. A crash, a hang and nonsense are reports that did not pass. Errors: cancelled, model-failed (also on the CPU). */
export const askProvider = async (
  tools: CanaryTools,
  request: CanaryRequest & { readonly kind: 'provider' },
  signal?: AbortSignal,
): Promise<Result<ProviderReport>> => {
  const said = await askCanary(tools, request, signal)
  if (said.ok && said.value.kind === 'provider' && said.value.provider === request.provider)
    return ok(said.value)
  if (!said.ok && (said.error.code === 'cancelled' || said.error.code === 'model-failed')) return said
  const why = said.ok ? 'its process answered something that is no report' : said.error.message
  return ok({ ...noReport, provider: request.provider, why })
}

/** Compares a quantised pair with the full one in a process of its own. Errors: those of a canary, model-failed. */
export const askParity = async (
  tools: CanaryTools,
  request: CanaryRequest & { readonly kind: 'parity' },
  signal?: AbortSignal,
): Promise<Result<ParityReport>> => {
  const said = await askCanary(tools, request, signal)
  if (!said.ok) return said
  return said.value.kind === 'parity' ? ok(said.value) : fail('engine-crashed', 'not the report asked for')
}
