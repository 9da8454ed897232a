import { library } from '../api/library.ts'
import { createResource, valueOr } from './resource.ts'

/** What kind of host the page lives in. */
export const useHost = createResource(() => library.call.host.about({}))

/** Put before media addresses; empty while the host is not known. */
export const useMediaBase = (): string => useHost((host) => valueOr(host.loaded, null)?.mediaBase ?? '')
