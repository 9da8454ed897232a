import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { IndexAnswer } from '../app/answer-shapes.ts'
import { peakMemory } from '../app/engine-processes.ts'
import { createKinoraCli } from '../app/kinora-cli.ts'
import { sharedFolder } from '../shared-folder.ts'

export type ScanRow = {
  readonly what: string
  readonly files: number
  readonly seconds: number
  readonly filesASecond: number
  /** Largest resident sizes seen, in bytes; null where the system does not tell. */
  readonly indexerBytes: number | null
  readonly catalogBytes: number | null
}

const foldersMade = 1_000
const filesInEach = 100

/** Each file has its own content, so that each becomes a video of its own. */
const fill = (root: string): number => {
  for (let folder = 0; folder < foldersMade; folder += 1) {
    const path = join(root, `year ${Math.floor(folder / 100)}`, `folder ${folder}`)
    mkdirSync(path, { recursive: true })
    for (let file = 0; file < filesInEach; file += 1) {
      writeFileSync(join(path, `clip ${file}.mp4`), `film ${file} of ${folder}`)
    }
  }
  return foldersMade * filesInEach
}

type Kinora = ReturnType<typeof createKinoraCli>

const timed = async (
  kinora: Kinora,
  what: string,
  files: number,
  ...rest: readonly string[]
): Promise<ScanRow> => {
  const memory = peakMemory(kinora.library)
  const { seconds } = await kinora.ask<IndexAnswer>('index', ...rest)
  const peaks = memory.stop()
  return {
    what,
    files,
    seconds: Math.round(seconds * 100) / 100,
    filesASecond: Math.round(files / seconds),
    indexerBytes: peaks.get('indexer') ?? null,
    catalogBytes: peaks.get('catalog') ?? null,
  }
}

/** `kinora bench scan`: 100,000 small files, new and known; and ffprobe over all of the shared folder's films. */
export const run = async (): Promise<{ readonly name: 'scan'; readonly rows: readonly ScanRow[] }> => {
  const rows: ScanRow[] = []
  const kinora = createKinoraCli()
  try {
    const files = fill(kinora.films)
    await kinora.ask('add', kinora.films)
    rows.push(await timed(kinora, 'scan, all new', files, '--stage', 'found'))
    rows.push(await timed(kinora, 'scan, all known', files, '--stage', 'found'))
  } finally {
    await kinora.dispose()
  }
  const shared = sharedFolder()
  if (shared === null) return { name: 'scan', rows }
  const probing = createKinoraCli()
  try {
    await probing.ask('add', join(shared, 'media'))
    await probing.ask('index', '--stage', 'found')
    const row = await timed(probing, 'probe', 0, '--stage', 'probed')
    const { problems } = await probing.ask<{ problems: readonly { stage: string }[] }>('problems')
    const { videos } = await probing.ask<{ videos: readonly unknown[] }>('list')
    const probed = videos.length + problems.filter(({ stage }) => stage === 'probed').length
    rows.push({ ...row, files: probed, filesASecond: Math.round((probed / row.seconds) * 10) / 10 })
  } finally {
    await probing.dispose()
  }
  return { name: 'scan', rows }
}
