import type { App } from 'electron'

/** True for the first Kinora of this user. A later one answers false and has to quit; the first hears `second-instance`. */
export const takeSingleInstance = (app: App): boolean => app.requestSingleInstanceLock()
