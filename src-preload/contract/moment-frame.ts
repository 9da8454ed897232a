/** Part of the address of a film's frame, which is kept by its readers for ever: raise it when frames would look different. */
export const frameVersion = 1

/** A second as it stands in such an address, to the millisecond. */
export const frameSecond = (seconds: number): string => Math.max(0, seconds).toFixed(3)
