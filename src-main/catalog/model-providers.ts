import type { ProviderState } from '../../src-preload/contract/nouns.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import { describeFigures } from '../domain/provider-choice.ts'
import type { ProviderKnown } from '../domain/provider-choice.ts'
import { drop } from '../foundation/drop.ts'
import type { ProviderChecks as ModelProviders } from './model-checks.ts'
import type { Models } from './models.ts'
import type { ProviderChecks } from './provider-checks.ts'

const stateOf = ({ provider, figures }: ProviderKnown): ProviderState['state'] => {
  // The CPU is what everything is compared with: it needs no proof.
  if (figures === null) return provider === 'cpu' ? 'passed' : 'unknown'
  return figures.absent ? 'absent' : figures.passed ? 'passed' : 'failed'
}

const speedOf = ({ figures }: ProviderKnown): number | null =>
  figures === null || figures.picturesPerSecond === 0 ? null : figures.picturesPerSecond

/** The provider checks as the list of models wants them: what is known of each model, and measuring it. */
export const createModelProviders = (checks: ProviderChecks, models: Models): ModelProviders => {
  const asked = new Set<string>()
  const states = (modelId: string): readonly ProviderState[] => {
    const choice = checks.chosen(modelId)
    return checks.known(modelId).map((known) => ({
      provider: known.provider,
      chosen: known.provider === choice.provider,
      state: stateOf(known),
      picturesPerSecond:
        speedOf(known) ?? (known.provider === choice.provider ? choice.picturesPerSecond : null),
      detail: known.figures === null ? '' : describeFigures(known.figures),
    }))
  }
  return {
    best: (model) => {
      // Asking reads the model's folder; the list of models asks of each, each time.
      if (!asked.has(model.id)) drop(checks.best(model))
      asked.add(model.id)
      return checks.chosen(model.id)
    },
    states,
    test: async (modelId, signal) => {
      const place = models.place(modelId)
      if (place === null) return fail('not-found', `There is no model ${modelId} on this disk.`)
      const again = await checks.again(place, signal)
      return again.ok ? ok(states(modelId)) : again
    },
  }
}
