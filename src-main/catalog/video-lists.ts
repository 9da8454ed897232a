import type { PictureSet } from '../../src-preload/contract/picture-set.ts'
import type { VideoCard, VideoDetail, VideoPage, VideoPictures } from '../../src-preload/contract/nouns.ts'
import { parseQuery } from '../domain/query.ts'
import { findVideo } from './find-video.ts'
import type { Store } from './store.ts'
import type { KnownVideo, VideoKey } from './videos.ts'

export type ListOrder = 'name' | 'created' | 'added' | 'duration'

export type VideoListRequest = {
  readonly filter: string
  readonly sort: ListOrder
  readonly offset: number
  readonly limit: number
}

export type VideoLists = {
  readonly page: (request: VideoListRequest, now: Date) => VideoPage
  /** The cards of those of these videos that are visible, in the order of their paths. */
  readonly cards: (ids: readonly string[]) => readonly VideoCard[]
  /** All about the video of an id or a path. */
  readonly detail: (id: string) => VideoDetail | null
}

/** A list that is being scrolled is read once a second at most, also while indexing changes it all the time. */
const freshMilliseconds = 1_000

const fileName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Newest and longest first, names from A; equals by id, so that pieces of one list fit together. */
const sortBy = (keys: readonly VideoKey[], order: ListOrder): readonly VideoKey[] => {
  const byId = (a: VideoKey, b: VideoKey): number => (a.id < b.id ? -1 : 1)
  switch (order) {
    case 'name':
      return keys
        .map((key) => ({ key, name: fileName(key.path) }))
        .sort((a, b) => collator.compare(a.name, b.name) || byId(a.key, b.key))
        .map(({ key }) => key)
    case 'created':
      return keys.toSorted((a, b) => (a.created === b.created ? byId(a, b) : a.created < b.created ? 1 : -1))
    case 'added':
      return keys.toSorted((a, b) => b.addedAt - a.addedAt || byId(a, b))
    case 'duration':
      return keys.toSorted((a, b) => b.duration - a.duration || byId(a, b))
  }
}

/** A picture set as pages see it: its version is the file's name, which changes with its content. */
export const toPictures = (set: PictureSet | null): VideoPictures | null => {
  if (set === null) return null
  const { file, ...poster } = set.poster
  const { columns, rows, tileWidth, tileHeight, times } = set.sprite
  const version = file
    .replace(/\.[^.]+$/, '')
    .split('-')
    .slice(2)
    .join('-')
  return { version, poster, sprite: { columns, rows, tileWidth, tileHeight, times } }
}

/** Sorted lists in pieces, and all about one video, for windows. `clock` in milliseconds, monotonic. */
export const createVideoLists = (store: Store, clock: () => number): VideoLists => {
  let cached: {
    readonly name: string
    readonly at: number
    readonly changes: number
    readonly ids: readonly string[]
  } | null = null
  const changes = store.database.prepare<[], { count: number }>('SELECT total_changes() AS count')

  const sorted = ({ filter, sort }: VideoListRequest, now: Date): readonly string[] => {
    const name = JSON.stringify([filter, sort, store.models.currentSpace()])
    const count = changes.get()?.count ?? 0
    const isFresh = cached !== null && (cached.changes === count || clock() - cached.at < freshMilliseconds)
    if (cached?.name === name && isFresh) return cached.ids
    const keys = store.videos.keys()
    const passing = store.filters.passing(parseQuery(filter).filters, now)
    const ids = sortBy(passing === null ? keys : keys.filter(({ id }) => passing.has(id)), sort).map(
      ({ id }) => id,
    )
    cached = { name, at: clock(), changes: count, ids }
    return ids
  }
  const card = ({ video }: KnownVideo): VideoCard => ({
    ...video,
    pictures: toPictures(store.pictures.get(video.id)),
  })
  const cards = (ids: readonly string[]): readonly VideoCard[] =>
    store.videos.some(new Set(ids), store.models.currentSpace()).map(card)

  return {
    page: (request, now) => {
      const ids = sorted(request, now)
      const piece = ids.slice(request.offset, request.offset + request.limit)
      const known = new Map(cards(piece).map((one) => [one.id, one]))
      // One that went since the list was made leaves its place empty; the next list is without it.
      return { total: ids.length, videos: piece.flatMap((id) => known.get(id) ?? []) }
    },
    cards,
    detail: (id) => {
      const known = findVideo(store, id)
      if (known === null) return null
      const { facts } = known
      const videoId = known.video.id
      return {
        ...card(known),
        container: facts.container,
        frameRate: facts.frameRate,
        audio: facts.audio,
        subtitles: facts.subtitles,
        chapters: facts.chapters,
        marks: store.tags.ofVideo(videoId),
        problems: store.problems.list().filter((problem) => problem.videoId === videoId),
      }
    },
  }
}
