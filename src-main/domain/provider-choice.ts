import { providerLabel, type OnnxProvider } from './onnx-provider.ts'

/** What is known of a provider with a model. */
export type ProviderFigures = {
  readonly provider: OnnxProvider
  readonly passed: boolean
  readonly why: string
  readonly absent: boolean
  readonly pictures: number
  readonly batch: number
  readonly picturesPerSecond: number
  /** The CPU's, measured in the same minute and process. */
  readonly cpuPicturesPerSecond: number
}

/** A provider and what was found out about it; null: not checked yet. */
export type ProviderKnown = { readonly provider: OnnxProvider; readonly figures: ProviderFigures | null }

/** What a model's pictures are to be computed by. */
export type ProviderChoice = {
  readonly provider: OnnxProvider
  readonly batch: number
  /** As measured; null where it was not (the CPU before the first check). */
  readonly picturesPerSecond: number | null
  /** A sentence for each other provider: why not that one. And for the chosen one, why it. */
  readonly reasons: readonly string[]
}

/** ViT-B/32 on 2 cores: the speed of larger batches at a fraction of the time for which a run blocks. */
const cpuBatch = 4

const speed = (perSecond: number): string =>
  perSecond < 10 ? perSecond.toPrecision(2).replace(/\.?0+$/, '') : String(Math.round(perSecond))
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const isFaster = (figures: ProviderFigures): boolean =>
  figures.passed && figures.picturesPerSecond > figures.cpuPicturesPerSecond

/** Why `known` is not what was chosen, or why it was; '' where there is nothing to say. */
const reasonFor = ({ provider, figures }: ProviderKnown, chosen: ProviderFigures | null): string => {
  const label = providerLabel[provider]
  if (figures === null) return `${label}: not checked yet, the CPU works meanwhile.`
  if (figures.absent) return `${label}: ${figures.why}.`
  if (!figures.passed) return `${label} was refused: ${figures.why}.`
  const [own, cpu] = [speed(figures.picturesPerSecond), speed(figures.cpuPicturesPerSecond)]
  if (!isFaster(figures))
    return `${label} works (canary passed) but is slower here: ${own} against ${cpu} pictures a second.`
  if (figures === chosen)
    return `${label}: ${own} pictures a second against ${cpu} on the CPU; ${figures.pictures} pictures agreed.`
  return `${label} works: ${own} pictures a second, but ${chosen === null ? 'another' : providerLabel[chosen.provider]} is faster.`
}

/**
 * The fastest provider that passed, if it is faster than the CPU in its own check; else the CPU. `others`: all but
 * the CPU, in the order of preference, which decides between equals.
 */
export const chooseProvider = (others: readonly ProviderKnown[]): ProviderChoice => {
  const passed = others.flatMap(({ figures }) => (figures !== null && isFaster(figures) ? [figures] : []))
  const chosen = passed.toSorted((a, b) => b.picturesPerSecond - a.picturesPerSecond)[0] ?? null
  const reasons = others.map((known) => capital(reasonFor(known, chosen)))
  if (chosen !== null) {
    const { provider, batch, picturesPerSecond } = chosen
    return { provider, batch, picturesPerSecond, reasons }
  }
  const measured = others.find(({ figures }) => (figures?.cpuPicturesPerSecond ?? 0) > 0)
  return {
    provider: 'cpu',
    batch: cpuBatch,
    picturesPerSecond: measured?.figures?.cpuPicturesPerSecond ?? null,
    reasons,
  }
}

/** One line on a provider that was just checked, for `doctor`. */
export const describeFigures = (figures: ProviderFigures): string => {
  const { provider, passed, absent, why, pictures, batch, picturesPerSecond, cpuPicturesPerSecond } = figures
  if (absent) return `not here: ${why}`
  if (!passed) return `failed its canary: ${why}`
  const own = `${speed(picturesPerSecond)} pictures a second in batches of ${batch}`
  if (provider === 'cpu') return `${own}; ${pictures} pictures, each with a vector of its own`
  const verdict = isFaster(figures) ? 'the CPU' : 'slower than the CPU, so not used: the CPU'
  return `passed its canary: ${pictures} pictures agree with the CPU; ${own} (${verdict} ${speed(cpuPicturesPerSecond)})`
}
