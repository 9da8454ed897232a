import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import type { TestSpecification } from 'vitest/node'

/** Whole programs take minutes, pure functions milliseconds: the slow folders first, so that no core is idle at the end. */
const folders = ['app', 'encoder', 'indexer', 'catalog', 'contract', 'unit']

class SlowFoldersFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number =>
      folders.findIndex((folder) => moduleId.includes(`/test/${folder}/`))
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}

export default defineConfig({
  test: {
    include: ['test/{unit,contract,catalog,indexer,encoder,app}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // They wait for engines and for ffmpeg as much as they compute: a third keeps two cores busy.
    maxWorkers: 3,
    pool: 'forks',
    sequence: { sequencer: SlowFoldersFirst },
  },
})
