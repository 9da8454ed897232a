import { library } from '../api/library.ts'
import { tellError } from './notices.ts'
import { createResource } from './resource.ts'

/** What could not be indexed, and why? */
export const useProblems = createResource(() => library.call.problems.list({}))

/** What does Kinora not look at, and by which rule? */
export const useIgnored = createResource(() => library.call.folders.ignored({}))

export const retryProblems = async (): Promise<void> => {
  const result = await library.call.problems.retry({})
  if (!result.ok) tellError(result.error)
  await useProblems.getState().load()
}
