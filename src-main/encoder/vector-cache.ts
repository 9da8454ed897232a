import { ok, type Result } from '../../src-preload/contract/result.ts'
import type { TextEncoder_, TextVector } from './text-encoder.ts'

/** The last vectors asked for, by model and text, so that typing and paging through results costs nothing. */
export type VectorCache = {
  readonly size: () => number
  readonly get: (model: string, text: string) => TextVector | undefined
  readonly set: (model: string, text: string, vector: TextVector) => void
}

/** Holds at most `limit` vectors and forgets what was not asked for longest; 5,000 of 512 numbers are 10 MB. */
export const createVectorCache = (limit: number): VectorCache => {
  // A Map keeps the order of insertion: taking out and putting back makes an entry the youngest.
  const entries = new Map<string, TextVector>()
  const keyOf = (model: string, text: string): string => `${model}\0${text}`
  return {
    size: () => entries.size,
    get: (model, text) => {
      const key = keyOf(model, text)
      const found = entries.get(key)
      if (found !== undefined) {
        entries.delete(key)
        entries.set(key, found)
      }
      return found
    },
    set: (model, text, vector) => {
      const key = keyOf(model, text)
      entries.delete(key)
      entries.set(key, vector)
      const [oldest] = entries.keys()
      if (entries.size > limit && oldest !== undefined) entries.delete(oldest)
    },
  }
}

/**
 * `encoder.embed` that asks only for what the cache lacks, each text once. `model` names the files, not only
 * the manifest's id: a space is never mixed with another. `encoder` is called only when something is missing, so a
 * model that was unloaded stays so for texts that are known. Errors: those of `encoder`.
 */
export const embedCached = async (
  cache: VectorCache,
  model: string,
  texts: readonly string[],
  embed: TextEncoder_['embed'],
  signal?: AbortSignal,
): Promise<Result<readonly TextVector[]>> => {
  const found = new Map(texts.map((text) => [text, cache.get(model, text)]))
  const missing = [...found].filter(([, vector]) => vector === undefined).map(([text]) => text)
  if (missing.length > 0) {
    const made = await embed(missing, signal)
    if (!made.ok) return made
    for (const [i, vector] of made.value.entries()) {
      const text = missing[i]
      if (text === undefined) throw new Error('An encoder gave more vectors than texts')
      found.set(text, vector)
      cache.set(model, text, vector)
    }
  }
  return ok(
    texts.map((text) => {
      const vector = found.get(text)
      if (vector === undefined) throw new Error('An encoder gave fewer vectors than texts')
      return vector
    }),
  )
}
