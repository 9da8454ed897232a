import { existsSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

const here = (...parts: readonly string[]): string => join(import.meta.dirname, ...parts)
/** Where the three parts go; tests build into a folder of their own. */
const out = process.env['KINORA_OUT'] ?? here('out')
/** Readable stacks cost 1.5 MB: on for development and tests, off in what is shipped. */
const sourcemap = process.env['KINORA_SOURCE_MAPS'] === '1'

/**
 * Each becomes out/main/NAME.js: the composition roots, and the engines' entries beside them, where
 * `foundation/engine-entries.ts` looks for them.
 */
const mainEntries = {
  app: 'src-main/app.ts',
  serve: 'src-main/serve.ts',
  cli: 'src-main/cli.ts',
  catalog: 'src-main/catalog/engine.ts',
  indexer: 'src-main/indexer/engine.ts',
  encoder: 'src-main/encoder/engine.ts',
  'segment-builder': 'src-main/catalog/segment-builder.ts',
  'vector-helper': 'src-main/catalog/vector-helper.ts',
  canary: 'src-main/encoder/canary.ts',
}
const present = Object.entries(mainEntries).filter(([, file]) => existsSync(here(file)))

/** The page's own policy forbids Vite's inline scripts: while developing, the shell sends a looser one as a header. */
const withoutPagePolicy: Plugin = {
  name: 'kinora-without-page-policy',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
}

export default defineConfig({
  main: {
    // Everything in `dependencies` stays outside by default: native modules and their files must not be bundled.
    build: {
      outDir: join(out, 'main'),
      sourcemap,
      rolldownOptions: {
        input: Object.fromEntries(present.map(([name, file]) => [name, here(file)])),
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
    // `resources` is found by walking up (foundation/library-paths.ts), never copied into the build.
    publicDir: false,
  },
  preload: {
    build: {
      outDir: join(out, 'preload'),
      sourcemap: false,
      // A sandboxed preload is one CommonJS file that may require 'electron' only (anchors.md 2.3).
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: here('src-preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
    publicDir: false,
  },
  renderer: {
    root: here('src-renderer'),
    plugins: [react(), withoutPagePolicy],
    build: {
      outDir: join(out, 'renderer'),
      emptyOutDir: true,
      // Small files would become `data:` addresses, which the page's policy does not allow.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1000,
      // Half the size, for the browser host's page comes over tunnels too; electron-vite would leave it as it is.
      minify: true,
      sourcemap,
      rolldownOptions: { input: here('src-renderer/index.html') },
    },
  },
})
