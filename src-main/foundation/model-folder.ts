import { join } from 'node:path'
import { modelManifest, type ModelManifest } from '../../src-preload/contract/model-manifest.ts'
import { ok, type Result } from '../../src-preload/contract/result.ts'
import { checkModelFile, readModelManifest } from './model-files.ts'

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

const advice = 'Download or copy the model again.'

/**
 * Reads `directory`/model.json and checks that its files are there with the declared sizes (and digests).
 * Errors: model-missing (no folder, no model.json, a file not there), bad-model (not JSON, a wrong key, a
 * wrong size or digest), cancelled.
 */
export const openModelFolder = async (
  directory: string,
  options: OpenModelOptions,
): Promise<Result<ModelFolder>> => {
  const read = await readModelManifest(directory, modelManifest, advice)
  if (!read.ok) return read
  const manifest = read.value
  for (const part of ['image', 'text', 'tokenizer'] as const) {
    const checked = await checkModelFile(directory, manifest[part], { ...options, advice })
    if (!checked.ok) return checked
  }
  const path = (part: 'image' | 'text' | 'tokenizer'): string => join(directory, manifest[part].file)
  return ok({
    directory,
    manifest,
    paths: { image: path('image'), text: path('text'), tokenizer: path('tokenizer') },
  })
}
