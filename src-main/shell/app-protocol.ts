import { readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { Protocol, Session } from 'electron'
import { pageContentType } from './content-types.ts'

/** The page's policy: its own files, and pictures and films of the library (anchors.md 2.5, security.md 7). */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' media:",
  'media-src media:',
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** While developing, Vite puts styles and its reload client into the page: looser, and for the dev server only. */
export const developmentPolicy = (origin: string): string =>
  [
    "default-src 'none'",
    "script-src 'self' 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' media: data:",
    'media-src media:',
    "font-src 'self'",
    `connect-src 'self' ${origin.replace(/^http/, 'ws')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

const refuse = (status: number): Response => new Response(null, { status, headers })

/**
 * The file below `root` (absolute) that an address of the bundle names; null for another host, a path that is
 * not plain (`..`, a backslash, an empty part, a broken escape), or a kind of file that pages do not have.
 */
export const bundledFile = (root: string, url: string): string | null => {
  if (!URL.canParse(url)) return null
  const { protocol, host, pathname } = new URL(url)
  if (protocol !== 'app:' || host !== 'bundle') return null
  let path: string
  try {
    path = decodeURIComponent(pathname)
  } catch {
    return null // a broken escape names no file
  }
  const parts = path.slice(1).split('/')
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (parts.some((part) => part === '' || part.startsWith('.') || /[\\:\u0000-\u001f]/.test(part)))
    return null
  const file = join(root, ...parts)
  return file.startsWith(root + sep) && pageContentType(file) !== null ? file : null
}

/** Answers a request for a file of the built page in `root`. */
export const answerBundle = async (root: string, request: Request): Promise<Response> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
  const file = bundledFile(root, request.url)
  if (file === null) return refuse(404)
  try {
    const body = await readFile(file)
    const type = pageContentType(file) ?? 'application/octet-stream'
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
      headers: { ...headers, 'content-type': type, 'content-length': String(body.byteLength) },
    })
  } catch {
    return refuse(404) // no such file, or a folder
  }
}

/** Serves `app://bundle/` from `root`. */
export const serveBundle = (protocol: Protocol, root: string): void =>
  protocol.handle('app', (request) => answerBundle(root, request))

/** Gives the dev server's pages the looser policy: never called for a built page. */
export const applyDevelopmentPolicy = (session: Session, origin: string): void =>
  session.webRequest.onHeadersReceived(({ responseHeaders }, answer) =>
    answer({
      responseHeaders: { ...responseHeaders, 'Content-Security-Policy': [developmentPolicy(origin)] },
    }),
  )
