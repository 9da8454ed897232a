import { ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { builtInModel } from './models.ts'
import type { ModelSpaces } from './model-spaces.ts'
import type { Store } from './store.ts'

/**
 * Changes the model without a blackout: the current one answers until the next one has seen enough. Nothing is thrown
 * away on the way, so going back is done at once.
 */
export type ModelSwitch = {
  /** Of two changes at once the later one wins. Errors: not-found, model-missing, bad-model. */
  readonly use: (id: string, now: boolean) => Promise<Result<null>>
  /** Switches if the next model has seen enough by now: after results, and when a run is over. */
  readonly check: () => void
  /** A model has gone from this machine: another takes its place. */
  readonly removed: (id: string) => void
}

export type ModelSwitchOptions = {
  readonly store: Store
  readonly spaces: ModelSpaces
  /** Films are to be embedded for another model than before. */
  readonly onTarget: () => void
  /** Another model answers, or another one is to. */
  readonly onChange: () => void
}

/** See `ModelSwitch`. */
export const createModelSwitch = (options: ModelSwitchOptions): ModelSwitch => {
  const { store, spaces, onTarget, onChange } = options
  const { models, coverage, vectors } = store
  let turns = 0

  const choose = (current: string, next: string | null): void => {
    const before = models.targetSpace()
    if (current === models.currentId() && next === models.nextId()) return
    models.choose(current, next)
    if (models.targetSpace() !== before) onTarget()
    onChange()
  }
  /** There is nothing to lose, or nothing to wait for. */
  const mayAnswer = (id: string, instead: string): boolean => {
    const [space, old] = [models.spaceOf(id), models.spaceOf(instead)]
    return space === old || vectors.videosWith(old) === 0 || coverage.isReady(space, old)
  }

  return {
    use: async (id, now) => {
      const turn = ++turns
      const folder = await spaces.open(id)
      if (!folder.ok) return folder
      if (turn !== turns) return ok(null)
      const current = models.currentId()
      if (now || id === current || mayAnswer(id, current)) choose(id, null)
      else choose(current, id)
      return ok(null)
    },
    check: () => {
      const next = models.nextId()
      if (next !== null && mayAnswer(next, models.currentId())) choose(next, null)
    },
    removed: (id) => {
      const next = models.nextId() === id ? null : models.nextId()
      const current = models.currentId() === id ? builtInModel : models.currentId()
      if (next === current || (next !== null && mayAnswer(next, current))) choose(next, null)
      else choose(current, next)
    },
  }
}
