import react from '@vitejs/plugin-react'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

/** The page alone, for its own tests; electron.vite.config.ts builds the same sources for people. */
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
