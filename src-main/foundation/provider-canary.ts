import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ok, type Result } from '../../src-preload/contract/result.ts'
import { drawCanaryPicture } from '../domain/canary-pictures.ts'
import { canaryTexts } from '../domain/canary-texts.ts'
import { judgeProvider, providerTie } from '../domain/agreement-verdict.ts'
import { compareVectors } from '../domain/vector-agreement.ts'
import type { OnnxProvider } from '../domain/onnx-provider.ts'
import { embedSome, embedTexts, slowSeconds, take } from './canary-runs.ts'
import { noReport, type ProviderReport } from './canary-report.ts'
import { hasHalfWeights } from './graph-weights.ts'
import { openImageTower, type ImageTower } from './image-tower.ts'
import { measureBatches } from './measure-batches.ts'
import type { ModelFolder } from './model-folder.ts'
import type { OnnxOptions } from './onnx-session.ts'
import { providerTrouble, saysAbsent } from './onnx-providers.ts'
import { placementOf, type Placement } from './provider-placement.ts'
import { openTextTower, type TextTower } from './text-tower.ts'

export type ProviderCanaryOptions = {
  readonly folder: ModelFolder
  readonly provider: OnnxProvider
  readonly threads: number
  /** Pictures to compare at most, 2 to 64. */
  readonly most: number
  /** Seconds, from anywhere. */
  readonly clock: () => number
  /** Arguments, so that a test can be a provider that lies. */
  readonly openImages?: (folder: ModelFolder, options: OnnxOptions) => Promise<Result<ImageTower>>
  readonly openTexts?: (folder: ModelFolder, options: OnnxOptions) => Promise<Result<TextTower>>
}

const textCount = 8
const measureSeconds = 6
/** As the indexer does by default. */
const fastBatch = 4

/**
 * Does `provider` compute what the CPU computes, with this model, and how fast (issue 5, 3)? The same drawn pictures
 * through both, some texts too. BLOCKS this thread for seconds and may not survive a bad driver: for a process of its
 * own (encoder/canary.ts). A provider's failure is a report that did not pass. Errors: model-failed, where the
 * model does not even run on the CPU.
 */
export const runProviderCanary = async (options: ProviderCanaryOptions): Promise<Result<ProviderReport>> => {
  const { folder, provider, threads, clock } = options
  const start = clock()
  const openImages = options.openImages ?? openImageTower
  const openTexts = options.openTexts ?? openTextTower
  const { width, height } = folder.manifest.image
  const pictures = Array.from({ length: options.most }, (_, i) => drawCanaryPicture(i, width, height))
  const texts = canaryTexts.filter((_, i) => i % (canaryTexts.length / textCount) === 0)
  const isCpu = provider === 'cpu'

  let report: ProviderReport = { ...noReport, provider }
  const ended = (change: Partial<ProviderReport>): Result<ProviderReport> =>
    ok({ ...report, ...change, seconds: clock() - start })
  const failed = (why: string): Result<ProviderReport> => ended({ passed: false, why })

  // The texts first, and the provider first: who has no device says so within a second.
  const textVectors = await embedTexts(openTexts, folder, { threads, provider }, texts)
  const textReference = await embedTexts(openTexts, folder, { threads }, texts)
  if (!textReference.ok) return textReference
  if (!textVectors.ok) {
    const { message } = textVectors.error
    return saysAbsent(message)
      ? ended({ why: providerTrouble(provider, message, process.env), absent: true })
      : failed(`texts: ${message}`)
  }
  const textPrecision = (await hasHalfWeights(folder.paths.text)) ? 'half' : 'single'
  const textAgreement = compareVectors(textReference.value, textVectors.value, providerTie[textPrecision])
  const textVerdict = judgeProvider(textAgreement, textPrecision, 'text')
  report = { ...report, texts: textAgreement.compared }
  if (!textVerdict.passed) return failed(textVerdict.why)

  const cpuImages = await openImages(folder, { threads })
  if (!cpuImages.ok) return cpuImages
  const reference = await embedSome(cpuImages.value, pictures, clock, false)
  const cpuSpeed = reference.ok
    ? await measureBatches(cpuImages.value, pictures, clock, measureSeconds)
    : reference
  await cpuImages.value.dispose()
  if (!reference.ok) return reference
  if (!cpuSpeed.ok) return cpuSpeed
  report = {
    ...report,
    cpuBatch: cpuSpeed.value.batch,
    cpuPicturesPerSecond: cpuSpeed.value.picturesPerSecond,
  }

  const profile = isCpu ? null : await mkdtemp(join(tmpdir(), 'kinora-profile-'))
  let placement: Placement | null = null
  const tried = await openImages(folder, {
    threads,
    provider,
    ...(profile === null ? {} : { profileInto: profile }),
  })
  if (!tried.ok) return failed(tried.error.message)
  const some = await embedSome(tried.value, take(pictures, 0, reference.value.vectors.length), clock, true)
  await tried.value.dispose()
  if (profile !== null) {
    placement = await placementOf(profile)
    await rm(profile, { recursive: true, force: true })
  }
  if (!some.ok) return failed(some.error.message)
  if (placement !== null && placement.nodes > 0)
    report = { ...report, onCpu: placement.onCpu / placement.nodes }
  if (report.onCpu === 1) return failed('it left everything to the CPU without a word')

  const vectors = [...some.value.vectors]
  report = {
    ...report,
    batch: cpuImages.value.fixedBatch ?? 1,
    picturesPerSecond: 1 / Math.max(1e-6, some.value.secondsEach),
  }
  if (some.value.secondsEach < slowSeconds) {
    const fast = await openImages(folder, { threads, provider })
    if (!fast.ok) return failed(fast.error.message)
    const step = fast.value.fixedBatch ?? fastBatch
    while (vectors.length < reference.value.vectors.length) {
      const left = reference.value.vectors.length - vectors.length
      const run = await fast.value.embedBatch(take(pictures, vectors.length, Math.min(step, left)))
      if (!run.ok) {
        await fast.value.dispose()
        return failed(run.error.message)
      }
      vectors.push(...run.value)
    }
    const speed = isCpu ? cpuSpeed : await measureBatches(fast.value, pictures, clock, measureSeconds)
    await fast.value.dispose()
    if (!speed.ok) return failed(speed.error.message)
    report = { ...report, ...speed.value }
  }
  const precision = (await hasHalfWeights(folder.paths.image)) ? 'half' : 'single'
  const agreement = compareVectors(
    take(reference.value.vectors, 0, vectors.length),
    vectors,
    providerTie[precision],
  )
  const verdict = judgeProvider(agreement, precision, 'picture')
  return ended({
    ...verdict,
    pictures: vectors.length,
    meanCosine: agreement.meanCosine,
    leastCosine: agreement.leastCosine,
  })
}
