/** A request's target, taken apart: decoded path segments and the query. */
export type RequestPath = {
  /** Never empty, `.`, `..`, nor with a slash, backslash or control character in one. `[]` is the root. */
  readonly segments: readonly string[]
  readonly query: URLSearchParams
}

const isPlain = (segment: string): boolean =>
  segment !== '' &&
  segment !== '.' &&
  segment !== '..' &&
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  !/[/\\\u0000-\u001f\u007f]/.test(segment)

/**
 * Reads a request target as it came: decoded first, checked then. Null for everything that is no plain absolute path.
 * `new URL` is of no use here: it resolves `..` and `%2e%2e` silently.
 */
export const readRequestPath = (target: string): RequestPath | null => {
  const mark = target.indexOf('?')
  const path = mark === -1 ? target : target.slice(0, mark)
  if (!path.startsWith('/')) return null
  const query = new URLSearchParams(mark === -1 ? '' : target.slice(mark + 1))
  if (path === '/') return { segments: [], query }
  try {
    const segments = path.slice(1).split('/').map(decodeURIComponent)
    return segments.every(isPlain) ? { segments, query } : null
  } catch {
    return null // a broken escape: names nothing
  }
}
