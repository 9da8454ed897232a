import { constants, setPriority } from 'node:os'
import { tellParent } from '../foundation/parent-link.ts'
import { openDerivedReadOnly } from './database.ts'
import { buildGraph } from './segment-graph.ts'
import { writeSegment } from './segment-file.ts'
import { chunkReader, chunksAfter } from './vector-chunks.ts'

/**
 * A process of its own that builds one file of the index and ends: encoding takes long, and the catalog must answer.
 * Arguments: `codes`, derived.db, model, dimensions, after, upTo, file; it says `{count, sha256}`. Or `graph`, the file of
 * codes, dimensions, file; it says `{sha256}`.
 */
const [what, ...args] = process.argv.slice(2)

const codes = (): { count: number; sha256: string } => {
  const [derived = '', model = '', dimensions = '', after = '', upTo = '', file = ''] = args
  const database = openDerivedReadOnly(derived)
  const chunks = chunksAfter(database, 'main', model, Number(dimensions), Number(after), Number(upTo))
  const sha256 = writeSegment(file, Number(dimensions), chunks, chunkReader(database, 'main'))
  database.close()
  return { count: chunks.reduce((sum, { count }) => sum + count, 0), sha256 }
}
/** Minutes of a core for what answers without it too: below everything else. */
const graph = (): { sha256: string | null } => {
  setPriority(constants.priority.PRIORITY_LOW)
  const [segment = '', dimensions = '', file = ''] = args
  return { sha256: buildGraph(segment, Number(dimensions), file) }
}

tellParent(what === 'graph' ? graph() : codes())
if (process.connected) process.disconnect()
// A utility process of Electron ends only by an exit; the word has to get out first.
else setTimeout(() => process.exit(0), 250)
