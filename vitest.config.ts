import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/{unit,contract,catalog,indexer,encoder,app}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // They wait for engines and for ffmpeg as much as they compute: a third keeps two cores busy.
    maxWorkers: 3,
    pool: 'forks',
  },
})
