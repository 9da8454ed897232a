import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { binaries } from '../indexer/films.ts'
import type { IndexAnswer, ListAnswer, ProblemsAnswer } from './answer-shapes.ts'
import { createKinoraCli } from './kinora-cli.ts'
import { drawFilm } from './small-films.ts'

/**
 * An ffmpeg that takes its parent down with it when a film is called so: what a decoder linked into the indexer, a
 * driver or a model could do. Everything else goes to the real one.
 */
const deadly = `#!/bin/sh
case "$*" in *killer*) kill -SEGV $PPID; sleep 1; exit 1;; esac
exec "$REAL_FFMPEG" "$@"
`

const stub = { REAL_FFMPEG: binaries.ffmpeg, KINORA_FFPROBE: binaries.ffprobe }
const kinora = createKinoraCli(stub)
const armed = createKinoraCli({ ...stub, KINORA_FFMPEG: join(kinora.films, '..', 'deadly-ffmpeg') })
afterAll(async () => {
  await armed.dispose()
  await kinora.dispose()
})

it.skipIf(process.platform === 'win32')(
  'a film that kills the indexer twice is a problem, all others are indexed',
  async () => {
    const script = join(kinora.films, '..', 'deadly-ffmpeg')
    writeFileSync(script, deadly)
    chmodSync(script, 0o755)
    for (let i = 0; i < 8; i += 1) drawFilm(armed.films, `harmless ${i}.mp4`, 'testsrc', 2 + i / 10)
    const killer = drawFilm(armed.films, 'a killer.mp4', 'smptebars')
    await armed.ask('add', armed.films)

    const summary = await armed.ask<IndexAnswer>('index')
    expect(summary.problems).toBe(1)
    const { problems } = await armed.ask<ProblemsAnswer>('problems')
    expect(problems.map(({ path, stage, code }) => ({ path, stage, code }))).toEqual([
      { path: killer, stage: 'skimmed', code: 'killed-the-indexer' },
    ])
    const { videos } = await armed.ask<ListAnswer>('list')
    expect(videos).toHaveLength(9)
    expect(videos.filter(({ state }) => state !== 'analyzed').map(({ path }) => path)).toEqual([killer])

    // It is left in peace until a person asks for it, and then it is tried again.
    const again = await armed.ask<IndexAnswer>('index')
    expect(again.stages['skimmed']).toMatchObject({ done: 0, failed: 0 })
    const retried = await armed.ask<ProblemsAnswer>('problems', '--retry')
    expect(retried.problems.map(({ code }) => code)).toEqual(['killed-the-indexer'])
  },
  120_000,
)
