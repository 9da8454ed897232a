import { RequestProblem } from './retry-patiently.ts'

const online = 'Check the connection; the download goes on where it stopped.'

/** What a request that got no answer says, in words. `stall`: seconds that were waited. */
export const connectionProblem = (error: unknown, host: string, stall: number): RequestProblem => {
  const code = codeOf(error)
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new RequestProblem(`${host} is not found (${code}): no network?`, { again: true, advice: online })
  if (/^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$/.test(code))
    return new RequestProblem(`${host} has sent nothing for ${stall} s`, { again: true, advice: online })
  if (/CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|^ERR_TLS/.test(code))
    return new RequestProblem(`${host} cannot prove who it is (${code})`, {
      again: false,
      advice: 'Something on the way opens encrypted connections, or the clock of this machine is wrong.',
    })
  if (message.startsWith('Proxy response'))
    return new RequestProblem(`The proxy refuses: ${message}`, {
      again: false,
      advice: 'Check the proxy and its password.',
    })
  return new RequestProblem(`${host}: the connection broke off (${code || message})`, {
    again: true,
    advice: online,
  })
}

type Limits = { readonly clock: () => number; readonly longestRetryAfter: number }

/** What an answer that is not the file says. `url` without secrets. */
export const answerProblem = (
  status: number,
  retryAfter: string | null,
  url: string,
  limits: Limits,
): RequestProblem => {
  if (status === 401 || status === 403)
    return new RequestProblem(`${url} is not given to everybody (${status})`, {
      again: false,
      status,
      advice: 'Download the files by hand in a browser and bring them in as a folder.',
    })
  if (status === 404 || status === 410)
    return new RequestProblem(`${url} is not there (${status})`, {
      again: false,
      status,
      advice: 'The model has moved, or the mirror lacks it. A newer Kinora may know where it is.',
    })
  const mayPass = status === 408 || status === 416 || status === 425 || status === 429 || status >= 500
  if (!mayPass) return new RequestProblem(`${url} answers with status ${status}`, { again: false, status })
  const waitFor = secondsUntil(retryAfter, limits.clock())
  if (waitFor !== null && waitFor > limits.longestRetryAfter)
    return new RequestProblem(`${url} is busy (${status}) and asks to come back in ${Math.ceil(waitFor)} s`, {
      again: false,
      status,
      advice: 'Try again later; the download goes on where it stopped.',
    })
  return new RequestProblem(`${url} is busy (${status})`, {
    again: true,
    status,
    waitFor,
    advice: 'Try again later; the download goes on where it stopped.',
  })
}

/** Retry-After is seconds or a date; null where it is neither. */
const secondsUntil = (header: string | null, now: number): number | null => {
  if (header === null) return null
  if (/^\d+$/.test(header.trim())) return Number(header)
  const date = Date.parse(header)
  return Number.isNaN(date) ? null : Math.max(0, date / 1000 - now)
}

const codeOf = (error: unknown): string => {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code !== undefined) return code
  }
  return ''
}
