/** One index file: vectors in it, and those whose chunk still lives. */
export type SegmentShare = { readonly size: number; readonly living: number }

/** Make these segments [first, end) one anew; `memory`: with what only memory holds. */
export type SegmentPlan = { readonly first: number; readonly end: number; readonly memory: boolean }

/** Each search asks every segment: some are as good as one, many are not. */
const mostSegments = 8

/** A dead vector costs as much as a living one: once most are dead the file is made again without them. */
const isSparse = ({ size, living }: SegmentShare): boolean => living * 2 < size

/**
 * What is to be built next, or null. Memory's part becomes a segment at `segmentAt` vectors, and takes sparse
 * neighbours with it (all, once there are many); else the first run of sparse segments becomes one. Every analysis
 * kills the coarse vectors of its film, so whole segments die one film after the other.
 */
export const planSegments = (
  segments: readonly SegmentShare[],
  inMemory: number,
  segmentAt: number,
): SegmentPlan | null => {
  const end = segments.length
  if (inMemory >= segmentAt) {
    if (end >= mostSegments) return { first: 0, end, memory: true }
    return { first: segments.findLastIndex((segment) => !isSparse(segment)) + 1, end, memory: true }
  }
  const first = segments.findIndex(isSparse)
  if (first === -1) return null
  const dense = segments.findIndex((segment, i) => i > first && !isSparse(segment))
  return { first, end: dense === -1 ? end : dense, memory: false }
}
