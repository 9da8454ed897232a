import type { Video } from '../../src-preload/contract/nouns.ts'
import type { VideoFacts } from '../../src-preload/contract/video-facts.ts'
import { pathBytesField } from '../foundation/path-ref.ts'
import type { Database } from './database.ts'

/** A video with what filters ask for beyond what lists show. */
export type KnownVideo = { readonly video: Video; readonly facts: VideoFacts; readonly addedAt: number }

/** What a list can be sorted by. `created`: ISO 8601 or, where nobody knows, the file's time. */
export type VideoKey = {
  readonly id: string
  readonly path: string
  readonly duration: number
  readonly created: string
  readonly addedAt: number
}

export type Videos = {
  /** Every visible video: its facts are known and it has a location, be its drive there or not. Ordered by path. */
  readonly visible: (model: string) => readonly KnownVideo[]
  /** Those of them with these ids, ordered by path. */
  readonly some: (ids: ReadonlySet<string>, model: string) => readonly KnownVideo[]
  /** The ids of all visible videos with what lists are sorted by; far cheaper than `visible`. */
  readonly keys: () => readonly VideoKey[]
  readonly get: (videoId: string, model: string) => KnownVideo | null
  /** Seconds of those of these videos that are visible. */
  readonly durations: (videoIds: readonly string[]) => ReadonlyMap<string, number>
  readonly countVisible: () => number
}

type Row = {
  id: string
  size: number
  added_at: number
  facts: string
  path: string
  path_key: Buffer
  mtime: number
  online: number
  skimmed: number
  analyzed: number
  tags: string
  stars: number | null
}

const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString()

/** Also where it is to be done again: what it has found is still there. */
const isDone = (stage: string): string => `
    (EXISTS (SELECT 1 FROM derived.job WHERE job.video_id = video.id AND stage = '${stage}'
      AND model = :model AND state = 'done')
     OR EXISTS (SELECT 1 FROM derived.film_sight AS sight WHERE sight.video_id = video.id
      AND sight.model = :model AND sight.again = '${stage}')) AS ${stage}`

/** Rows come one a location, online ones first: the first of a video names it. */
const select = `
  SELECT video.id, video.size, video.added_at, facts.facts, location.path, location.path_key, location.mtime, folder.online,
    ${isDone('skimmed')}, ${isDone('analyzed')}, rating.stars,
    (SELECT json_group_array(DISTINCT tag.name) FROM tagged JOIN tag ON tag.id = tagged.tag_id
      WHERE tagged.video_id = video.id) AS tags
  FROM video
  JOIN derived.facts ON facts.video_id = video.id
  JOIN location ON location.video_id = video.id AND location.present = 1
  JOIN folder ON folder.id = location.folder_id
  LEFT JOIN rating ON rating.video_id = video.id`

const toKnown = (rows: readonly [Row, ...Row[]]): KnownVideo => {
  const [first] = rows
  const facts = JSON.parse(first.facts) as VideoFacts
  return {
    facts,
    addedAt: first.added_at,
    video: {
      id: first.id,
      path: first.path,
      ...pathBytesField(first.path, first.path_key),
      paths: rows.map(({ path }) => path),
      online: first.online === 1,
      size: first.size,
      duration: facts.duration,
      start: facts.startTime,
      width: facts.width,
      height: facts.height,
      codec: facts.codec,
      rotation: facts.rotation,
      hdr: facts.hdr,
      // Copies are younger than what they were made of.
      created: facts.recordedAt ?? isoTime(Math.min(...rows.map(({ mtime }) => mtime))),
      tags: (JSON.parse(first.tags) as string[]).sort(),
      rating: first.stars,
      state: first.analyzed === 1 ? 'analyzed' : first.skimmed === 1 ? 'skimmed' : 'probed',
    },
  }
}

/** The videos as people see them: location, facts and state in one. */
export const createVideos = (database: Database): Videos => {
  const order = 'ORDER BY folder.online DESC, location.path'
  const all = database.prepare<{ model: string }, Row>(`${select} ${order}`)
  const some = database.prepare<{ model: string; ids: string }, Row>(
    `${select} WHERE video.id IN (SELECT value FROM json_each(:ids)) ${order}`,
  )
  const one = database.prepare<{ model: string; id: string }, Row>(`${select} WHERE video.id = :id ${order}`)
  const keys = database.prepare<[], Omit<VideoKey, 'created'> & { recorded: string | null; mtime: number }>(
    `SELECT facts.video_id AS id, min(location.path) AS path, facts.duration, facts.recorded_at AS recorded,
       min(location.mtime) AS mtime, video.added_at AS addedAt
     FROM derived.facts
     JOIN video ON video.id = facts.video_id
     JOIN location ON location.video_id = facts.video_id AND location.present = 1
     GROUP BY facts.video_id`,
  )
  const durations = database.prepare<[string], { id: string; duration: number }>(
    `SELECT video_id AS id, duration FROM derived.facts
     WHERE video_id IN (SELECT value FROM json_each(?)) AND EXISTS
       (SELECT 1 FROM location WHERE location.video_id = facts.video_id AND present = 1)`,
  )
  const count = database.prepare<[], { count: number }>(
    `SELECT count(*) AS count FROM derived.facts WHERE EXISTS
       (SELECT 1 FROM location WHERE location.video_id = facts.video_id AND present = 1)`,
  )
  /** Rows of several videos as those videos, by path. */
  const toSorted = (rows: readonly Row[]): readonly KnownVideo[] => {
    const byId = new Map<string, [Row, ...Row[]]>()
    for (const row of rows) {
      const own = byId.get(row.id)
      if (own === undefined) byId.set(row.id, [row])
      else own.push(row)
    }
    return [...byId.values()].map(toKnown).sort((a, b) => (a.video.path < b.video.path ? -1 : 1))
  }
  return {
    visible: (model) => toSorted(all.all({ model })),
    some: (ids, model) => toSorted(some.all({ model, ids: JSON.stringify([...ids]) })),
    keys: () =>
      keys.all().map(({ recorded, mtime, ...key }) => ({ ...key, created: recorded ?? isoTime(mtime) })),
    get: (videoId, model) => {
      const [first, ...rest] = one.all({ model, id: videoId })
      return first === undefined ? null : toKnown([first, ...rest])
    },
    durations: (ids) => new Map(durations.all(JSON.stringify(ids)).map(({ id, duration }) => [id, duration])),
    countVisible: () => count.get()?.count ?? 0,
  }
}
