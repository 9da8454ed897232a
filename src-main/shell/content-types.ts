import { extname } from 'node:path'

/** Content types of what a build of the page consists of; anything else is not served. */
const pageTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** The content type of a file of the page, by its ending; null when a page has no such files. */
export const pageContentType = (path: string): string | null => pageTypes[extname(path).toLowerCase()] ?? null
