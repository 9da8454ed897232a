/** Does `act` once after `seconds`; the answer cancels it. An argument wherever time matters, so tests own it. */
export type After = (seconds: number, act: () => void) => () => void

/** The real one. */
export const after: After = (seconds, act) => {
  const timer = setTimeout(act, seconds * 1000)
  return () => clearTimeout(timer)
}
