import { tellParent } from '../foundation/parent-link.ts'
import { openDerivedReadOnly } from './database.ts'
import { chunksAfter } from './vector-chunks.ts'
import { addChunk, createIndex, saveSegment } from './vector-segment.ts'

/**
 * A process of its own that builds one index segment from committed chunks and ends: saving blocks for long, and
 * the catalog must answer. Arguments: derived.db, model, dimensions, after, upTo, file. Says `{count, sha256}`.
 */
const [derived = '', model = '', dimensions = '', after = '', upTo = '', file = ''] = process.argv.slice(2)

const database = openDerivedReadOnly(derived)
const index = createIndex(Number(dimensions))
let count = 0
for (const chunk of chunksAfter(database, 'main', model, Number(after), Number(upTo)))
  count += addChunk(index, chunk)
database.close()
tellParent({ count, sha256: saveSegment(index, file) })
if (process.connected) process.disconnect()
// A utility process of Electron ends only by an exit; the word has to get out first.
else setTimeout(() => process.exit(0), 250)
