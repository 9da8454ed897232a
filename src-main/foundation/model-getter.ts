import { drop } from './drop.ts'
import type { LibraryHolder } from './library-holder.ts'
import type { Log } from './log.ts'

/** Downloads that pages have begun: they go on when the page is closed, and any page may cancel them. */
export type ModelGetter = {
  /** Begins a download, unless it is under way; how it goes stands in the list of models. */
  readonly begin: (id: string) => void
  /** Settles when the list knows. Nothing happens where no page has begun it. */
  readonly cancel: (id: string) => Promise<void>
}

/** See `ModelGetter`. */
export const createModelGetter = ({
  library,
  log,
}: {
  readonly library: LibraryHolder
  readonly log: Log
}): ModelGetter => {
  const running = new Map<string, { readonly controller: AbortController; readonly done: Promise<void> }>()

  const get = async (id: string, { signal }: AbortController): Promise<void> => {
    const got = await library.ask((client) => client.call.models.get({ id }, { signal }))
    // The list says so too, as soon as the library has begun; what it never began would be lost.
    if (!got.ok && got.error.code !== 'cancelled')
      log.warn({ model: id, error: got.error }, 'a download has ended')
  }
  return {
    begin: (id) => {
      if (running.has(id)) return
      const controller = new AbortController()
      const done = get(id, controller).finally(() => running.delete(id))
      running.set(id, { controller, done })
      drop(done)
    },
    cancel: async (id) => {
      const one = running.get(id)
      one?.controller.abort()
      await one?.done
    },
  }
}
