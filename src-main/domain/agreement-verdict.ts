import type { Agreement } from './vector-agreement.ts'

/** Whether vectors may be trusted; `why` is a clause for people, '' where they may. */
export type Verdict = { readonly passed: boolean; readonly why: string }

const round = (share: number): string => share.toFixed(4)
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`

/** What no vectors may be, whoever made them; '' where they are sound. `things`: 'picture' or 'text'. */
const unsound = (agreement: Agreement, things: string): string => {
  if (agreement.broken > 0) return `gave numbers that are not finite (${agreement.broken} of them)`
  if (agreement.collapsed && agreement.compared > 1) return `gave every ${things} the same vector`
  if (agreement.merged > 0) return `gave different ${things}s the same vector (${agreement.merged} pairs)`
  return ''
}

/** How like the CPU's a provider's vectors must be (issue 5): by the precision of the graph's weights. */
const leastProviderCosine = { single: 0.999, half: 0.99 } as const
/** Neighbours that may change places: twice what rounding may do to a cosine at those limits when errors add up. */
export const providerTie = { single: 0.002, half: 0.02 } as const

/** May a provider be used? Its vectors must be the CPU's, and so must their neighbours (issue 5). */
export const judgeProvider = (
  agreement: Agreement,
  precision: 'single' | 'half',
  things: 'picture' | 'text',
): Verdict => {
  const wrong = unsound(agreement, things)
  if (wrong !== '') return { passed: false, why: wrong }
  const least = leastProviderCosine[precision]
  if (agreement.leastCosine < least)
    return {
      passed: false,
      why: `its ${things} vectors differ from the CPU's: cosine ${round(agreement.leastCosine)}, at least ${least} is wanted`,
    }
  if (agreement.nearest < 1)
    return {
      passed: false,
      why: `nearest neighbours differ for ${percent(1 - agreement.nearest)} of the ${things}s`,
    }
  return { passed: true, why: '' }
}

/** What a quantised pair of towers keeps of the full one. Null: that half was not compared. */
export type ParityFigures = {
  readonly pictures: Agreement | null
  readonly texts: Agreement | null
  readonly bestPicture: number | null
}

/** Neighbours that the full model holds equal to the fourth digit may change places. */
export const parityTie = 1e-4

/** Is a quantised pair as good as the full one? Limits of methods.md 3: neighbours decide, not the mean cosine. */
export const judgeParity = ({ pictures, texts, bestPicture }: ParityFigures): Verdict => {
  for (const [things, agreement] of [
    ['picture', pictures],
    ['text', texts],
  ] as const) {
    if (agreement === null) continue
    const wrong = unsound(agreement, things)
    if (wrong !== '') return { passed: false, why: `The ${things} tower ${wrong}.` }
    if (agreement.meanCosine < 0.98)
      return {
        passed: false,
        why: `${things} vectors: mean cosine ${round(agreement.meanCosine)}, 0.98 is wanted.`,
      }
    if (agreement.nearestTen < 0.9)
      return {
        passed: false,
        why: `${percent(agreement.nearestTen)} of the ten nearest ${things}s are the full model's, 90 % are wanted.`,
      }
  }
  if (bestPicture !== null && bestPicture < 0.95)
    return {
      passed: false,
      why: `${percent(bestPicture)} of the texts find the full model's picture first, 95 % are wanted.`,
    }
  return { passed: true, why: '' }
}
