import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import { clausesOf, mostClauses } from '../domain/clauses.ts'
import { meanDirection } from '../domain/embedding.ts'
import type { ModelFolder } from '../foundation/model-folder.ts'
import type { OnnxOptions } from '../foundation/onnx-session.ts'
import { openTextTower } from '../foundation/text-tower.ts'

/**
 * A text in the model's space: `vector` has length 1, or is all zero and `known` false where it says nothing.
 * `clauses`: the known parts of a text that is longer than the model's context; `vector` is then their mean.
 */
export type TextVector = {
  readonly vector: Float32Array
  readonly known: boolean
  readonly clauses: readonly Float32Array[]
}

export type TextEncoder_ = {
  readonly dimensions: number
  /**
   * A vector for each text, in their order: the mean of the manifest's prompt templates. An empty text, and one
   * of which the model knows no word, is `known: false`. A text that is too long is read clause by clause. Blocks this
   * thread in slices of a few prompts, so a person's query comes between the slices of a long vocabulary. Errors:
   * model-failed, cancelled.
   */
  readonly embed: (texts: readonly string[], signal?: AbortSignal) => Promise<Result<readonly TextVector[]>>
  readonly dispose: () => Promise<void>
}

/** Prompts a run: 4 x 20 ms (ffmpeg.md) is what a query may have to wait behind a vocabulary. */
const promptsPerRun = 4

/** Loads tokenizer and text tower into this process (blocks while it loads). Errors: bad-model, model-failed. */
export const openTextEncoder = async (
  folder: ModelFolder,
  options: OnnxOptions,
): Promise<Result<TextEncoder_>> => {
  const opened = await openTextTower(folder, options)
  if (!opened.ok) return opened
  const tower = opened.value
  const templates = folder.manifest.promptTemplates
  const fits = (text: string): boolean => promptsOf(text, templates).every(tower.fits)

  const embed: TextEncoder_['embed'] = async (texts, signal) => {
    const pieces = texts.map((text) => clausesOf(text, fits).slice(0, mostClauses))
    const prompts = pieces.flat().flatMap((piece) => promptsOf(piece, templates))
    const vectors: Float32Array[] = []
    for (let from = 0; from < prompts.length; from += promptsPerRun) {
      if (signal?.aborted) return fail('cancelled', 'Embedding was cancelled')
      const run = await tower.embedBatch(prompts.slice(from, from + promptsPerRun))
      if (!run.ok) return run
      vectors.push(...run.value)
    }
    let from = 0
    const next = (count: number): readonly Float32Array[] => vectors.slice(from, (from += count))
    return ok(
      pieces.map((own) => {
        const parts = own.map(() => meanDirection(next(templates.length), tower.dimensions)).filter(isKnown)
        const [first] = parts
        const vector = parts.length === 1 && first ? first : meanDirection(parts, tower.dimensions)
        return { vector, known: isKnown(vector), clauses: own.length > 1 ? parts : [] }
      }),
    )
  }

  return ok({ dimensions: tower.dimensions, embed, dispose: tower.dispose })
}

const isKnown = (vector: Float32Array): boolean => vector.some((part) => part !== 0)

/** `text` in each template. Not a plain replace: `$&` in a text would mean something there. */
const promptsOf = (text: string, templates: readonly string[]): readonly string[] =>
  templates.map((template) => template.split('{}').join(text.trim()))
