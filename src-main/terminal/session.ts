import { setTimeout as sleep } from 'node:timers/promises'
import type { LibraryApi } from '../../src-preload/contract/api.ts'
import { fail } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Client } from '../../src-preload/contract/schema.ts'
import type { EngineEntries } from '../foundation/engine-entries.ts'
import { forkWithNode } from '../foundation/engine-process.ts'
import { openLibrary } from '../foundation/library-connection.ts'

export type LibraryClient = Client<LibraryApi>

const tries = 5
const pauseMilliseconds = 500

/**
 * Opens the library, asks `question`, and leaves again. When the service dies meanwhile the question is asked
 * anew of a fresh one: all questions of the terminal may be asked twice, and jobs that were done stay done.
 */
export const askLibrary = async <T>(
  directory: string,
  entries: EngineEntries,
  question: (client: LibraryClient) => Promise<Result<T>>,
): Promise<Result<T>> => {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const opened = await openLibrary({ directory, entries, fork: forkWithNode })
    if (!opened.ok) return opened
    const answer = await question(opened.value.client)
    await opened.value.close()
    if (answer.ok || answer.error.code !== 'disconnected') return answer
    await sleep(pauseMilliseconds)
  }
  return fail(
    'engine-crashed',
    'The library service died again and again.',
    'Its log, in the library, says why.',
  )
}
