import { dirname } from 'node:path'
import type { FilterableVideo } from '../domain/filter-match.ts'
import type { KnownVideo } from './videos.ts'

/** A video as filters see it. */
export const filterable = ({ video, facts }: KnownVideo): FilterableVideo => ({
  path: video.path,
  folders: video.paths.map((path) => dirname(path)),
  duration: facts.duration,
  width: facts.width,
  height: facts.height,
  codec: facts.codec,
  hdr: facts.hdr !== null,
  created: video.created,
  online: video.online,
  hasAudio: facts.audio.length > 0,
  hasSubtitles: facts.subtitles.some(({ isText }) => isText),
  hasChapters: facts.chapters.length > 0,
  tags: video.tags,
  rating: video.rating,
})
