import { EnvHttpProxyAgent, request, type Dispatcher } from 'undici'
import { bodyPieces, type BodyPieces } from './body-pieces.ts'
import type { RequestLog } from './request-log.ts'
import { withoutSecrets } from './request-log.ts'
import { RequestProblem } from './retry-patiently.ts'
import { answerProblem, connectionProblem } from './request-problems.ts'

export type NetworkOptions = {
  /** The registry's hub and hosts. */
  readonly hub: string
  readonly hosts: readonly string[]
  /** Another address to take the hub's place; its host is then the only one that is asked. */
  readonly mirror: string | null
  /** Further hosts that a mirror may lead to: some keep their files elsewhere. */
  readonly mirrorHosts?: readonly string[]
  /** `http://name:port`; null: what `environment` says (HTTPS_PROXY, NO_PROXY). */
  readonly proxy: string | null
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly log: RequestLog
  /** Seconds since 1970, for servers that name a time to come back. */
  readonly clock: () => number
  /** Seconds without a byte. */
  readonly stall: number
  /** A server that asks to be left alone for more seconds is not waited for. */
  readonly longestRetryAfter: number
}

/** 200 or 206, after all redirects. */
export type Answer = {
  readonly status: number
  readonly header: (name: string) => string | null
  readonly body: BodyPieces
}

/** The only way out: asks no host that is not allowed, and logs every request. Dispose it. */
export type DownloadNetwork = {
  /** The hub or its mirror, without a slash at its end. */
  readonly base: string
  /** Seconds without a byte after which a connection counts as broken. */
  readonly stall: number
  /** Throws a RequestProblem, or the signal's reason. */
  readonly get: (
    url: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ) => Promise<Answer>
  readonly close: () => Promise<void>
}

const mostRedirects = 5

/** Opens no connection yet. */
export const openDownloadNetwork = (options: NetworkOptions): DownloadNetwork => {
  const base = (options.mirror ?? options.hub).replace(/\/+$/, '')
  const allows = hostRule(base, options.mirror === null ? options.hosts : (options.mirrorHosts ?? []))
  const dispatcher = openDispatcher(options)

  const ask = async (
    url: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Answer> => {
    signal.throwIfAborted()
    try {
      const { statusCode: status, headers: given, body } = await request(url, { dispatcher, headers, signal })
      return {
        status,
        header: (name) => [given[name] ?? []].flat()[0] ?? null,
        body: bodyPieces(body, (bytes) => options.log({ method: 'GET', url, status, bytes })),
      }
    } catch (error) {
      options.log({ method: 'GET', url, status: 0, bytes: 0 })
      signal.throwIfAborted()
      throw connectionProblem(error, new URL(url).host, options.stall)
    }
  }

  return {
    base,
    stall: options.stall,
    get: async (start, headers, signal) => {
      let url = start
      for (let hop = 0; hop <= mostRedirects; hop += 1) {
        const refusal = allows(url)
        if (refusal !== null)
          throw new RequestProblem(
            hop === 0 ? refusal : `${new URL(start).host} leads to another place: ${refusal}`,
            { again: false, advice: 'If a mirror is set, check its address.' },
          )
        const answer = await ask(url, { 'accept-encoding': 'identity', ...headers }, signal)
        if (answer.status === 200 || answer.status === 206) return answer
        answer.body.stop()
        const location = answer.header('location')
        if (![301, 302, 303, 307, 308].includes(answer.status) || location === null)
          throw answerProblem(answer.status, answer.header('retry-after'), withoutSecrets(url), options)
        if (!URL.canParse(location, url))
          throw new RequestProblem(`${new URL(url).host} leads to no address at all`, { again: false })
        url = new URL(location, url).href
      }
      throw new RequestProblem(`${new URL(start).host} leads round in circles`, { again: false })
    },
    close: () => dispatcher.destroy(),
  }
}

/** Says why an address may not be asked, or null. Encrypted only, but for a mirror that is itself without. */
const hostRule = (base: string, patterns: readonly string[]): ((url: string) => string | null) => {
  const own = new URL(base)
  const hosts = patterns.map(
    (pattern) => new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[a-z0-9.-]*')}$`),
  )
  return (url) => {
    if (!URL.canParse(url)) return 'that is no address'
    const { protocol, host, hostname, port, username, password } = new URL(url)
    if (username !== '' || password !== '') return `an address with a password at ${host}`
    if (protocol === own.protocol && host === own.host) return null
    if (!hosts.some((pattern) => pattern.test(hostname)) || port !== '')
      return `${host} is not among the allowed hosts`
    return protocol === 'https:' ? null : `${host} without encryption is not allowed`
  }
}

const openDispatcher = ({ proxy, environment, stall }: NetworkOptions): Dispatcher => {
  const fromEnvironment = (name: string): string | undefined =>
    environment[name.toLowerCase()] ?? environment[name]
  return new EnvHttpProxyAgent({
    // Never undefined: the agent would look into process.env itself.
    httpProxy: proxy ?? fromEnvironment('HTTP_PROXY') ?? '',
    httpsProxy: proxy ?? fromEnvironment('HTTPS_PROXY') ?? '',
    noProxy: proxy === null ? (fromEnvironment('NO_PROXY') ?? '') : '',
    headersTimeout: stall * 1000,
    bodyTimeout: stall * 1000,
    connect: { timeout: stall * 1000 },
  })
}
