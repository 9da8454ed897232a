import type { LibraryApi } from '../../src-preload/contract/api.ts'
import type { LibraryChange, TagMark } from '../../src-preload/contract/nouns.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Handlers } from '../../src-preload/contract/schema.ts'
import { findVideo, unknownVideo } from './find-video.ts'
import type { Store } from './store.ts'
import type { MarkedStretch } from './tags.ts'

type PersonCalls = Pick<Handlers<LibraryApi>, 'history' | 'collections' | 'tags'> & {
  readonly rate: Handlers<LibraryApi>['videos']['rate']
}

type Tagging = {
  readonly id: string
  readonly start?: number | undefined
  readonly end?: number | undefined
  readonly tags: readonly string[]
}

/** Answers for what a person makes: tags, ratings, collections, and what was looked for. `clock`: seconds since 1970. */
export const createPersonCalls = (
  store: Store,
  clock: () => number,
  tell: (change: LibraryChange) => void,
): PersonCalls => {
  const { tags, ratings, collections, pastQueries } = store

  const stretchOf = ({ id, start, end }: Tagging): Result<MarkedStretch> => {
    const known = findVideo(store, id)
    if (known === null) return unknownVideo(id)
    const { duration } = known.facts
    if (start === undefined && end !== undefined)
      return fail('bad-arguments', 'A stretch that has an end has a start.')
    if (start === undefined) return ok({ videoId: known.video.id, start: null, end: null })
    const last = end ?? duration
    if (last <= start || (duration > 0 && start >= duration))
      return fail('bad-arguments', `There is no such stretch in ${known.video.path}.`)
    return ok({
      videoId: known.video.id,
      start,
      end: duration > 0 ? Math.min(last, duration) : last,
    })
  }
  const change = (
    request: Tagging,
    act: (stretch: MarkedStretch, names: readonly string[]) => void,
  ): Result<readonly TagMark[]> => {
    const stretch = stretchOf(request)
    if (!stretch.ok) return stretch
    act(stretch.value, request.tags)
    tell({ kind: 'marks', videoId: stretch.value.videoId })
    return ok(tags.ofVideo(stretch.value.videoId))
  }
  const collected = (done: Result<null>): Result<ReturnType<typeof collections.list>> => {
    if (!done.ok) return done
    tell({ kind: 'collections' })
    return ok(collections.list())
  }

  return {
    rate: ({ id, rating }) => {
      const known = findVideo(store, id)
      if (known === null) return unknownVideo(id)
      ratings.set(known.video.id, rating, clock())
      tell({ kind: 'marks', videoId: known.video.id })
      return ok({ ...known.video, rating })
    },
    tags: {
      list: () => ok(tags.list()),
      add: (request) => change(request, (stretch, names) => tags.add(stretch, names, clock())),
      remove: (request) => change(request, tags.remove),
    },
    history: {
      list: ({ limit }) => ok(pastQueries.list(limit)),
      add: ({ query }) => {
        pastQueries.add(query, clock())
        return ok(null)
      },
      forget: ({ query }) => {
        pastQueries.forget(query)
        return ok(null)
      },
    },
    collections: {
      list: () => ok(collections.list()),
      save: (collection) => {
        collections.save(collection, clock())
        return collected(ok(null))
      },
      rename: ({ name, to }) => collected(collections.rename(name, to)),
      delete: ({ name }) => collected(collections.delete(name)),
    },
  }
}
