import { resolve } from 'node:path'
import { build } from 'vite'
import { makePictures } from './pictures.ts'

/** Before all tests: the page is built, and the double has pictures to show. */
// eslint-disable-next-line no-restricted-syntax -- Playwright loads a global setup by its default export.
export default async function prepare(): Promise<void> {
  await makePictures()
  await build({ configFile: resolve(import.meta.dirname, 'vite.config.ts') })
}
