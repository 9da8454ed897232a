#!/usr/bin/env node
import { engineEntries } from './foundation/engine-entries.ts'
import { kinoraVersion } from './foundation/version.ts'
import { runProgram } from './terminal/program.ts'
import { serveLibrary } from './web/serve-library.ts'

/** The terminal: the same library service as the app, joined or started for one command. */
if (typeof Float16Array === 'undefined') {
  process.stderr.write(`kinora: this is Node ${process.versions.node}; Kinora needs Node 24 or newer.\n`)
  process.exit(3)
}
// `kinora list | head` closes the pipe early: that is no fault.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code !== 'EPIPE') throw cause
  process.exit(0)
})
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
