import type { Cue } from '../../src-preload/contract/video-facts.ts'

/**
 * Cues in order of time, each once: the same words at the same time (two streams, a stream and a sidecar, the layers of
 * an ASS effect) are one, which keeps the first language that is known.
 */
export const mergeCues = (cues: readonly Cue[]): readonly Cue[] => {
  const merged = new Map<string, Cue>()
  for (const cue of cues) {
    const key = `${cue.start.toFixed(3)} ${cue.end.toFixed(3)} ${cue.text}`
    const known = merged.get(key)
    if (known === undefined) merged.set(key, cue)
    else if (known.language === null) merged.set(key, { ...known, language: cue.language })
  }
  return [...merged.values()].sort((a, b) => a.start - b.start || a.end - b.end)
}
