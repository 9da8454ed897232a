import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { resourcesDirectory } from './library-paths.ts'

/** Kinora's version, from the package.json beside `resources`. */
export const kinoraVersion = (): string => {
  const file = join(resourcesDirectory(import.meta.dirname), '..', 'package.json')
  const parsed = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }
  return parsed.version
}
