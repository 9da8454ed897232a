import { library } from '../api/library.ts'
import { createResource } from './resource.ts'

/** The tags of the library, for completion. */
export const useKnownTags = createResource(() => library.call.tags.list({}))
