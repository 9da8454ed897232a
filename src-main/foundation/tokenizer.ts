import { readFile } from 'node:fs/promises'
import { Tokenizer } from '@huggingface/tokenizers'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import type { ModelFolder } from './model-folder.ts'

/** Token ids of `rows` texts, row-major [rows, length]; `mask` is 1 for a token, 0 for padding. */
export type TokenRows = {
  readonly rows: number
  readonly length: number
  readonly ids: BigInt64Array
  readonly mask: BigInt64Array
}

/** Of lengths that are not full: a graph plans its memory anew for each one it meets. */
const step = 8

export type TextTokenizer = {
  /** The ids of one text without padding, cut to the context with the end token kept. */
  readonly idsOf: (text: string) => readonly number[]
  /** Whether the model can read all of it. */
  readonly fits: (text: string) => boolean
  /**
   * Each text padded with padId to exactly contextLength: some graphs take nothing else (methods.md 6, trap 3). `tight`: no
   * further than the longest of them needs, in steps of 8.
   */
  readonly rowsOf: (texts: readonly string[], tight?: boolean) => TokenRows
}

/** Reads the model's tokenizer.json (up to 34 MB, Gemma's). Errors: bad-model. */
export const openTokenizer = async (folder: ModelFolder): Promise<Result<TextTokenizer>> => {
  const { contextLength, lowercase, padId } = folder.manifest.text
  let tokenizer: Tokenizer
  try {
    const json = JSON.parse(await readFile(folder.paths.tokenizer, 'utf8')) as object
    tokenizer = new Tokenizer(json, {})
  } catch (error) {
    const message = error instanceof Error ? error.message.split('\n')[0] : String(error)
    return fail('bad-model', `${folder.manifest.tokenizer.file} is no tokenizer: ${message ?? ''}`)
  }

  // SigLIP 2's tokenizer.json does not lower-case though the model was trained so (methods.md 3)
  const encode = (text: string): readonly number[] =>
    tokenizer.encode(lowercase ? text.toLowerCase() : text).ids

  const idsOf = (text: string): readonly number[] => {
    const ids = encode(text)
    if (ids.length <= contextLength) return ids
    // The last id is the end token, which CLIP and SigLIP read the text's vector from: it must survive.
    return [...ids.slice(0, contextLength - 1), ...ids.slice(-1)]
  }

  const rowsOf = (texts: readonly string[], tight = false): TokenRows => {
    const tokens = texts.map(idsOf)
    const longest = tokens.reduce((most, own) => Math.max(most, own.length), 1)
    const length = tight ? Math.min(contextLength, Math.ceil(longest / step) * step) : contextLength
    const ids = new BigInt64Array(texts.length * length).fill(BigInt(padId))
    const mask = new BigInt64Array(ids.length)
    for (const [row, own] of tokens.entries())
      for (const [column, id] of own.entries()) {
        ids[row * length + column] = BigInt(id)
        mask[row * length + column] = 1n
      }
    return { rows: texts.length, length, ids, mask }
  }

  return ok({ idsOf, fits: (text) => encode(text).length <= contextLength, rowsOf })
}
