import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import { dot, normalise } from '../domain/embedding.ts'
import type { ModelFolder } from './model-folder.ts'
import { openOnnxSession, type OnnxInput, type OnnxOptions } from './onnx-session.ts'
import { openTokenizer } from './tokenizer.ts'
import { checkPorts } from './tower-ports.ts'

/** The text half of a model, with its tokenizer. */
export type TextTower = {
  readonly dimensions: number
  /** Whether each prompt is padded to the model's whole context, which costs as much as words. */
  readonly isPadded: () => boolean
  /** Whether the model can read all of a prompt. */
  readonly fits: (prompt: string) => boolean
  /**
   * One run: a vector for each prompt, in their order, of length 1, or all zero where the model knows nothing of
   * the prompt. Prompts are taken as they are: templates are the caller's. Blocks this thread, 19-22 ms a
   * prompt for ViT-B/32 (ffmpeg.md), a quarter of it where padding may be left out. Errors: model-failed.
   */
  readonly embedBatch: (prompts: readonly string[]) => Promise<Result<readonly Float32Array[]>>
  readonly dispose: () => Promise<void>
}

/** Of different lengths, one of which fills less than half of a step. */
const trialPrompts = ['sky', 'two people and a dog walk along the beach in the evening']
/** Vectors that agree so far are the same: what is left are roundings. */
const sameCosine = 0.9999

/** Opens tokenizer and text.onnx and checks names and shapes against the manifest. Blocks. Errors: bad-model, model-failed. */
export const openTextTower = async (
  folder: ModelFolder,
  options: OnnxOptions,
): Promise<Result<TextTower>> => {
  const { dimensions, text } = folder.manifest
  const tokenizer = await openTokenizer(folder)
  if (!tokenizer.ok) return tokenizer
  const opened = await openOnnxSession(folder.paths.text, options)
  if (!opened.ok) return opened
  const session = opened.value
  const names = text.attentionMask === null ? [text.input] : [text.input, text.attentionMask]
  const checked = checkPorts(
    text.file,
    session,
    names.map((name) => ({ name, shape: [null, text.contextLength] })),
    { name: text.output, shape: [null, dimensions] },
  )
  if (!checked.ok) {
    await session.dispose()
    return checked
  }
  const [batch, length] = session.inputs.find((port) => port.name === text.input)?.shape ?? []
  // Exported graphs with a fixed batch exist: of one, or of two as PE-Core's.
  const fixedRows = typeof batch === 'number' ? batch : null
  // SigLIP was trained without a mask: it reads its padding too, and takes its vector from the last place.
  const masksPadding = folder.manifest.family !== 'siglip'

  const run = async (
    prompts: readonly string[],
    tight: boolean,
  ): Promise<Result<readonly Float32Array[]>> => {
    // A short batch is filled up with empty texts, whose answers are dropped.
    const filling = Array.from({ length: Math.max(0, (fixedRows ?? 0) - prompts.length) }, () => '')
    const { rows, length: columns, ids, mask } = tokenizer.value.rowsOf([...prompts, ...filling], tight)
    const shape = [rows, columns]
    const inputs: Record<string, OnnxInput> = { [text.input]: { data: ids, shape } }
    if (text.attentionMask !== null)
      inputs[text.attentionMask] = { data: masksPadding ? mask : mask.fill(1n), shape }
    const answer = await session.run(inputs, text.output, [rows, dimensions])
    if (!answer.ok) return answer
    const vectors = prompts.map((_, row) => answer.value.slice(row * dimensions, (row + 1) * dimensions))
    const broken = vectors.some((vector) => Number.isNaN(normalise(vector)))
    return broken ? fail('model-failed', `${text.file} gave numbers that are not finite`) : ok(vectors)
  }

  const embed = async (
    prompts: readonly string[],
    tight: boolean,
  ): Promise<Result<readonly Float32Array[]>> => {
    const vectors: Float32Array[] = []
    const rows = fixedRows ?? prompts.length
    for (let from = 0; from < prompts.length; from += rows) {
      const some = await run(prompts.slice(from, from + rows), tight)
      if (!some.ok) return some
      vectors.push(...some.value)
    }
    return ok(vectors)
  }

  /**
   * Padding behind a text costs as much as text. Whether a graph gives the same without it is tried, not believed: one that
   * reads its padding, or takes the vector from its last place, does not.
   */
  const isSameWhenTight = async (): Promise<boolean> => {
    if (typeof length === 'number' || !masksPadding) return false
    const padded = await embed(trialPrompts, false)
    const tight = await embed(trialPrompts, true)
    if (!padded.ok || !tight.ok) return false
    return padded.value.every((vector, i) => dot(vector, tight.value[i] ?? vector.slice(0, 0)) > sameCosine)
  }
  let isTight = await isSameWhenTight()

  return ok({
    dimensions,
    isPadded: () => !isTight,
    fits: tokenizer.value.fits,
    embedBatch: async (prompts) => {
      const found = await embed(prompts, isTight)
      if (found.ok || !isTight) return found
      // Another length than those of the trial: some graphs take only a few.
      isTight = false
      return embed(prompts, false)
    },
    dispose: session.dispose,
  })
}
