/** Lets `promise` run without being awaited; a rejection is a bug and is reported as an uncaught error. */
export const drop = (promise: Promise<unknown>): void => {
  promise.catch((cause: unknown) => reportError(cause))
}
