type Handler = (request: Request) => Response | Promise<Response>

const handlers = new Map<string, Handler>()

/** `protocol.handle`. */
export const handleScheme = (scheme: string, handler: Handler): void => void handlers.set(scheme, handler)

/** What a page of ours gets when it loads `url`; `init` may carry a method, headers and Electron's `initiatorOrigin`. */
export const bundleAnswer = async (
  url: string,
  init: RequestInit & { readonly initiatorOrigin?: string } = {},
): Promise<Response> => {
  const handler = handlers.get(new URL(url).protocol.slice(0, -1))
  if (handler === undefined) throw new Error(`nobody handles ${url}`)
  const request = new Request(url, init)
  // `new Request` has resolved dots in the path; Chromium does so too before a handler is asked.
  return handler(Object.assign(request, { initiatorOrigin: init.initiatorOrigin }))
}
