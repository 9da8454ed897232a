import { makeFolder } from './make-folder.ts'
import { statSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { destination, pino } from 'pino'
import type { Logger } from 'pino'

export type Log = Logger

const rotateAtBytes = 5 * 1024 * 1024

/** Keeps one older log beside the current one. */
const rotate = (file: string): void => {
  try {
    if (statSync(file).size > rotateAtBytes) renameSync(file, `${file}.1`)
  } catch {
    // There is no log yet: nothing to rotate.
  }
}

/** A log of JSON lines in `file` (made with its folder), or on stderr where `file` is null. `name` says which engine speaks. */
export const createLog = (name: string, file: string | null): Log => {
  const level = process.env['KINORA_LOG'] ?? 'info'
  if (file === null) return pino({ name, level }, destination({ fd: 2, sync: true }))
  makeFolder(dirname(file))
  rotate(file)
  return pino({ name, level }, destination({ dest: file, sync: true, append: true }))
}
