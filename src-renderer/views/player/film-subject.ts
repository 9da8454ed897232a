import type { Moment } from '../../../src-preload/contract/search-nouns.ts'
import type { FileChapter } from '../../../src-preload/contract/video-facts.ts'
import type { Shot, SubtitleLine, TagMark } from '../../../src-preload/contract/nouns.ts'
import type { Stretch } from '../../state/film-range.ts'
import type { TagTarget } from '../../state/tagging.ts'

/** A place of the film that a menu is about. */
export type FilmSubject = {
  /** `frame`: the picture that the film shows, or where the timeline is pointed at. */
  readonly kind: 'frame' | 'moment' | 'chapter' | 'line' | 'tagged'
  /** The picture that is meant, in seconds. */
  readonly seconds: number
  /** What a tag would be put on; null for a frame: the moment, shot or surroundings of its second. */
  readonly stretch: Stretch | null
  /** What can be copied of it. */
  readonly text: string | null
}

export const frameSubject = (seconds: number): FilmSubject => ({
  kind: 'frame',
  seconds,
  stretch: null,
  text: null,
})

export const momentSubject = ({ start, end, peak }: Moment): FilmSubject => ({
  kind: 'moment',
  seconds: peak,
  stretch: { start, end },
  text: null,
})

export const chapterSubject = ({ start, end }: FileChapter): FilmSubject => ({
  kind: 'chapter',
  seconds: start,
  stretch: { start, end },
  text: null,
})

export const lineSubject = ({ start, end, text }: SubtitleLine): FilmSubject => ({
  kind: 'line',
  seconds: start,
  stretch: { start, end },
  text,
})

export const taggedSubject = ({ start, end }: TagMark): FilmSubject => ({
  kind: 'tagged',
  seconds: start ?? 0,
  stretch: start === null || end === null ? null : { start, end },
  text: null,
})

/** How far "here" reaches to both sides where neither a moment nor a shot says it, in seconds. */
const hereReach = 2

type Surroundings = {
  readonly duration: number
  readonly hits: readonly Moment[]
  readonly shots: readonly Shot[]
  readonly range: Stretch | null
}

/** A stretch that the library takes: inside the film, and longer than nothing. */
const within = ({ start, end }: Stretch, duration: number): Stretch => {
  const from = Math.min(Math.max(0, start), Math.max(0, duration - 0.1))
  return { start: from, end: Math.max(from + 0.1, Math.min(end, duration)) }
}

/** What a tag can be put on, the likeliest first: what was marked, what the menu is about, what is around `seconds`, the whole film. */
export const tagTargets = (
  { kind, stretch, seconds }: FilmSubject,
  { duration, hits, shots, range }: Surroundings,
): readonly TagTarget[] => {
  const found: TagTarget[] = []
  const add = (target: TagTarget['kind'], of: Stretch | undefined): void => {
    if (of !== undefined) found.push({ kind: target, stretch: within(of, duration) })
  }
  if (stretch !== null)
    add(kind === 'moment' || kind === 'chapter' || kind === 'line' ? kind : 'here', stretch)
  if (range !== null) add('range', range)
  if (stretch === null) {
    const holds = ({ start, end }: Stretch): boolean => seconds >= start && seconds <= end
    add('moment', hits.find(holds))
    add('shot', shots.findLast(holds))
    if (found.length === 0) add('here', { start: seconds - hereReach, end: seconds + hereReach })
  }
  return [...found, { kind: 'film', stretch: null }]
}
