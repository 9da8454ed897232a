import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Model } from '../../src-preload/contract/nouns.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { openModelFolder } from '../foundation/model-folder.ts'
import type { ModelFolder } from '../foundation/model-folder.ts'
import type { Database } from './database.ts'
import type { Settings } from './settings.ts'

/** The model that is there from the start: made by a script of the project, needs no download. */
export const builtInModel = 'palette'

/** What a job needs to know of a model. */
export type ModelPlace = { readonly id: string; readonly directory: string }

export type Models = {
  readonly list: () => Promise<readonly Model[]>
  readonly add: (directory: string, now: number) => Promise<Result<string>>
  readonly use: (id: string) => Promise<Result<null>>
  readonly remove: (id: string) => Result<null>
  readonly currentId: () => string
  readonly place: (id: string) => ModelPlace | null
  readonly open: (id: string) => Promise<Result<ModelFolder>>
}

type Row = { id: string; directory: string }

/** The models on disk: the built-in one and folders that the user brought. Folders stay where they are. */
export const createModels = (database: Database, settings: Settings, modelsDirectory: string): Models => {
  const rows = database.prepare<[], Row>('SELECT id, directory FROM model ORDER BY id')
  const row = database.prepare<[string], Row>('SELECT id, directory FROM model WHERE id = ?')
  const insert = database.prepare(
    `INSERT INTO model (id, directory, added_at) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET directory = excluded.directory`,
  )
  const remove = database.prepare('DELETE FROM model WHERE id = ?')
  const builtIn: Row = { id: builtInModel, directory: join(modelsDirectory, builtInModel) }

  const place = (id: string): ModelPlace | null => (id === builtInModel ? builtIn : (row.get(id) ?? null))
  const currentId = (): string => settings.get('current-model') ?? builtInModel
  const unknown = (id: string): Result<never> =>
    fail('not-found', `There is no model ${id}.`, 'List them with: kinora models')

  const describe = async (known: Row): Promise<Model> => {
    const folder = await openModelFolder(known.directory, { verify: false })
    const current = known.id === currentId()
    if (!folder.ok) {
      return {
        id: known.id,
        name: known.id,
        licence: '',
        state: 'broken',
        current,
        bytes: 0,
        dimensions: 0,
        description: folder.error.message,
      }
    }
    const { manifest } = folder.value
    return {
      id: known.id,
      name: manifest.name,
      licence: manifest.licence.id,
      state: 'ready',
      current,
      bytes: manifest.image.bytes + manifest.text.bytes + manifest.tokenizer.bytes,
      dimensions: manifest.dimensions,
      description: manifest.description ?? '',
    }
  }

  return {
    list: () => Promise.all([builtIn, ...rows.all()].map(describe)),
    add: async (directory, now) => {
      if (!existsSync(directory)) return fail('missing-file', `There is no folder ${directory}.`)
      const folder = await openModelFolder(directory, { verify: true })
      if (!folder.ok) return folder
      const { id } = folder.value.manifest
      if (id === builtInModel) return fail('already-exists', `${id} is the name of the built-in model.`)
      insert.run(id, directory, now)
      return ok(id)
    },
    use: async (id) => {
      const known = place(id)
      if (known === null) return unknown(id)
      const folder = await openModelFolder(known.directory, { verify: false })
      if (!folder.ok) return folder
      settings.set('current-model', id)
      return ok(null)
    },
    remove: (id) => {
      if (id === builtInModel) return fail('not-allowed', 'The built-in model cannot be removed.')
      if (remove.run(id).changes === 0) return unknown(id)
      if (currentId() === id) settings.set('current-model', builtInModel)
      return ok(null)
    },
    currentId,
    place,
    open: async (id) => {
      const known = place(id)
      return known === null ? unknown(id) : openModelFolder(known.directory, { verify: false })
    },
  }
}
