import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelRegistry, RegistryEntry } from '../../src-preload/contract/model-registry.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { openModelFolder } from '../foundation/model-folder.ts'
import type { ModelFolder } from '../foundation/model-folder.ts'
import type { Database } from './database.ts'
import type { Settings } from './settings.ts'
import { openShotFolder } from './shot-folder.ts'

/** The model that is there from the start: made by a script of the project, needs no download. */
export const builtInModel = 'palette'

/** What a job needs to know of a model. */
export type ModelPlace = { readonly id: string; readonly directory: string }

/** A model that is there or can be had. `entry`: of the registry; `isOurs`: its files were downloaded by Kinora. */
export type KnownModel = ModelPlace & {
  readonly entry: RegistryEntry | null
  readonly isThere: boolean
  readonly isOurs: boolean
}

export type Models = {
  /** The built-in one, those that a person brought, those of the registry. */
  readonly known: () => readonly KnownModel[]
  readonly get: (id: string) => KnownModel | null
  /** Errors: missing-file, bad-model, model-missing, not-allowed (research only, without `licence`), already-exists. */
  readonly add: (directory: string, now: number, licence: boolean) => Promise<Result<string>>
  /** Forgets a folder that was brought. */
  readonly forget: (id: string) => void
  /** The model that answers, and the one that is to answer when it has seen enough. */
  readonly currentId: () => string
  readonly nextId: () => string | null
  readonly choose: (current: string, next: string | null) => void
  /** The name under which a model's vectors lie: a second text half shares the pictures of the first. */
  readonly spaceOf: (id: string) => string
  readonly currentSpace: () => string
  /** For which films are embedded. */
  readonly targetSpace: () => string
  /** Where the picture half of such a name is; null when it is not there any more. */
  readonly place: (space: string) => ModelPlace | null
  readonly open: (id: string) => Promise<Result<ModelFolder>>
  readonly unknown: (id: string) => Result<never>
}

export type ModelsOptions = {
  readonly database: Database
  readonly settings: Settings
  /** Of the built-in model. */
  readonly modelsDirectory: string
  /** Where downloaded ones lie, a folder each. */
  readonly downloads: string
  readonly registry: ModelRegistry
}

type Row = { id: string; directory: string }

/** The models of this machine and of this library's own list. Folders that a person brought stay where they are. */
export const createModels = (options: ModelsOptions): Models => {
  const { database, settings, modelsDirectory, downloads, registry } = options
  const rows = database.prepare<[], Row>('SELECT id, directory FROM model ORDER BY id')
  const row = database.prepare<[string], Row>('SELECT id, directory FROM model WHERE id = ?')
  const insert = database.prepare(
    `INSERT INTO model (id, directory, added_at) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET directory = excluded.directory`,
  )
  const remove = database.prepare('DELETE FROM model WHERE id = ?')
  const entries = new Map(registry.models.map((entry) => [entry.id, entry]))

  const ofEntry = (entry: RegistryEntry): KnownModel => {
    const directory = join(downloads, entry.id)
    return {
      id: entry.id,
      directory,
      entry,
      isThere: existsSync(join(directory, 'model.json')),
      isOurs: true,
    }
  }
  const brought = (one: Row): KnownModel => ({
    ...one,
    entry: entries.get(one.id) ?? null,
    isThere: true,
    isOurs: false,
  })
  const builtIn = brought({ id: builtInModel, directory: join(modelsDirectory, builtInModel) })

  const get = (id: string): KnownModel | null => {
    if (id === builtInModel) return builtIn
    const own = row.get(id)
    if (own !== undefined) return brought(own)
    const entry = entries.get(id)
    return entry === undefined ? null : ofEntry(entry)
  }
  const known = (): readonly KnownModel[] => {
    const own = rows.all()
    const others = registry.models.filter(({ id }) => !own.some((one) => one.id === id))
    return [builtIn, ...own.map(brought), ...others.map(ofEntry)]
  }
  const spaceOf = (id: string): string => {
    const entry = entries.get(id)
    return entry?.kind === 'pair' ? (entry.sharesImageWith ?? id) : id
  }
  const currentId = (): string => settings.get('current-model') ?? builtInModel
  const nextId = (): string | null => settings.get('next-model')
  const unknown = (id: string): Result<never> =>
    get(id) === null
      ? fail('not-found', `There is no model ${id}.`, 'List them with: kinora models')
      : fail('model-missing', `${id} is not on this machine.`, `Download it with: kinora models get ${id}`)

  const readFolder = async (
    directory: string,
  ): Promise<Result<{ readonly id: string; readonly name: string; readonly commercialUse: boolean }>> => {
    const shots = await openShotFolder(directory)
    const folder = shots.ok ? null : await openModelFolder(directory, { verify: true })
    if (folder?.ok === false) return folder
    const manifest = folder === null ? null : folder.value.manifest
    const of = manifest ?? (shots.ok ? shots.value : null)
    if (of === null) throw new Error('neither a pair nor a shot model')
    return ok({ id: of.id, name: of.name, commercialUse: of.licence.commercialUse })
  }

  return {
    known,
    get,
    add: async (directory, now, licence) => {
      if (!existsSync(directory)) return fail('missing-file', `There is no folder ${directory}.`)
      const folder = await readFolder(directory)
      if (!folder.ok) return folder
      const { id, name, commercialUse } = folder.value
      if (id === builtInModel) return fail('already-exists', `${id} is the name of the built-in model.`)
      if (!commercialUse && !licence)
        return fail(
          'not-allowed',
          `${name} may be used for research only: not for work, and not for anything that earns money.`,
          'If that fits what you do with it, say so: kinora models add DIR --accept-licence',
        )
      insert.run(id, directory, now)
      return ok(id)
    },
    forget: (id) => void remove.run(id),
    currentId,
    nextId,
    choose: database.transaction((current: string, next: string | null) => {
      settings.set('current-model', current)
      if (next === null) settings.forget('next-model')
      else settings.set('next-model', next)
    }),
    spaceOf,
    currentSpace: () => spaceOf(currentId()),
    targetSpace: () => spaceOf(nextId() ?? currentId()),
    place: (space) => {
      const own = get(space)
      if (own?.isThere === true) return { id: space, directory: own.directory }
      const shared = known().find(({ id, isThere }) => isThere && id !== space && spaceOf(id) === space)
      return shared === undefined ? null : { id: space, directory: shared.directory }
    },
    open: async (id) => {
      const model = get(id)
      return model?.isThere === true ? openModelFolder(model.directory, { verify: false }) : unknown(id)
    },
    unknown,
  }
}
