/** How far a download is. Bytes and seconds; `speed` and `secondsLeft` null while nobody can say. */
export type DownloadProgress = {
  readonly bytes: number
  readonly total: number
  /** Bytes a second, of late. */
  readonly speed: number | null
  readonly secondsLeft: number | null
}

/** What was there when: `at` in seconds of any clock that only rises. */
type Sample = { readonly at: number; readonly bytes: number }

export type ProgressMeter = { readonly total: number; readonly samples: readonly Sample[] }

/** The speed is that of the last so many seconds: long enough to be calm, short enough to notice a change. */
const windowSeconds = 15
/** Samples closer than this add nothing. */
const stepSeconds = 0.5

/** `bytes` may be there already, from an earlier try: they count as progress, not as speed. */
export const startProgress = (total: number, bytes: number, at: number): ProgressMeter => ({
  total,
  samples: [{ at, bytes }],
})

/** `bytes` of all are there at the second `at`. Fewer than before, when a server starts afresh, begins the measuring anew. */
export const addProgress = (meter: ProgressMeter, bytes: number, at: number): ProgressMeter => {
  const last = meter.samples.at(-1)
  if (last === undefined || bytes < last.bytes) return { ...meter, samples: [{ at, bytes }] }
  const before = meter.samples.at(-2)
  // The last sample moves until it is a step away from the one before it.
  const kept =
    before !== undefined && last.at - before.at < stepSeconds ? meter.samples.slice(0, -1) : meter.samples
  const from = kept.findLastIndex((sample) => at - sample.at >= windowSeconds)
  return { ...meter, samples: [...kept.slice(Math.max(0, from)), { at, bytes }] }
}

/** What people see of it at the second `at`: a download that stands still has no time left, for it never ends. */
export const progressOf = (meter: ProgressMeter, at: number): DownloadProgress => {
  const first = meter.samples[0] ?? { at, bytes: 0 }
  const last = meter.samples.at(-1) ?? first
  const seconds = Math.max(at, last.at) - first.at
  const stands = at - last.at >= windowSeconds
  const speed = stands ? 0 : seconds < 1 ? null : (last.bytes - first.bytes) / seconds
  return {
    bytes: last.bytes,
    total: meter.total,
    speed,
    secondsLeft: speed === null || speed <= 0 ? null : (meter.total - last.bytes) / speed,
  }
}
