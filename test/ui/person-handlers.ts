import type { TagMark } from '../../src-preload/contract/nouns.ts'
import type { PageApi } from '../../src-preload/contract/page-api.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Handlers } from '../../src-preload/contract/schema.ts'
import type { Scenario } from './scenario.ts'

/** Told of what a page would hear as a `change`. */
export type PersonNews = (
  change: { readonly kind: 'collections' } | { readonly kind: 'marks'; readonly videoId: string },
) => void

/** What a person makes, as the library keeps it; the library's own tests hold for its order and its rules. */
export const personHandlers = (
  scenario: Scenario,
  tell: PersonNews,
): Pick<Handlers<PageApi>, 'history' | 'collections' | 'tags'> & {
  readonly rate: Handlers<PageApi>['videos']['rate']
} => {
  const marks = (id: string): readonly TagMark[] => scenario.marks.get(id) ?? []
  const setMarks = (id: string, to: readonly TagMark[]): void => {
    scenario.marks = new Map([...scenario.marks, [id, to]])
    scenario.videos = scenario.videos.map((video) =>
      video.id === id ? { ...video, tags: [...new Set(to.map(({ tag }) => tag))].sort() } : video,
    )
    tell({ kind: 'marks', videoId: id })
  }
  const collected = (to: Scenario['collections']): ReturnType<typeof ok<Scenario['collections']>> => {
    scenario.collections = to.toSorted((a, b) => a.name.localeCompare(b.name))
    tell({ kind: 'collections' })
    return ok(scenario.collections)
  }
  return {
    rate: ({ id, rating }) => {
      scenario.videos = scenario.videos.map((video) => (video.id === id ? { ...video, rating } : video))
      const video = scenario.videos.find((one) => one.id === id)
      if (video === undefined) return fail('not-found', `There is no video ${id}.`)
      tell({ kind: 'marks', videoId: id })
      return ok(video)
    },
    tags: {
      list: () => {
        const names = scenario.videos.flatMap(({ tags }) => tags)
        return ok(
          [...new Set(names)]
            .sort()
            .map((tag) => ({ tag, videos: names.filter((name) => name === tag).length })),
        )
      },
      add: ({ id, start = null, end = null, tags }) => {
        const added = tags
          .map((tag) => ({ tag, start, end }))
          .filter((mark) => !marks(id).some((one) => one.tag === mark.tag && one.start === mark.start))
        setMarks(id, [...marks(id), ...added])
        return ok(marks(id))
      },
      remove: ({ id, start = null, tags }) => {
        setMarks(
          id,
          marks(id).filter((mark) => !(tags.includes(mark.tag) && (start === null || mark.start === start))),
        )
        return ok(marks(id))
      },
    },
    history: {
      list: ({ limit }) => ok(scenario.pastQueries.slice(0, limit)),
      add: ({ query }) => {
        const others = scenario.pastQueries.filter((past) => past.query !== query)
        scenario.pastQueries = [{ query, at: '2026-11-26T10:00:00.000Z' }, ...others]
        return ok(null)
      },
      forget: ({ query }) => {
        scenario.pastQueries = scenario.pastQueries.filter((past) => query !== null && past.query !== query)
        return ok(null)
      },
    },
    collections: {
      list: () => ok(scenario.collections),
      save: (saved) => collected([...scenario.collections.filter(({ name }) => name !== saved.name), saved]),
      rename: ({ name, to }) =>
        scenario.collections.some((one) => one.name === to)
          ? fail('already-exists', `There is a collection ${to} already.`)
          : collected(scenario.collections.map((one) => (one.name === name ? { ...one, name: to } : one))),
      delete: ({ name }) => collected(scenario.collections.filter((one) => one.name !== name)),
    },
  }
}
