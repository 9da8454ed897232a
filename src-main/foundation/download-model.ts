import { copyFile, link, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { RegistryEntry } from '../../src-preload/contract/model-registry.ts'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import { addProgress, progressOf, startProgress, type DownloadProgress } from '../domain/download-progress.ts'
import { downloadFile, type DownloadTools } from './download-file.ts'
import { digestOf } from './file-digest.ts'
import { finishModel, inTheWay, partFolderOf } from './finish-model.ts'
import { checkFreeSpace, freeSpaceMargin } from './free-space.ts'
import type { ReadPorts } from './graph-names.ts'
import { makeFolder } from './make-folder.ts'
import { openModelFolder } from './model-folder.ts'
import { findPart, partOf } from './part-file.ts'
import { planDownload, withBigger, type DownloadPlan, type PlannedFile, type Role } from './plan-download.ts'
import { diskFailure } from './publish-file.ts'
import { RequestProblem, retryPatiently } from './retry-patiently.ts'

export type ModelDownload = Omit<DownloadTools, 'onBytes'> & {
  /** Seconds of a clock that only rises. */
  readonly clock: () => number
  /** Heard at most five times a second, and at the end. */
  readonly onProgress: (progress: DownloadProgress) => void
  readonly readPorts: ReadPorts
  /** Folders of models that are there: a file that one of them has is not downloaded again. */
  readonly have?: readonly string[]
  /** Roles for which the full-precision file is taken: after a quantised one failed its parity gate. */
  readonly bigger?: readonly Role[]
}

/**
 * Downloads a model into `directory`, which appears when it is whole, checked and described; until then there is only
 * `DIRECTORY.part`. Called again after a break or a crash it goes on. One call at a time for a directory.
 * Errors: already-exists (something else is there), download-failed, disk-full, unreadable-folder, bad-model or
 * model-failed (the graphs are not what the registry says), cancelled (nothing stays).
 */
export const downloadModel = async (
  entry: RegistryEntry,
  directory: string,
  tools: ModelDownload,
): Promise<Result<null>> => {
  const there = await inTheWay(entry, directory)
  if (!there.ok) return there
  if (there.value) return ok(null)
  const folder = partFolderOf(directory)
  const wanted = withBigger(entry, tools.bigger ?? [])
  try {
    const plan = await retryPatiently(() => planDownload(wanted, tools.network, tools.signal), {
      ...tools,
      hasProgressed: () => false,
    })
    makeFolder(folder)
    const fetched = await fetchAll(plan, folder, tools)
    if (!fetched.ok) return await ended(fetched, folder, tools.signal)
    const finished = await finishModel(wanted, plan.commit, directory, tools.readPorts, tools.signal)
    return await ended(finished, folder, tools.signal)
  } catch (error) {
    if (tools.signal.aborted) return await ended(ok(null), folder, tools.signal)
    if (error instanceof RequestProblem) return fail('download-failed', error.message, error.advice)
    return diskFailure(error, folder)
  }
}

/** Takes away what an unfinished download has left, so that it begins anew the next time. */
export const discardDownload = (directory: string): Promise<void> =>
  rm(partFolderOf(directory), { recursive: true, force: true })

/** A cancelled download leaves nothing, wherever it was. */
const ended = async (result: Result<null>, folder: string, signal: AbortSignal): Promise<Result<null>> => {
  if (!signal.aborted) return result
  const left = await stat(folder).catch(() => null)
  // The folder has its name already: too late to cancel.
  if (left === null && result.ok) return result
  await rm(folder, { recursive: true, force: true })
  return fail('cancelled', 'The download was cancelled')
}

const fetchAll = async (
  { files }: DownloadPlan,
  folder: string,
  tools: ModelDownload,
): Promise<Result<null>> => {
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  const missing: PlannedFile[] = []
  let missingBytes = 0
  for (const file of files) {
    if (await isThere(file, folder, tools)) continue
    missing.push(file)
    missingBytes += file.bytes - (await partBytes(file, folder))
  }
  const room = await checkFreeSpace(folder, missingBytes, tools.margin ?? freeSpaceMargin)
  if (!room.ok) return room

  const there = total - missing.reduce((sum, file) => sum + file.bytes, 0)
  let done = there
  let meter = startProgress(total, total - missingBytes, tools.clock())
  let told = -Infinity
  const tell = (bytes: number): void => {
    const now = tools.clock()
    meter = addProgress(meter, bytes, now)
    if (now - told < 0.2 && bytes < total) return
    told = now
    tools.onProgress(progressOf(meter, now))
  }
  for (const file of missing) {
    const before = done
    const { url, bytes, digest } = file
    const fetched = await downloadFile(
      { url, bytes, digest, target: join(folder, file.name) },
      { ...tools, onBytes: (now) => tell(before + now) },
    )
    if (!fetched.ok) return fetched
    done += bytes
  }
  tell(total)
  return ok(null)
}

/** Whole and right in the folder already, from an earlier try or from a model that has the very same file. */
const isThere = async (file: PlannedFile, folder: string, tools: ModelDownload): Promise<boolean> => {
  const path = join(folder, file.name)
  if ((await stat(path).catch(() => null)) === null && !(await takeOver(file, path, tools.have ?? [])))
    return false
  const isRight =
    (await stat(path)).size === file.bytes &&
    (await digestOf(path, file.digest.kind, tools.signal)).hex === file.digest.hex
  if (!isRight) await rm(path)
  return isRight
}

const takeOver = async (file: PlannedFile, path: string, have: readonly string[]): Promise<boolean> => {
  const { role } = file
  // Not the text half: a projection may be written into it.
  if (role !== 'image' && role !== 'tokenizer') return false
  for (const directory of have) {
    const model = await openModelFolder(directory, { verify: false })
    if (!model.ok || model.value.manifest[role].sha256 !== file.digest.hex) continue
    // A model's files never change: two names for one file cost nothing. Not every disk can.
    const from = model.value.paths[role]
    await link(from, path).catch(() => copyFile(from, path))
    return true
  }
  return false
}

const partBytes = async ({ name, url, bytes, digest }: PlannedFile, folder: string): Promise<number> => {
  const target = join(folder, name)
  if ((await stat(partOf(target)).catch(() => null)) === null) return 0
  return (await findPart(target, { url, bytes, digest: `${digest.kind}:${digest.hex}` })).have
}
