import type { Shot } from '../../src-preload/contract/nouns.ts'
import { looksPerSecond, type FilmTrack, type ShotBoundary } from './film-tracks.ts'
import { cellsBetween, directionIn, flagsOf, motionIn } from './shot-flags.ts'

/** A shot's place: [start, end) as it is told, [from, to) without the gradual changes at both ends. */
type Span = {
  readonly start: number
  readonly end: number
  readonly from: number
  readonly to: number
  readonly transition: Shot['transition']
}

/**
 * The shots of a film of `duration` seconds, without gaps from 0 to its end: `boundaries` in any order (those at or
 * outside the film's ends, and second ones at the same time, do not count), `tracks` those of the whole film. Motion,
 * direction and flags are of the half seconds that lie wholly in the shot and outside gradual changes; where there is
 * none, of the one that lies in it most, and then there is no direction. A duration of 0 has no shots.
 */
export const shotsOf = (
  boundaries: readonly ShotBoundary[],
  tracks: readonly FilmTrack[],
  duration: number,
): readonly Shot[] => {
  const valuesOf = (kind: FilmTrack['kind']): Uint8Array =>
    tracks.find((track) => track.kind === kind)?.values ?? new Uint8Array(0)
  const picture = {
    motion: valuesOf('motion'),
    direction: valuesOf('direction'),
    luma: valuesOf('luma'),
    sharpness: valuesOf('sharpness'),
    text: valuesOf('text'),
  }
  return spansOf(boundaries, duration).map((span) => {
    const [first, last] = wholeCells(span, duration)
    const isWhole = last > first
    const most = mostlyIn(span)
    const cells = isWhole ? cellsBetween(picture, first, last) : cellsBetween(picture, most, most + 1)
    return {
      start: span.start,
      end: span.end,
      transition: span.transition,
      motion: motionIn(cells),
      direction: isWhole ? directionIn(cells) : null,
      flags: flagsOf(cells),
    }
  })
}

const spansOf = (boundaries: readonly ShotBoundary[], duration: number): readonly Span[] => {
  if (!(duration > 0)) return []
  const inside = boundaries
    .filter(({ time }) => time > 0 && time < duration)
    .toSorted((a, b) => a.time - b.time)
    .filter(({ time }, i, all) => time !== all[i - 1]?.time)
  return Array.from({ length: inside.length + 1 }, (_, i) => {
    const before = inside[i - 1]
    const after = inside[i]
    return {
      start: before?.time ?? 0,
      end: after?.time ?? duration,
      from: before?.to ?? 0,
      to: after?.from ?? duration,
      transition: before?.kind ?? 'start',
    }
  })
}

/** First and after-last of the cells that lie wholly in the span; the film's last cell ends with the film. */
const wholeCells = ({ from, to }: Span, duration: number): readonly [number, number] => [
  // A boundary that stands on a cell's border may come out a hair beside it.
  Math.ceil(from * looksPerSecond - 1e-6),
  to >= duration ? Math.ceil(duration * looksPerSecond - 1e-6) : Math.floor(to * looksPerSecond + 1e-6),
]

/** The cell that has most of what is not gradual of a short span, else most of the span. */
const mostlyIn = (span: Span): number => {
  const [from, to] = span.to > span.from ? [span.from, span.to] : [span.start, span.end]
  const first = Math.floor(from * looksPerSecond)
  const shareOf = (cell: number): number =>
    Math.min(to, (cell + 1) / looksPerSecond) - Math.max(from, cell / looksPerSecond)
  let most = first
  for (let cell = first + 1; cell / looksPerSecond < to; cell++)
    if (shareOf(cell) > shareOf(most)) most = cell
  return most
}
