/** Electron's utility processes talk to their parent over this port instead of `process.send`. */
type ParentPort = { readonly postMessage: (message: unknown) => void }

/** Says `message` to the process that started us, if it still listens: in Node over IPC, in Electron over parentPort. */
export const tellParent = (message: Readonly<Record<string, unknown>>): void => {
  const port = (process as unknown as { readonly parentPort?: ParentPort }).parentPort
  if (port !== undefined) port.postMessage(message)
  else if (process.connected) process.send?.(message)
}
