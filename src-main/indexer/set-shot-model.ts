import type { Log } from '../foundation/log.ts'
import { openShotModel } from '../foundation/shot-model.ts'
import type { ShotModel } from '../foundation/shot-model.ts'

/** The shot model that a person has set, or null: none is set, or it cannot be opened, and the built-in detector does the work. */
export const openSetShotModel = async (
  directory: string | null,
  threads: number,
  log: Log,
): Promise<ShotModel | null> => {
  if (directory === null) return null
  const opened = await openShotModel(directory, { threads })
  if (opened.ok) return opened.value
  log.error(
    { error: opened.error, directory },
    'the shot model cannot be opened; the built-in detector finds the cuts',
  )
  return null
}
