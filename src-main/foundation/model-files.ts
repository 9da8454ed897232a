import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import { digestOf } from './file-digest.ts'

/** A file as a manifest declares it: a plain name beside model.json, its bytes and its sha256. */
export type DeclaredFile = { readonly file: string; readonly bytes: number; readonly sha256: string }

export type FileCheck = {
  /** Also compare the sha256, about a second per gigabyte: after a download or copy, not at each start. */
  readonly verify: boolean
  readonly signal?: AbortSignal | undefined
  /** What to do where a file is missing or wrong. */
  readonly advice: string
}

/**
 * `directory`/model.json as `schema` has it. Errors: model-missing (no folder, no model.json), bad-model (not JSON, a
 * wrong key: the first one is named).
 */
export const readModelManifest = async <Schema extends v.GenericSchema>(
  directory: string,
  schema: Schema,
  advice: string,
): Promise<Result<v.InferOutput<Schema>>> => {
  let text: string
  try {
    text = await readFile(join(directory, 'model.json'), 'utf8')
  } catch (error) {
    return fail('model-missing', `No model.json in ${directory} (${reason(error)})`, advice)
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return fail('bad-model', `model.json is not JSON: ${reason(error)}`, advice)
  }
  const parsed = v.safeParse(schema, json)
  return parsed.success ? ok(parsed.output) : fail('bad-model', wrongKey(parsed.issues), advice)
}

/** One line: the first key that is wrong, what is wrong with it, and how many more there are. */
const wrongKey = (issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string => {
  const [first] = issues
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  return `model.json, key ${v.getDotPath(first) ?? '(whole)'}: ${first.message}${more}`
}

/** Is `directory` holding the file as it was declared? Errors: model-missing, bad-model (a wrong size or digest), cancelled. */
export const checkModelFile = async (
  directory: string,
  { file, bytes, sha256 }: DeclaredFile,
  { verify, signal, advice }: FileCheck,
): Promise<Result<null>> => {
  const path = join(directory, file)
  let found
  try {
    found = await stat(path)
  } catch (error) {
    return fail('model-missing', `No ${file} in ${directory} (${reason(error)})`, advice)
  }
  if (!found.isFile()) return fail('bad-model', `${file} is not a file`, advice)
  if (found.size !== bytes)
    return fail('bad-model', `${file} has ${found.size} bytes, model.json says ${bytes}`, advice)
  if (!verify) return ok(null)
  let hex: string
  try {
    hex = (await digestOf(path, 'sha256', signal)).hex
  } catch (error) {
    if (signal?.aborted) return fail('cancelled', 'Checking the model was cancelled')
    return fail('bad-model', `${path} cannot be read (${reason(error)})`, advice)
  }
  return hex === sha256
    ? ok(null)
    : fail('bad-model', `${file} differs from what model.json says: sha256 ${hex}`, advice)
}

const reason = (error: unknown): string =>
  error instanceof Error
    ? ((error as NodeJS.ErrnoException).code ?? error.message.split('\n')[0] ?? '')
    : String(error)
