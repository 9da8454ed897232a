import type { Result } from '../../src-preload/contract/result.ts'
import type { After } from '../foundation/after.ts'
import { drop } from '../foundation/drop.ts'

type Disposable_ = { readonly dispose: () => Promise<void> }

export type ModelShelfOptions<Model extends Disposable_> = {
  /** Loads what `key` names; blocks the thread while it does. */
  readonly load: (key: string) => Promise<Result<Model>>
  /** Models that may stay loaded. Only models in use at the same instant can be more. */
  readonly limit: number
  /** Seconds after its last use until a model is unloaded. */
  readonly idleSeconds: number
  readonly after: After
}

/** Keeps the models in use loaded and lets go of the others: a tower holds 0.1 to 1 GB. */
export type ModelShelf<Model> = {
  /** Lends the model of `key` to `work`, loading it when it is not there. Errors: those of loading and of `work`. */
  readonly use: <T>(key: string, work: (model: Model) => Promise<Result<T>>) => Promise<Result<T>>
  /** Keys of the models on the shelf, the one not used longest first. */
  readonly keys: () => readonly string[]
  /** Unloads everything, each as soon as nobody uses it. The shelf can be used again afterwards. */
  readonly dispose: () => Promise<void>
}

type Entry<Model> = {
  readonly loading: Promise<Result<Model>>
  users: number
  stopTimer: () => void
  /** Set once the entry has left the shelf: the last user disposes. */
  gone: boolean
}

/** An empty shelf. Whoever makes it disposes it. */
export const createModelShelf = <Model extends Disposable_>(
  options: ModelShelfOptions<Model>,
): ModelShelf<Model> => {
  // A Map keeps the order of insertion: a use takes its entry out and puts it back as the youngest.
  const entries = new Map<string, Entry<Model>>()

  const unload = async (entry: Entry<Model>): Promise<void> => {
    const loaded = await entry.loading
    if (loaded.ok) await loaded.value.dispose()
  }

  const remove = async (key: string, entry: Entry<Model>): Promise<void> => {
    entries.delete(key)
    entry.stopTimer()
    entry.gone = true
    if (entry.users === 0) await unload(entry)
  }

  /** Unloads the oldest that nobody uses. Before a load, so that two never stand in memory where one may. */
  const makeRoom = async (): Promise<void> => {
    for (const [key, entry] of [...entries])
      if (entries.size > options.limit && entry.users === 0) await remove(key, entry)
  }

  const release = async (key: string, entry: Entry<Model>): Promise<void> => {
    entry.users -= 1
    if (entry.users > 0) return
    if (entry.gone) return unload(entry)
    entry.stopTimer = options.after(options.idleSeconds, () => drop(remove(key, entry)))
    await makeRoom()
  }

  const load = async (key: string): Promise<Result<Model>> => {
    // One turn later the new entry stands on the shelf and in use, so that making room counts and spares it.
    await Promise.resolve()
    await makeRoom()
    return options.load(key)
  }

  return {
    keys: () => [...entries.keys()],
    use: async (key, work) => {
      const entry = entries.get(key) ?? {
        loading: load(key),
        users: 0,
        stopTimer: () => undefined,
        gone: false,
      }
      entries.delete(key)
      entries.set(key, entry)
      entry.users += 1
      entry.stopTimer()
      try {
        const loaded = await entry.loading
        if (loaded.ok) return await work(loaded.value)
        // A model that did not load is tried again next time: its files may have been mended meanwhile.
        if (entries.get(key) === entry) entries.delete(key)
        entry.gone = true
        return loaded
      } finally {
        await release(key, entry)
      }
    },
    dispose: async () => {
      await Promise.all([...entries].map(([key, entry]) => remove(key, entry)))
    },
  }
}
