import type { Folder } from '../../src-preload/contract/nouns.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { library } from '../api/library.ts'
import { tellError } from './notices.ts'
import { createResource } from './resource.ts'

/** Which folders does the library watch? */
export const useFolders = createResource(() => library.call.folders.list({}))

const take = (result: Result<readonly Folder[]>): boolean => {
  if (result.ok) useFolders.getState().put(result.value)
  else tellError(result.error)
  return result.ok
}

export const removeFolder = async (id: number): Promise<boolean> =>
  take(await library.call.folders.remove({ id }))

/** Desktop: opens the system's dialog. */
export const chooseFolder = async (): Promise<boolean> => take(await library.call.host.chooseFolder({}))

/** Browser: watches a folder of the machine that serves. */
export const addBrowsedFolder = async (place: string): Promise<boolean> =>
  take(await library.call.host.addBrowsed({ place }))
