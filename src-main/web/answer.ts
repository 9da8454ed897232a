import type { ServerResponse } from 'node:http'
import type { Failure } from '../../src-preload/contract/result.ts'

/** What the page may load and do (anchors.md 2.5); `blob:` and `data:` are pictures that a person drops in. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Sent with every answer, refusals too. */
const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), display-capture=(), geolocation=(), hid=(), microphone=(), payment=(), serial=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** Puts the headers that every answer has. */
export const addSecurityHeaders = (response: ServerResponse): void => {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
}

/** Answers with `body` whole; a HEAD request gets its headers only (Node leaves the body out). */
export const answerWith = (
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array,
): void => {
  const bytes = Buffer.from(body)
  response.writeHead(status, { ...headers, 'content-length': String(bytes.length) })
  response.end(bytes)
}

/** Refuses: JSON as the command line prints it. */
export const refuse = (response: ServerResponse, status: number, { error }: Failure): void =>
  answerWith(
    response,
    status,
    { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    JSON.stringify({ error }),
  )

/** The page for whoever comes without the cookie. No style and no script: the policy has none to spare. */
const strangerPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Kinora</title>
<h1>This window is not signed in</h1>
<p>Kinora serves one person's videos. Open the address, with its token, that it printed when it was started.</p>
<p>If you have just come from there: <a href="/">open Kinora</a>.</p>
</html>
`

/** 401: no cookie of ours, or a wrong token. */
export const answerStranger = (response: ServerResponse): void =>
  answerWith(
    response,
    401,
    { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    strangerPage,
  )
