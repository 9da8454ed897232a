#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { fail } from '../src-preload/contract/result.ts'
import { engineEntries } from './foundation/engine-entries.ts'
import { libraryDirectory } from './foundation/library-paths.ts'
import { kinoraVersion } from './foundation/version.ts'
import { createOutput, exitStatus } from './terminal/output.ts'
import { addServeOptions, serveCommand } from './terminal/serve-command.ts'
import type { ServeFlags } from './terminal/serve-command.ts'
import { serveLibrary } from './web/serve-library.ts'

/** The same library in a browser: `kinora serve` as a program of its own, for `npm start` and services. */
const interrupt = new AbortController()
process.once('SIGINT', () => interrupt.abort())
process.once('SIGTERM', () => interrupt.abort())

const output = createOutput(false, process.stdout, process.stderr)
const program = addServeOptions(new Command('kinora-serve'))
  .description('Shows a library in a browser, and keeps it indexed meanwhile.')
  .version(kinoraVersion())
  .option('--library <dir>', 'the library to use (default: KINORA_LIBRARY or the data folder of the app)')
  .exitOverride()
  .configureOutput({ writeErr: () => undefined })

const run = async (): Promise<number> => {
  try {
    program.parse(process.argv)
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause
    if (cause.exitCode === 0) return exitStatus.done // --help and --version have spoken
    return output.failure(fail('bad-arguments', cause.message.replace(/^error: /, ''), 'See: --help'))
  }
  const { library, ...flags } = program.opts<ServeFlags & { readonly library?: string }>()
  const directory = libraryDirectory(library, process.env)
  return serveCommand(serveLibrary, flags, { directory, entries: engineEntries(import.meta.url) })({
    output,
    signal: interrupt.signal,
    ask: () => Promise.resolve(fail('internal', 'The server asks nothing of its own.')),
  })
}

process.exitCode = await run()
