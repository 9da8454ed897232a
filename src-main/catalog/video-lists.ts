import type { VideoCard, VideoDetail, VideoPage, VideoPictures } from '../../src-preload/contract/nouns.ts'
import type { PictureSet } from './pictures.ts'
import type { Search } from './search.ts'
import type { Store } from './store.ts'
import type { KnownVideo } from './videos.ts'

export type ListOrder = 'name' | 'created' | 'added' | 'duration'

export type VideoListRequest = {
  readonly filter: string
  readonly sort: ListOrder
  readonly offset: number
  readonly limit: number
}

export type VideoLists = {
  readonly page: (request: VideoListRequest, now: Date) => VideoPage
  readonly detail: (videoId: string) => VideoDetail | null
}

/** A list that is being scrolled is read once a second at most, also while indexing changes it all the time. */
const freshMilliseconds = 1_000

const fileName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Newest and longest first, names from A; equals by id, so that pieces of one list fit together. */
const compare: Readonly<Record<ListOrder, (a: KnownVideo, b: KnownVideo) => number>> = {
  name: (a, b) => collator.compare(fileName(a.video.path), fileName(b.video.path)),
  created: (a, b) => (a.video.created < b.video.created ? 1 : a.video.created > b.video.created ? -1 : 0),
  added: (a, b) => b.addedAt - a.addedAt,
  duration: (a, b) => b.video.duration - a.video.duration,
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
export const createVideoLists = (store: Store, search: Search, clock: () => number): VideoLists => {
  let cached: { readonly key: string; readonly at: number; readonly list: readonly KnownVideo[] } | null =
    null

  const sorted = ({ filter, sort }: VideoListRequest, now: Date): readonly KnownVideo[] => {
    const key = JSON.stringify([filter, sort, store.models.currentId()])
    if (cached?.key === key && clock() - cached.at < freshMilliseconds) return cached.list
    const byOrder = compare[sort]
    const list = search
      .filtered(filter, now)
      .toSorted((a, b) => byOrder(a, b) || (a.video.id < b.video.id ? -1 : 1))
    cached = { key, at: clock(), list }
    return list
  }
  const card = ({ video }: KnownVideo): VideoCard => ({
    ...video,
    pictures: toPictures(store.pictures.get(video.id)),
  })

  return {
    page: (request, now) => {
      const list = sorted(request, now)
      return {
        total: list.length,
        videos: list.slice(request.offset, request.offset + request.limit).map(card),
      }
    },
    detail: (videoId) => {
      const known = store.videos.get(videoId, store.models.currentId())
      if (known === null) return null
      const { facts } = known
      return {
        ...card(known),
        container: facts.container,
        frameRate: facts.frameRate,
        audio: facts.audio,
        subtitles: facts.subtitles,
        chapters: facts.chapters,
        problems: store.problems.list().filter((problem) => problem.videoId === videoId),
      }
    },
  }
}
