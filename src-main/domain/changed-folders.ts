/** A folder to look at again. `deep`: with all folders in it; else only its own entries. */
export type FolderChange = { readonly path: string; readonly deep: boolean }

const parentsOf = function* (path: string, separator: string): Generator<string> {
  for (let end = path.lastIndexOf(separator); end > 0; end = path.lastIndexOf(separator, end - 1))
    yield path.slice(0, end)
}

/**
 * The fewest folders that cover `changes`: each once, none below one that is looked at deeply. In order of path.
 * `separator` is the platform's.
 */
export const coalesceChanges = (
  changes: readonly FolderChange[],
  separator: string,
): readonly FolderChange[] => {
  const deepest = new Map<string, boolean>()
  for (const { path, deep } of changes) deepest.set(path, deep || deepest.get(path) === true)
  const covered = (path: string): boolean => {
    for (const parent of parentsOf(path, separator)) if (deepest.get(parent) === true) return true
    return false
  }
  return [...deepest]
    .filter(([path]) => !covered(path))
    .map(([path, deep]) => ({ path, deep }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}
