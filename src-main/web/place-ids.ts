/** Opaque ids of paths, for as long as they are remembered. */
export type PlaceIds = {
  /** The path's id; the same one while it is remembered. */
  readonly idOf: (path: string) => string
  readonly pathOf: (id: string) => string | null
}

/** Remembers the `most` paths that were used last; `random` answers an unguessable word each time. */
export const createPlaceIds = (random: () => string, most: number): PlaceIds => {
  const paths = new Map<string, string>()
  const ids = new Map<string, string>()
  const touch = (id: string, path: string): void => {
    paths.delete(id)
    paths.set(id, path)
    for (const [oldest, forgotten] of paths) {
      if (paths.size <= most) return
      paths.delete(oldest)
      ids.delete(forgotten)
    }
  }
  return {
    idOf: (path) => {
      const id = ids.get(path) ?? random()
      ids.set(path, id)
      touch(id, path)
      return id
    },
    pathOf: (id) => {
      const path = paths.get(id)
      if (path === undefined) return null
      touch(id, path)
      return path
    },
  }
}
