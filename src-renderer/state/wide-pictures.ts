import type { WideMode } from '../../src-preload/contract/wide-pictures.ts'
import { library } from '../api/library.ts'
import { tellError } from './notices.ts'
import { createResource } from './resource.ts'

/** What does a model that looks at squares see of wide frames, and what would it cost to show it more? */
export const useWidePictures = createResource(() => library.call.settings.widePictures({}))

export const setWidePictures = async (mode: WideMode): Promise<void> => {
  const result = await library.call.settings.setWidePictures({ mode })
  if (result.ok) useWidePictures.getState().put(result.value)
  else tellError(result.error)
}
