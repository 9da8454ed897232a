import type { DoctorCheck } from '../../src-preload/contract/nouns.ts'
import { ok, type Result } from '../../src-preload/contract/result.ts'
import { type OnnxProvider } from '../domain/onnx-provider.ts'
import {
  chooseProvider,
  describeFigures,
  type ProviderChoice,
  type ProviderFigures,
  type ProviderKnown,
} from '../domain/provider-choice.ts'
import { askProvider, type CanaryTools } from '../foundation/ask-canary.ts'
import { noReport, type ProviderReport } from '../foundation/canary-report.ts'
import { drop } from '../foundation/drop.ts'
import type { Log } from '../foundation/log.ts'
import { openModelFolder } from '../foundation/model-folder.ts'
import { machineFingerprint, providersHere, type ProviderHere } from '../foundation/onnx-providers.ts'
import type { Database } from './database.ts'
import type { ModelPlace } from './models.ts'
import { createProviderRows } from './provider-rows.ts'

export type ProviderChecksOptions = {
  readonly database: Database
  /** How a canary process is started; its `entry` is `EngineEntries.canary`. */
  readonly canary: CanaryTools
  readonly log: Log
  /** Seconds since 1970. */
  readonly clock: () => number
  /** Threads that the CPU may take in the comparison: those of the indexer. */
  readonly threads: number
  readonly environment: NodeJS.ProcessEnv
  /** A background check has ended and `best` may answer otherwise from now on. */
  readonly onChanged: (model: string) => void
  /** What is to be checked; an argument for tests. */
  readonly here?: () => readonly ProviderHere[]
}

export type ProviderChecks = {
  /**
   * What `model` is to be computed by, from what is known at once: the CPU until a check has passed. What is not known
   * (or of another driver) is checked in the background, once. Never fails: a model that cannot be read is the CPU's.
   */
  readonly best: (model: ModelPlace) => Promise<ProviderChoice>
  /** What `best` said last of a model, at once; the CPU before. For work that is handed out without waiting. */
  readonly chosen: (model: string) => ProviderChoice
  /** What was found out about each provider, the CPU last, as `best` or `again` saw it; nothing before. */
  readonly known: (model: string) => readonly ProviderKnown[]
  /** Checks all providers anew, the CPU too, as a person may ask for after an update, and answers as `best`. Errors: bad-model, model-missing, model-failed, cancelled. */
  readonly again: (model: ModelPlace, signal?: AbortSignal) => Promise<Result<ProviderChoice>>
  /** Checks by doing, the CPU too: a line for each provider that onnxruntime knows here. Not there is no fault; wrong is. */
  readonly doctor: (model: ModelPlace, signal?: AbortSignal) => Promise<readonly DoctorCheck[]>
  /** Stops what is being checked; waits for its process to end. */
  readonly close: () => Promise<void>
}

/** As many pictures as there are; the CPU beside itself needs no more than shows that it computes. */
const [allPictures, cpuPictures] = [64, 16]

