import { library } from '../api/library.ts'
import { tellError } from './notices.ts'
import { createResource } from './resource.ts'

/** The model that comes with Kinora; it knows colours and light only (resources/models/palette). */
export const builtInModel = 'palette'

/** Which pairs of encoders are there? */
export const useModels = createResource(() => library.call.models.list({}))

export const switchModel = async (id: string): Promise<void> => {
  const result = await library.call.models.use({ id })
  if (result.ok) useModels.getState().put(result.value)
  else tellError(result.error)
}
