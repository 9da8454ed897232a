import { tellParent } from '../foundation/parent-link.ts'
import { openDerivedReadOnly } from './database.ts'
import { writeSegment } from './segment-file.ts'
import { chunkReader, chunksAfter } from './vector-chunks.ts'

/**
 * A process of its own that builds one index segment from committed chunks and ends: encoding takes long, and the
 * catalog must answer. Arguments: derived.db, model, dimensions, after, upTo, file. Says `{count, sha256}`.
 */
const [derived = '', model = '', dimensions = '', after = '', upTo = '', file = ''] = process.argv.slice(2)

const database = openDerivedReadOnly(derived)
const chunks = chunksAfter(database, 'main', model, Number(dimensions), Number(after), Number(upTo))
const sha256 = writeSegment(file, Number(dimensions), chunks, chunkReader(database, 'main'))
database.close()
tellParent({ count: chunks.reduce((sum, { count }) => sum + count, 0), sha256 })
if (process.connected) process.disconnect()
// A utility process of Electron ends only by an exit; the word has to get out first.
else setTimeout(() => process.exit(0), 250)
