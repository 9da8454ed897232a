import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'

/** What a built page consists of; anything else in its folder is not served. */
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

export type PageFile = {
  readonly type: string
  readonly cacheControl: string
  readonly body: Uint8Array
}

/** Files of the page by their decoded path without the first slash; the root is `index.html`. */
export type PageFiles = { readonly get: (path: string) => PageFile | null }

/**
 * Reads a built page from `root` into memory (a few MB): what is served is what was there at the start, by exact
 * name, so that no request can lead anywhere else and no rebuild mixes two versions.
 */
export const readPageFiles = async (root: string): Promise<Result<PageFiles>> => {
  if (!existsSync(join(root, 'index.html'))) {
    return fail(
      'missing-file',
      `The page is not built: there is no ${join(root, 'index.html')}.`,
      'Run: npm run build',
    )
  }
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const files = new Map<string, PageFile>()
  for (const entry of entries) {
    const type = types[extname(entry.name).toLowerCase()]
    if (!entry.isFile() || type === undefined) continue
    const file = join(entry.parentPath, entry.name)
    const name = relative(root, file).split(sep).join('/')
    files.set(name, {
      type,
      // Vite puts the content's hash into the names of its assets, and nowhere else.
      cacheControl: name.startsWith('assets/') ? 'private, max-age=31536000, immutable' : 'no-cache',
      body: await readFile(file),
    })
  }
  return ok({ get: (path) => files.get(path === '' ? 'index.html' : path) ?? null })
}
