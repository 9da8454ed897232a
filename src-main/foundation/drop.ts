/**
 * Marks a promise as deliberately not awaited. Its failure still reaches the process as an unhandled rejection
 * and so the log: nothing is swallowed.
 */
export const drop = (_promise: Promise<unknown>): void => undefined
