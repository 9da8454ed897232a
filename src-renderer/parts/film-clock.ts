type Times = { readonly start: number; readonly duration: number }

/**
 * What the engine's clock shows at the film's own zero, in seconds. Chromium's is the container's (measured with a
 * film that begins at 8.333 s: `currentTime` 8.333, `duration` 8.7), but a stream that a host makes anew begins at 0;
 * the length it tells says which. `engineDuration` may be NaN or Infinity where it is not known.
 */
export const engineOffset = (film: Times, engineDuration: number): number => {
  if (film.start <= 0) return 0
  const fromContainer = Math.abs(engineDuration - film.start - film.duration)
  const fromZero = Math.abs(engineDuration - film.duration)
  return fromZero < fromContainer ? 0 : film.start
}
