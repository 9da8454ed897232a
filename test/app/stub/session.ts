type Answer = (value: unknown) => void

const handlers: Record<string, ((...args: unknown[]) => unknown) | null> = {}
const keep =
  (name: string) =>
  (handler: ((...args: unknown[]) => unknown) | null): void => {
    handlers[name] = handler
  }

/** Asks a handler that answers over a callback. */
const asked = (name: string, ...args: unknown[]): unknown => {
  let value: unknown = 'no handler'
  const answer: Answer = (given) => (value = given)
  handlers[name]?.(...args.map((arg) => (arg === 'ANSWER' ? answer : arg)))
  return value
}

export const session = {
  defaultSession: {
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    setDisplayMediaRequestHandler: keep('display'),
    webRequest: { onBeforeRequest: keep('before'), onHeadersReceived: keep('headers') },
  },
  /** What the handlers say; null for one that does not exist. */
  asks: {
    permission: (permission: string, requestingUrl: string, isMainFrame: boolean): unknown =>
      asked('request', {}, permission, 'ANSWER', { requestingUrl, isMainFrame }),
    permissionCheck: (permission: string, origin: string, isMainFrame: boolean): unknown =>
      handlers['check']?.({}, permission, origin, { isMainFrame }),
    device: (): unknown => handlers['device']?.({ deviceType: 'usb', origin: 'app://bundle' }),
    request: (url: string): unknown => asked('before', { url }, 'ANSWER'),
    hasHeaderRewriter: (): boolean => handlers['headers'] !== undefined,
    displayHandler: (): unknown => handlers['display'],
  },
}
