import react from '@vitejs/plugin-react'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

/** The page alone, for its own tests; electron.vite.config.ts builds the same sources for people. */
// eslint-disable-next-line no-restricted-syntax -- Vite loads a configuration by its default export.
export default defineConfig({
  root: resolve(import.meta.dirname, '../../src-renderer'),
  base: './',
  logLevel: 'warn',
  plugins: [react()],
  build: {
    outDir: resolve(import.meta.dirname, '../../test-results/page'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'chrome140',
  },
})
