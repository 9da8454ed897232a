import { ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { Log } from '../foundation/log.ts'
import type { ModelFolder } from '../foundation/model-folder.ts'
import type { Store } from './store.ts'

/** Keeps vectors of different picture halves apart, also where two of them bear one name. */
export type ModelSpaces = {
  /**
   * Opens a model and drops the vectors of its name that another picture half has made: another folder was brought
   * under the same id, or the full-precision file was taken. Errors: those of opening.
   */
  readonly open: (id: string) => Promise<Result<ModelFolder>>
  /** Drops the vectors of a name and all that was worked out from them. */
  readonly drop: (space: string) => void
}

export type ModelSpacesOptions = {
  readonly store: Store
  readonly log: Log
  /** Vectors of this name are about to go: whoever makes more of them must stop. */
  readonly onDrop: (space: string) => void
  /** They have gone. */
  readonly onDropped: () => void
}

/** See `ModelSpaces`. */
export const createModelSpaces = ({ store, log, onDrop, onDropped }: ModelSpacesOptions): ModelSpaces => {
  const { database, models } = store
  const known = database.prepare<[string], { image_sha256: string }>(
    'SELECT image_sha256 FROM derived.embedding_space WHERE model = ?',
  )
  const keep = database.prepare(
    `INSERT INTO derived.embedding_space (model, image_sha256) VALUES (?, ?)
     ON CONFLICT (model) DO UPDATE SET image_sha256 = excluded.image_sha256`,
  )
  const forget = database.prepare('DELETE FROM derived.embedding_space WHERE model = ?')

  const drop = (space: string): void => {
    onDrop(space)
    store.vectors.forgetModel(space)
    // Wanted again it starts anew.
    store.jobs.forgetModel(space)
    store.calibrations.forget(space)
    store.sights.forget(space)
    store.subtitleFits.forget(space)
    forget.run(space)
    onDropped()
  }
  return {
    drop,
    open: async (id) => {
      const folder = await models.open(id)
      if (!folder.ok) return folder
      const { sha256 } = folder.value.manifest.image
      const space = models.spaceOf(id)
      const before = known.get(space)?.image_sha256
      if (before !== undefined && before !== sha256) {
        log.warn(
          { model: id, before, now: sha256 },
          'another picture half under the same name: its vectors go',
        )
        drop(space)
      }
      if (before !== sha256) keep.run(space, sha256)
      return ok(folder.value)
    },
  }
}
