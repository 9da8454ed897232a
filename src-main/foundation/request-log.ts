/** One request as the log keeps it; `status` 0: no answer came. */
export type RequestLine = {
  readonly method: 'GET'
  readonly url: string
  readonly status: number
  /** Of the body that were really received. */
  readonly bytes: number
}

export type RequestLog = (line: RequestLine) => void

/**
 * A log of every request that leaves this machine for a download: one line each with time, method, address, status
 * and bytes. `append` gets the line with its end, `clock` is seconds since 1970. What stands behind a `?` is left
 * out, for a content host's addresses are signed there, and so is a name with a password.
 */
export const createRequestLog =
  (append: (line: string) => void, clock: () => number): RequestLog =>
  ({ method, url, status, bytes }) =>
    append(
      `${new Date(clock() * 1000).toISOString()} ${method} ${withoutSecrets(url)} ${status === 0 ? '-' : status} ${bytes}\n`,
    )

/** The address without a query's values, a fragment, a user and a password; the query's names stay. */
export const withoutSecrets = (url: string): string => {
  if (!URL.canParse(url)) return '(no address)'
  const { protocol, host, pathname, searchParams } = new URL(url)
  const names = [...new Set(searchParams.keys())].map((name) => encodeURIComponent(name))
  return `${protocol}//${host}${pathname}${names.length === 0 ? '' : `?${names.join('&')}`}`
}
