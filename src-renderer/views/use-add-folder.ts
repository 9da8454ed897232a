import { drop } from '../api/drop.ts'
import { chooseFolder } from '../state/folders.ts'
import { useHost } from '../state/host.ts'
import { usePlace } from '../state/place.ts'
import { valueOr } from '../state/resource.ts'

/** Adds a folder the way the host can: the system's dialog on the desktop, our own in a browser. */
export const useAddFolder = (): (() => void) => {
  const kind = useHost((host) => valueOr(host.loaded, null)?.kind)
  const show = usePlace((place) => place.show)
  return () => {
    if (kind === 'desktop') drop(chooseFolder())
    else show('browse')
  }
}