/** Providers of this machine, checked by canary processes, one at a time; results are kept in `derived.db`. */
export const createProviderChecks = (options: ProviderChecksOptions): ProviderChecks => {
  const { database, canary, log, clock, threads, environment, onChanged } = options
  const rows = createProviderRows(database)
  const here = options.here ?? providersHere
  const closing = new AbortController()
  /** Models with a background check waiting or running, and what was checked since this process began. */
  const waiting = new Set<string>()
  const choices = new Map<string, ProviderChoice>()
  const facts = new Map<string, readonly ProviderKnown[]>()
  const checked = new Set<string>()
  let last: Promise<unknown> = Promise.resolve()

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined) // its own caller hears of it; the next in turn only waits
    return turn
  }

  /** Null where the model cannot be read. */
  const fingerprintOf = async ({ directory }: ModelPlace): Promise<Result<string>> => {
    const folder = await openModelFolder(directory, { verify: false })
    if (!folder.ok) return folder
    const { image, text } = folder.value.manifest
    return ok(`${machineFingerprint(environment)}; ${image.sha256}; ${text.sha256}`)
  }

  const ask = async (
    model: ModelPlace,
    provider: OnnxProvider,
    signal: AbortSignal | undefined,
  ): Promise<Result<ProviderReport>> => {
    const stop = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal])
    const most = provider === 'cpu' ? cpuPictures : allPictures
    const { directory } = model
    const report = await askProvider(canary, { kind: 'provider', directory, provider, threads, most }, stop)
    if (report.ok) log.info({ model: model.id, ...report.value }, 'provider checked')
    return report
  }

  const choose = (model: ModelPlace, fingerprint: string): ProviderChoice => {
    const all = known(model, fingerprint)
    const choice = chooseProvider(all)
    choices.set(model.id, choice)
    facts.set(model.id, [...all, { provider: 'cpu', figures: rows.get(model.id, 'cpu', fingerprint) }])
    return choice
  }
  const others = (): readonly ProviderHere[] => here().filter(({ provider }) => provider !== 'cpu')
  const known = (model: ModelPlace, fingerprint: string): readonly ProviderKnown[] =>
    others().map(({ provider, absent }) => ({
      provider,
      figures:
        absent === ''
          ? rows.get(model.id, provider, fingerprint)
          : { ...noReport, provider, absent: true, why: absent },
    }))

  /** Checks one provider and keeps what was found. */
  const learn = async (
    model: ModelPlace,
    provider: OnnxProvider,
    fingerprint: string,
    signal?: AbortSignal,
  ): Promise<Result<ProviderReport>> => {
    const report = await ask(model, provider, signal)
    checked.add(`${model.id} ${provider} ${fingerprint}`)
    if (report.ok && database.open) rows.put(model.id, fingerprint, report.value, clock())
    return report
  }

  /** A device that was not there may have come, with no sign that could be read: it is asked once each start. */
  const isOpen = (model: ModelPlace, { provider, figures }: ProviderKnown, fingerprint: string): boolean =>
    (figures === null ||
      (figures.absent && others().some((one) => one.provider === provider && one.absent === ''))) &&
    !checked.has(`${model.id} ${provider} ${fingerprint}`)

  const inBackground = async (model: ModelPlace, fingerprint: string): Promise<void> => {
    for (const one of known(model, fingerprint))
      if (!closing.signal.aborted && isOpen(model, one, fingerprint)) {
        const report = await learn(model, one.provider, fingerprint)
        if (!report.ok) log.info({ model: model.id, error: report.error }, 'a provider could not be checked')
      }
    waiting.delete(model.id)
    if (closing.signal.aborted) return
    choose(model, fingerprint)
    onChanged(model.id)
  }

  const toCheck = (report: ProviderFigures): DoctorCheck => ({
    name: `provider:${report.provider}`,
    ok: report.passed || report.absent,
    detail: describeFigures(report),
    advice:
      report.passed || report.absent
        ? ''
        : 'Update the graphics driver. Kinora uses the CPU meanwhile and checks again after the update.',
  })

  return {
    best: async (model) => {
      const fingerprint = await fingerprintOf(model)
      if (!fingerprint.ok) return chooseProvider([])
      const all = known(model, fingerprint.value)
      if (!waiting.has(model.id) && all.some((one) => isOpen(model, one, fingerprint.value))) {
        waiting.add(model.id)
        drop(inTurn(() => inBackground(model, fingerprint.value)))
      }
      return choose(model, fingerprint.value)
    },
    chosen: (model) => choices.get(model) ?? chooseProvider([]),
    known: (model) => facts.get(model) ?? [],
    again: async (model, signal) => {
      const fingerprint = await fingerprintOf(model)
      if (!fingerprint.ok) return fingerprint
      for (const { provider, absent } of here()) {
        if (absent !== '') continue
        const report = await inTurn(() => learn(model, provider, fingerprint.value, signal))
        if (!report.ok) return report
      }
      return ok(choose(model, fingerprint.value))
    },
    doctor: async (model, signal) => {
      const fingerprint = await fingerprintOf(model)
      if (!fingerprint.ok) return [] // the doctor says of the model itself what is wrong
      const checks: DoctorCheck[] = []
      for (const { provider, absent } of here()) {
        const report: Result<ProviderReport> =
          absent === ''
            ? await inTurn(() => learn(model, provider, fingerprint.value, signal))
            : ok({ ...noReport, provider, absent: true, why: absent })
        checks.push(toCheck(report.ok ? report.value : { ...noReport, provider, why: report.error.message }))
      }
      return checks
    },
    close: async () => {
      closing.abort()
      await last
    },
  }
}
