import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { modelManifest, type ModelManifest } from '../../src-preload/contract/model-manifest.ts'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'

/** A model that stands complete on this disk (docs/model-format.md); `paths` are its three files. */
export type ModelFolder = {
  readonly directory: string
  readonly manifest: ModelManifest
  readonly paths: { readonly image: string; readonly text: string; readonly tokenizer: string }
}

export type OpenModelOptions = {
  /** Also compare each file's sha256, about a second per gigabyte: after a download or copy, not at each start. */
  readonly verify: boolean
  readonly signal?: AbortSignal
}

const again = 'Download or copy the model again.'

/**
 * Reads `directory`/model.json and checks that its files are there with the declared sizes (and digests).
 * Errors: model-missing (no folder, no model.json, a file not there), bad-model (not JSON, a wrong key, a
 * wrong size or digest), cancelled.
 */
export const openModelFolder = async (
  directory: string,
  options: OpenModelOptions,
): Promise<Result<ModelFolder>> => {
  const read = await readManifest(directory)
  if (!read.ok) return read
  const manifest = read.value
  for (const part of ['image', 'text', 'tokenizer'] as const) {
    const checked = await checkFile(directory, manifest[part], options)
    if (!checked.ok) return checked
  }
  const path = (part: 'image' | 'text' | 'tokenizer'): string => join(directory, manifest[part].file)
  return ok({
    directory,
    manifest,
    paths: { image: path('image'), text: path('text'), tokenizer: path('tokenizer') },
  })
}

const readManifest = async (directory: string): Promise<Result<ModelManifest>> => {
  let text: string
  try {
    text = await readFile(join(directory, 'model.json'), 'utf8')
  } catch (error) {
    return fail('model-missing', `No model.json in ${directory} (${reason(error)})`, again)
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return fail('bad-model', `model.json is not JSON: ${reason(error)}`, again)
  }
  const parsed = v.safeParse(modelManifest, json)
  return parsed.success ? ok(parsed.output) : fail('bad-model', wrongKey(parsed.issues), again)
}

/** One line: the first key that is wrong, what is wrong with it, and how many more there are. */
const wrongKey = (issues: v.SafeParseResult<typeof modelManifest>['issues'] & object): string => {
  const [first] = issues
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  return `model.json, key ${v.getDotPath(first) ?? '(whole)'}: ${first.message}${more}`
}

const checkFile = async (
  directory: string,
  entry: ModelManifest['tokenizer'],
  options: OpenModelOptions,
): Promise<Result<null>> => {
  const path = join(directory, entry.file)
  let found
  try {
    found = await stat(path)
  } catch (error) {
    return fail('model-missing', `No ${entry.file} in ${directory} (${reason(error)})`, again)
  }
  if (!found.isFile()) return fail('bad-model', `${entry.file} is not a file`, again)
  if (found.size !== entry.bytes)
    return fail('bad-model', `${entry.file} has ${found.size} bytes, model.json says ${entry.bytes}`, again)
  if (!options.verify) return ok(null)
  const digest = await sha256(path, options.signal)
  if (!digest.ok) return digest
  return digest.value === entry.sha256
    ? ok(null)
    : fail('bad-model', `${entry.file} differs from what model.json says: sha256 ${digest.value}`, again)
}

const sha256 = async (path: string, signal: AbortSignal | undefined): Promise<Result<string>> => {
  const hash = createHash('sha256')
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20, signal }))
      hash.update(piece as Buffer)
  } catch (error) {
    if (signal?.aborted) return fail('cancelled', 'Checking the model was cancelled')
    return fail('bad-model', `${path} cannot be read (${reason(error)})`, again)
  }
  return ok(hash.digest('hex'))
}

const reason = (error: unknown): string =>
  error instanceof Error
    ? ((error as NodeJS.ErrnoException).code ?? error.message.split('\n')[0] ?? '')
    : String(error)
