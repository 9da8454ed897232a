import { open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'
import type { RegistryEntry, RegistryPair } from '../../src-preload/contract/model-registry.ts'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import { shotModelManifest } from '../../src-preload/contract/shot-model-manifest.ts'
import { describeModel } from './describe-model.ts'
import { describeShots } from './describe-shots.ts'
import { digestOf } from './file-digest.ts'
import type { ReadPorts } from './graph-names.ts'
import { openModelFolder } from './model-folder.ts'
import { nameOf } from './plan-download.ts'
import { publish, syncFolder } from './publish-file.ts'
import { appendTextProjection } from './text-projection.ts'

/** Where a model is put together; a folder with this ending is never opened as a model. */
export const partFolderOf = (directory: string): string => `${directory}.part`

/**
 * The last step, when all files lie checked in `directory`.part under their plain names: writes model.json, looks at
 * the whole once more as it will be opened, and gives the folder its name. A model folder never exists half.
 * Errors: bad-model, model-failed, model-missing; the part folder stays.
 */
export const finishModel = async (
  entry: RegistryEntry,
  commit: string,
  directory: string,
  read: ReadPorts,
  signal: AbortSignal,
): Promise<Result<null>> => {
  const folder = partFolderOf(directory)
  const described =
    entry.kind === 'pair'
      ? await finishPair(entry, commit, folder, read, signal)
      : await describeShots(
          entry,
          commit,
          join(folder, 'shots.onnx'),
          await fileEntry(folder, 'shots.onnx', signal),
          read,
        )
  if (!described.ok) return described
  await writeSynced(join(folder, 'model.json'), `${JSON.stringify(described.value, null, 2)}\n`)
  await keepOnly(folder, [...entry.files.map(nameOf), 'model.json'])
  if (entry.kind === 'pair') {
    const opened = await openModelFolder(folder, { verify: false })
    if (!opened.ok) return opened
  }
  signal.throwIfAborted()
  await syncFolder(folder)
  await publish(folder, directory)
  return ok(null)
}

const finishPair = async (
  entry: RegistryPair,
  commit: string,
  folder: string,
  read: ReadPorts,
  signal: AbortSignal,
): Promise<Result<ModelManifest>> => {
  const projection = entry.files.find(({ role }) => role === 'text-projection')
  if (projection !== undefined) {
    const text = join(folder, 'text.onnx')
    const matrix = join(folder, nameOf(projection))
    const { masks } = entry.text
    const appended = await appendTextProjection(text, matrix, masks, entry.dimensions, read)
    if (!appended.ok) return appended
    await sync(text)
    await rm(matrix)
  }
  const files = {
    image: await fileEntry(folder, 'image.onnx', signal),
    text: await fileEntry(folder, 'text.onnx', signal),
    tokenizer: await fileEntry(folder, 'tokenizer.json', signal),
  }
  return describeModel(entry, commit, folder, files, read)
}

const fileEntry = async (
  folder: string,
  file: string,
  signal: AbortSignal,
): Promise<ModelManifest['tokenizer']> => {
  const path = join(folder, file)
  return { file, bytes: (await stat(path)).size, sha256: (await digestOf(path, 'sha256', signal)).hex }
}

/** Takes away what an earlier try of another version may have left. */
const keepOnly = async (folder: string, files: readonly string[]): Promise<void> => {
  for (const name of await readdir(folder))
    if (!files.includes(name)) await rm(join(folder, name), { recursive: true })
}

const writeSynced = async (path: string, text: string): Promise<void> => {
  await using handle = await open(path, 'w')
  await handle.writeFile(text)
  await handle.sync()
}

const sync = async (path: string): Promise<void> => {
  await using handle = await open(path, 'r+')
  await handle.sync()
}

/** What stands in the way of a model at `directory`; null: it is there already, whole and the right one. */
export const inTheWay = async (entry: RegistryEntry, directory: string): Promise<Result<boolean>> => {
  const found = await stat(directory).catch(() => null)
  if (found === null) return ok(false)
  if ((await idOf(directory)) === entry.id) return ok(true)
  return fail(
    'already-exists',
    `${basename(directory)} is there already and is not ${entry.name}: ${directory}`,
    'Remove that folder first.',
  )
}

/** Of the model that stands whole in a folder; null where there is none. */
const idOf = async (directory: string): Promise<string | null> => {
  const opened = await openModelFolder(directory, { verify: false })
  if (opened.ok) return opened.value.manifest.id
  try {
    const json: unknown = JSON.parse(await readFile(join(directory, 'model.json'), 'utf8'))
    const shots = v.safeParse(shotModelManifest, json)
    if (!shots.success) return null
    const { size } = await stat(join(directory, shots.output.file))
    return size === shots.output.bytes ? shots.output.id : null
  } catch {
    // Not there, or no JSON: whatever the folder is, it is not that model.
    return null
  }
}
