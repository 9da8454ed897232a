import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Who may come in: from which host names, with which token or cookie. */
export type Door = {
  /** The `Host` header names us. Against DNS rebinding: a foreign page's own name may lead to this machine. */
  readonly isOurHost: (request: IncomingMessage) => boolean
  /** The request does not come from another site's page. */
  readonly isOurOrigin: (request: IncomingMessage) => boolean
  readonly isToken: (token: string) => boolean
  readonly hasCookie: (request: IncomingMessage) => boolean
  /** The cookie that a token is exchanged for. */
  readonly setCookie: string
}

export type DoorOptions = {
  /** What the address printed at the start carries. */
  readonly token: string
  /** The cookie's value: random, and other than the token. */
  readonly session: string
  readonly port: number
  /** Host names and addresses, `NAME:PORT` or `NAME` (any port: tunnels and proxies have their own); IPv6 in brackets. */
  readonly hosts: readonly string[]
}

/** Compares without telling by its time how much of it was right. */
const isSame = (left: string, right: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}

const hasPort = /:\d+$/

/** Makes the door of one server. Cookies know no ports: the port stands in the name, so that two servers get along. */
export const createDoor = ({ token, session, port, hosts }: DoorOptions): Door => {
  const cookieName = `kinora_session_${port}`
  const allowed = new Set(hosts.map((host) => host.toLowerCase()))
  return {
    isOurHost: ({ headers }) => {
      const host = (headers.host ?? '').toLowerCase()
      const name = host.replace(hasPort, '')
      return allowed.has(name) || allowed.has(hasPort.test(host) ? host : `${name}:80`)
    },
    isOurOrigin: ({ headers }) => {
      const host = (headers.host ?? '').toLowerCase()
      return headers.origin === `http://${host}` || headers.origin === `https://${host}`
    },
    isToken: (candidate) => isSame(candidate, token),
    hasCookie: ({ headers }) =>
      (headers.cookie ?? '').split(';').some((pair) => {
        const [name = '', ...value] = pair.trim().split('=')
        return name === cookieName && isSame(value.join('='), session)
      }),
    setCookie: `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`,
  }
}
