import { powerMonitor } from 'electron'
import type { LibraryApi } from '../../src-preload/contract/api.ts'
import type { Client } from '../../src-preload/contract/schema.ts'
import { drop } from '../foundation/drop.ts'
import type { LibraryHolder } from '../foundation/library-holder.ts'
import type { Log } from '../foundation/log.ts'

/** A quarter of what counts as working (`domain/pace.ts`), so that a person who comes back is soon left alone. */
const reportMilliseconds = 30_000

/**
 * Tells the library how the machine is used: whether it runs on battery, and for how long nobody has touched it; twice a
 * minute, and at once when it is plugged in or out, wakes up or is locked. Answers what ends it. Electron must be ready.
 */
export const reportPresence = (
  library: Pick<LibraryHolder, 'onClient'>,
  log: Log,
): { readonly close: () => void } => {
  let present: Client<LibraryApi> | null = null
  const report = async (): Promise<void> => {
    const use = { onBattery: powerMonitor.isOnBatteryPower(), idleSeconds: powerMonitor.getSystemIdleTime() }
    // A service that is gone or is just being made anew is told by `onClient`, as soon as it is there.
    const told = await present?.call.service.presence(use)
    if (told?.ok === false && told.error.code !== 'disconnected') {
      log.warn({ error: told.error }, 'the library was not told how the machine is used')
    }
  }
  const tell = (): void => drop(report())
  const timer = setInterval(tell, reportMilliseconds)
  // Written out, because Electron declares each event by itself.
  powerMonitor.on('on-ac', tell)
  powerMonitor.on('on-battery', tell)
  powerMonitor.on('resume', tell)
  powerMonitor.on('lock-screen', tell)
  powerMonitor.on('unlock-screen', tell)
  library.onClient((client) => {
    present = client
    tell()
  })
  return {
    close: () => {
      clearInterval(timer)
      powerMonitor.off('on-ac', tell)
      powerMonitor.off('on-battery', tell)
      powerMonitor.off('resume', tell)
      powerMonitor.off('lock-screen', tell)
      powerMonitor.off('unlock-screen', tell)
      present = null
    },
  }
}
