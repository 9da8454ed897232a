#!/usr/bin/env node
import { engineEntries } from './foundation/engine-entries.ts'
import { kinoraVersion } from './foundation/version.ts'
import { runProgram } from './terminal/program.ts'
import { serveLibrary } from './web/serve-library.ts'

/** The terminal: the same library service as the app, joined or started for one command. */
const interrupt = new AbortController()
process.once('SIGINT', () => interrupt.abort())
process.once('SIGTERM', () => interrupt.abort())

process.exitCode = await runProgram({
  arguments: process.argv.slice(2),
  entries: engineEntries(import.meta.url),
  version: kinoraVersion(),
  signal: interrupt.signal,
  serve: serveLibrary,
})
