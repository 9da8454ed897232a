import { setTimeout as wait } from 'node:timers/promises'
import type { PageApi } from '../../src-preload/contract/page-api.ts'
import type { Model } from '../../src-preload/contract/nouns.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Handlers } from '../../src-preload/contract/schema.ts'
import { costAt, withModel } from './model-scenario.ts'
import type { Scenario } from './scenario.ts'

/** From so much on, a chosen model answers at once. */
const enough = 0.95

/** Models as the library keeps them; tests move downloads and coverage on by themselves. */
export const modelHandlers = (scenario: Scenario): Handlers<PageApi>['models'] => {
  const change = (id: string, to: Partial<Model>): Result<readonly Model[]> => {
    if (!scenario.models.some((model) => model.id === id))
      return fail('not-found', `There is no model ${id}.`)
    scenario.models = withModel(scenario.models, id, to)
    return ok(scenario.models)
  }
  return {
    list: () => ok(scenario.models),
    get: ({ id }) => {
      const total = scenario.models.find((model) => model.id === id)?.bytes ?? 0
      return change(id, {
        state: 'downloading',
        download: { bytes: 0, total, speed: null, secondsLeft: null },
        downloadError: null,
      })
    },
    cancelGet: ({ id }) => change(id, { state: 'available', download: null, downloadError: null }),
    use: ({ id, now }) => {
      const chosen = scenario.models.find((model) => model.id === id)
      if (chosen?.state !== 'ready') return fail('model-missing', `${id} is not on this machine.`)
      const isNow = now === true || chosen.current || chosen.coverage >= enough
      scenario.models = scenario.models.map((model) => {
        if (model.kind !== chosen.kind) return model
        const isChosen = model.id === id
        return { ...model, next: isChosen && !isNow, current: isNow ? isChosen : model.current }
      })
      return ok(scenario.models)
    },
    remove: ({ id }) => {
      const model = scenario.models.find((candidate) => candidate.id === id)
      if (model === undefined || id === 'palette') return fail('not-allowed', `${id} cannot be removed.`)
      scenario.models =
        model.goodAt === null
          ? scenario.models.filter((candidate) => candidate.id !== id)
          : withModel(scenario.models, id, {
              ...{ state: 'available', current: false, next: false, coverage: 0, parity: null, runsOn: null },
              cost: costAt(0, 1, false),
            })
      if (model.current) scenario.models = withModel(scenario.models, 'palette', { current: true })
      return ok(scenario.models)
    },
    dropVectors: ({ id }) => change(id, { coverage: 0, cost: costAt(0, 1, true) }),
    test: async ({ id }, { signal }) => {
      await wait(scenario.testMilliseconds, null, { signal }).catch(() => null)
      if (signal.aborted) return fail('cancelled', 'Cancelled.')
      const chosen = scenario.providers.find((state) => state.chosen)
      if (typeof chosen?.picturesPerSecond === 'number') {
        change(id, {
          runsOn: { provider: chosen.provider, picturesPerSecond: chosen.picturesPerSecond },
        })
      }
      return ok(scenario.providers)
    },
    providers: () => ok(scenario.providers),
  }
}
