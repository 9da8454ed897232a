import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and the ones above it. Not by `mkdirSync(…, {recursive: true})`: below /proc that never returns
 * (Node 24, measured). Throws what the system says, such as ENOENT, ENOTDIR, EACCES.
 */
export const makeFolder = (directory: string): void => {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true) return
  const parent = dirname(directory)
  if (parent !== directory) makeFolder(parent)
  try {
    mkdirSync(directory)
  } catch (cause) {
    // Another process may have been quicker.
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) throw cause
  }
}
