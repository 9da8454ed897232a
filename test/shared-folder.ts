import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The folder of real clips and models beside the project (`KINORA_SHARED` or `../shared`), or null and a loud line. */
export const sharedFolder = (): string | null => {
  const folder = process.env['KINORA_SHARED'] ?? resolve(import.meta.dirname, '..', '..', 'shared')
  if (existsSync(join(folder, 'media'))) return folder
  console.warn(`SKIPPED: no shared folder at ${folder}; set KINORA_SHARED to run these tests`)
  return null
}
