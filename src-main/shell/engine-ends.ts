import { app } from 'electron'
import type { Details, UtilityProcess } from 'electron'
import type { EngineExit } from '../foundation/engine-process.ts'

/** `exit` and `child-process-gone` come from two places in any order: how long the second may be late. */
const goneMilliseconds = 250

/** Tells a crash from a kill and an end, from what Electron says of a process that is gone (VS Code does the same). */
export const classifyGone = (code: number, reason: Details['reason'] | null): EngineExit => {
  switch (reason) {
    case null:
      return { code, signal: null, kind: code === 0 ? 'ended' : 'crashed' }
    case 'clean-exit':
      return { code, signal: null, kind: 'ended' }
    case 'killed':
    case 'memory-eviction': // the system took the memory back: not the engine's fault
      return { code, signal: reason, kind: 'killed' }
    case 'abnormal-exit':
    case 'crashed':
    case 'oom':
    case 'launch-failed':
    case 'integrity-failure':
      return { code, signal: reason, kind: 'crashed' }
  }
}

/**
 * Listens from now on for what Electron says of the end of `serviceName`. The function takes the exit status and
 * answers the reason; null when nothing is said in time, or nothing will be, for the status is 0.
 */
export const watchGone = (serviceName: string): ((code: number) => Promise<Details['reason'] | null>) => {
  const { promise, resolve } = Promise.withResolvers<Details['reason'] | null>()
  const listener = (_event: unknown, details: Details): void => {
    if (details.type === 'Utility' && (details.name === serviceName || details.serviceName === serviceName))
      resolve(details.reason)
  }
  app.on('child-process-gone', listener)
  return async (code) => {
    const timer = setTimeout(() => resolve(null), code === 0 ? 0 : goneMilliseconds)
    const reason = await promise
    clearTimeout(timer)
    app.off('child-process-gone', listener)
    return reason
  }
}

/** Ends a utility process: politely, or at once with SIGKILL. */
export const killUtility = (child: UtilityProcess, signal: string): void => {
  if (signal !== 'SIGKILL' || child.pid === undefined) {
    child.kill() // SIGTERM where there are signals
    return
  }
  try {
    process.kill(child.pid, 'SIGKILL')
  } catch {
    // It ended between the two lines, which is what was wanted.
  }
}
