import { makeFolder } from './make-folder.ts'
import { accessSync, constants } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as v from 'valibot'
import { libraryApi } from '../../src-preload/contract/api.ts'
import type { LibraryApi } from '../../src-preload/contract/api.ts'
import { createClient } from '../../src-preload/contract/client.ts'
import { errorCodes, fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Client } from '../../src-preload/contract/schema.ts'
import type { EngineEntries } from './engine-entries.ts'
import type { EngineProcess, Forker } from './engine-process.ts'
import { libraryPaths } from './library-paths.ts'
import { dialLibrary } from './library-socket.ts'

const patienceMilliseconds = 30_000
const retryMilliseconds = 100
const farewellMilliseconds = 10_000

/** What the catalog's first word to its parent can be. */
const firstWord = v.variant('kind', [
  v.object({ kind: v.literal('ready') }),
  v.object({ kind: v.literal('locked') }),
  v.object({
    kind: v.literal('failed'),
    error: v.object({ code: v.picklist(errorCodes), message: v.string(), advice: v.string() }),
  }),
])

export type LibraryConnection = {
  readonly client: Client<LibraryApi>
  /** Leaves; a service that we started and nobody else uses has ended when this settles. */
  readonly close: () => Promise<void>
}

export type OpenLibraryOptions = {
  readonly directory: string
  readonly entries: EngineEntries
  readonly fork: Forker
}

/** Waits for a process's end, but not for ever. */
const endOf = async (process: EngineProcess): Promise<void> => {
  const patience = new AbortController()
  const late = sleep(farewellMilliseconds, undefined, { signal: patience.signal }).catch(() => undefined)
  await Promise.race([process.exited, late])
  patience.abort()
}

const connect = (
  wireResult: Awaited<ReturnType<typeof dialLibrary>>,
  started: EngineProcess | null,
): Result<LibraryConnection> => {
  if (!wireResult.ok) return wireResult
  const client = createClient(libraryApi, wireResult.value)
  return ok({
    client,
    close: async () => {
      const goodbye = await client.call.service.leave({})
      client.close()
      await client.closed
      // Others may have joined the service that we started: it then lives on without us.
      if (started !== null && goodbye.ok && goodbye.value.last) await endOf(started)
      started?.release()
    },
  })
}

/** A library's folder that cannot be made or written to is a person's business, not a crash of the service. */
const prepare = (directory: string): Result<null> => {
  try {
    makeFolder(dirname(libraryPaths(directory).log))
    accessSync(directory, constants.W_OK | constants.X_OK)
    return ok(null)
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    return fail(
      'unreadable-folder',
      `The library folder ${directory} cannot be made or written to (${why}).`,
      'Choose another one: --library DIR or KINORA_LIBRARY.',
    )
  }
}

/** Joins the running service of a library, or starts one: whoever comes first starts it, whoever comes later joins. */
export const openLibrary = async (options: OpenLibraryOptions): Promise<Result<LibraryConnection>> => {
  const deadline = performance.now() + patienceMilliseconds
  while (performance.now() < deadline) {
    const joined = await dialLibrary(options.directory, 'client')
    if (joined.ok || joined.error.code === 'not-allowed') return connect(joined, null)
    const prepared = prepare(options.directory)
    if (!prepared.ok) return prepared
    const child = options.fork(options.entries.catalog, {
      arguments: ['--library', options.directory],
      detached: true,
      log: libraryPaths(options.directory).log,
    })
    const word = v.safeParse(firstWord, await child.firstWord)
    if (!word.success) {
      const exit = await child.exited
      return fail(
        'engine-crashed',
        `The library service ended at once (${exit.signal ?? `exit status ${exit.code ?? 'unknown'}`}).`,
        `Its log: ${libraryPaths(options.directory).log}`,
      )
    }
    if (word.output.kind === 'failed') return { ok: false, error: word.output.error }
    if (word.output.kind === 'ready') {
      const wire = await dialLibrary(options.directory, 'client')
      if (wire.ok) return connect(wire, child)
    }
    // Somebody else holds the lock and is about to listen, or about to end: look again.
    child.release()
    await sleep(retryMilliseconds)
  }
  return fail(
    'locked',
    'Another program holds this library and does not answer.',
    'Close it, or wait and try again.',
  )
}
