import type { FileCue } from './cue-text.ts'

/** Cues of one effect follow each other within a frame or two; what people say twice has a breath between. Seconds. */
const touching = 0.1

/** `Hello` grows to `Hello world`, not to `Helloween`. */
const growsTo = (line: string, other: string): boolean =>
  other === line || (other.startsWith(line) && /^[^\p{L}\p{N}]/u.test(other.slice(line.length)))

/**
 * How many lines of `next` were there before it: the longest run at its beginning that ends `before`, whose last line may
 * have grown since. 0: it begins anew.
 */
const repeated = (before: readonly string[], next: readonly string[]): number => {
  for (let count = Math.min(before.length, next.length); count > 0; count -= 1) {
    const tail = before.slice(-count)
    const same = tail.every((line, i) => (i < count - 1 ? line === next[i] : growsTo(line, next[i] ?? '')))
    if (same) return count
  }
  return 0
}

/**
 * The cues of one subtitle in order of time, each line once: captions that roll up repeat the lines before the new one
 * (broadcast, automatic WebVTT), live ones grow word by word, and the layers and frames of an ASS effect say the same at the
 * same time. A cue that says nothing new makes the one before it last longer.
 */
export const withoutRepeats = (cues: readonly FileCue[]): readonly FileCue[] => {
  const kept: { start: number; end: number; lines: string[] }[] = []
  const lastWith = new Map<string, (typeof kept)[number]>()
  let before: { readonly end: number; readonly lines: readonly string[] } = { end: -Infinity, lines: [] }
  for (const { start, end, text } of cues.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const lines = text.split('\n')
    const same = lastWith.get(text)
    const last = kept.at(-1)
    const known = start <= before.end + touching ? repeated(before.lines, lines) : 0
    before = { end: Math.max(end, known > 0 ? before.end : -Infinity), lines }
    if (same !== undefined && start <= same.end + touching) {
      same.end = Math.max(same.end, end)
      continue
    }
    if (known > 0 && last !== undefined) {
      last.end = Math.max(last.end, known === lines.length ? end : Math.min(end, start))
      const grown = lines[known - 1]
      if (grown !== undefined) last.lines[last.lines.length - 1] = grown
      if (known === lines.length) continue
    }
    const fresh = { start, end, lines: lines.slice(known) }
    kept.push(fresh)
    lastWith.set(text, fresh)
  }
  return kept.map(({ start, end, lines }) => ({ start, end, text: lines.join('\n') }))
}
