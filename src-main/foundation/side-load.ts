import { constants } from 'node:fs'
import { copyFile, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { RegistryEntry } from '../../src-preload/contract/model-registry.ts'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import { digestOf } from './file-digest.ts'
import { finishModel, inTheWay, partFolderOf } from './finish-model.ts'
import { checkFreeSpace, freeSpaceMargin } from './free-space.ts'
import type { ReadPorts } from './graph-names.ts'
import { makeFolder } from './make-folder.ts'
import type { HubFile } from './model-hub.ts'
import { knownOf, nameOf } from './plan-download.ts'
import { diskFailure } from './publish-file.ts'

export type SideLoad = {
  readonly readPorts: ReadPorts
  readonly signal: AbortSignal
  readonly margin?: number
}

type Found = {
  readonly from: string
  readonly name: string
  readonly known: HubFile | null
  readonly path: string
}

/**
 * Makes a model of files that somebody downloaded by hand: in `folder` as in the repository, or all side by side.
 * They are copied, then the copies are checked as after a download; the folder stays as it is. No request is made, so
 * that `unchecked` names the files whose digest the registry does not know. Errors: already-exists, missing-file,
 * download-failed (a file with other bytes than it should have), disk-full, bad-model, model-failed, cancelled.
 */
export const sideLoad = async (
  entry: RegistryEntry,
  folder: string,
  directory: string,
  tools: SideLoad,
): Promise<Result<{ readonly unchecked: readonly string[] }>> => {
  const there = await inTheWay(entry, directory)
  if (!there.ok) return there
  if (there.value) return ok({ unchecked: [] })
  const found = await findFiles(entry, folder)
  if (!found.ok) return found
  const part = partFolderOf(directory)
  try {
    const copied = await copyAll(found.value, part, tools)
    const finished = copied.ok
      ? await finishModel(entry, entry.revision ?? 'unknown', directory, tools.readPorts, tools.signal)
      : copied
    // What was copied costs nothing to copy again.
    await rm(part, { recursive: true, force: true })
    const unchecked = found.value.filter(({ known }) => known === null).map(({ path }) => path)
    return finished.ok ? ok({ unchecked }) : finished
  } catch (error) {
    await rm(part, { recursive: true, force: true })
    if (tools.signal.aborted) return fail('cancelled', 'Bringing in the model was cancelled')
    return diskFailure(error, part)
  }
}

const findFiles = async (entry: RegistryEntry, folder: string): Promise<Result<readonly Found[]>> => {
  const found: Found[] = []
  for (const [index, file] of entry.files.entries()) {
    const names = [file.path, basename(file.path), nameOf(file)]
    const places = await Promise.all(
      names.map(async (name) => ((await isFile(join(folder, name))) ? join(folder, name) : null)),
    )
    const from = places.find((place) => place !== null)
    if (from === undefined)
      return fail(
        'missing-file',
        `${file.path} is not in ${folder}.`,
        `Download it from huggingface.co/${file.repository ?? entry.repository}.`,
      )
    const known = knownOf(entry, index)
    const { size } = await stat(from)
    if (known !== null && size !== known.bytes)
      return fail('download-failed', `${from} has ${size} bytes, not ${known.bytes}: it is not whole.`)
    found.push({ from, name: nameOf(file), known, path: file.path })
  }
  return ok(found)
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )

const copyAll = async (files: readonly Found[], part: string, tools: SideLoad): Promise<Result<null>> => {
  let bytes = 0
  for (const { from } of files) bytes += (await stat(from)).size
  const room = await checkFreeSpace(part, bytes, tools.margin ?? freeSpaceMargin)
  if (!room.ok) return room
  await rm(part, { recursive: true, force: true })
  makeFolder(part)
  for (const { from, name, known } of files) {
    tools.signal.throwIfAborted()
    const to = join(part, name)
    // Not a link: the person may change or remove their file. Disks that can share blocks until then do.
    await copyFile(from, to, constants.COPYFILE_FICLONE)
    if (known === null) continue
    const { hex } = await digestOf(to, known.digest.kind, tools.signal)
    if (hex !== known.digest.hex)
      return fail('download-failed', `${from} is not the file it should be: ${known.digest.kind} ${hex}.`)
  }
  return ok(null)
}
