import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** An empty folder that is removed when the running test has finished. */
export const scratchFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'kinora-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A signal that nobody aborts. */
export const never = new AbortController().signal
