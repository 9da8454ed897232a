import { create } from 'zustand'
import type { ProviderState } from '../../src-preload/contract/nouns.ts'
import { drop } from '../api/drop.ts'
import { library } from '../api/library.ts'
import { useModels } from './models.ts'
import { tellError } from './notices.ts'
import { createResource } from './resource.ts'

/** On what could Kinora compute here, and why does it not? */
export const useProviders = createResource(() => library.call.models.providers({}))

type SpeedTest = {
  /** The model that is being measured. */
  readonly running: string | null
  readonly results: Readonly<Record<string, readonly ProviderState[]>>
  readonly run: (id: string) => Promise<void>
  readonly stop: () => void
}

/** How fast is a model on everything that this machine has? One at a time, or each would slow the other. */
export const useSpeedTest = create<SpeedTest>((set, get) => {
  let own: AbortController | null = null
  return {
    running: null,
    results: {},
    run: async (id) => {
      if (get().running !== null) return
      const controller = new AbortController()
      own = controller
      set({ running: id })
      const result = await library.call.models.test({ id }, { signal: controller.signal })
      set({ running: null })
      if (!result.ok) {
        if (!controller.signal.aborted) tellError(result.error)
        return
      }
      set(({ results }) => ({ results: { ...results, [id]: result.value } }))
      drop(useModels.getState().load())
      drop(useProviders.getState().load())
    },
    stop: () => own?.abort(),
  }
})
