import type { ProviderState } from '../../src-preload/contract/nouns.ts'
import { ok } from '../../src-preload/contract/result.ts'
import type { EncoderLink } from './encoder-link.ts'
import type { ParityGate, ProviderChecks } from './model-checks.ts'
import type { Models } from './models.ts'

/** Stands in for the checks of graphics cards: everything runs on the CPU, measured when somebody asks. */
export const createCpuOnlyChecks = (models: Models, encoder: EncoderLink): ProviderChecks => {
  const speeds = new Map<string, number>()
  const states = (modelId: string): readonly ProviderState[] => {
    const speed = speeds.get(modelId)
    return [
      {
        provider: 'cpu',
        chosen: true,
        state: speed === undefined ? 'unknown' : 'passed',
        picturesPerSecond: speed ?? null,
        detail: 'the only one that is tried',
      },
    ]
  }
  return {
    best: ({ id }) => ({
      provider: 'cpu',
      batch: 1,
      picturesPerSecond: speeds.get(id) ?? null,
      reasons: ['nothing else is tried'],
    }),
    states,
    test: async (id) => {
      const folder = await models.open(id)
      if (!folder.ok) return folder
      const { directory } = folder.value
      const checked = await encoder.ask((client) => client.call.models.check({ model: { id, directory } }))
      if (!checked.ok) return checked
      speeds.set(id, 1000 / Math.max(checked.value.imageMilliseconds, 0.01))
      return ok(states(id))
    },
  }
}

/** Stands in for the parity gate: nothing is compared. */
export const noParityGate: ParityGate = () =>
  Promise.resolve(
    ok({ state: 'unverified', why: 'it was not compared with the full-precision one', bigger: [] }),
  )
