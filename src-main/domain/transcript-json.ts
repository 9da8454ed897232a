import * as v from 'valibot'
import { plainCueText } from './cue-text.ts'
import type { FileCue } from './cue-text.ts'

/** What a speech recogniser wrote beside a film. */
export type Transcript = { readonly language: string | null; readonly cues: readonly FileCue[] }

/** Whisper and those that write as it does (faster-whisper, WhisperX): seconds. */
const whisper = v.object({
  language: v.optional(v.nullable(v.string())),
  segments: v.array(v.object({ start: v.number(), end: v.number(), text: v.string() })),
})
/** whisper.cpp: milliseconds. */
const whisperCpp = v.object({
  result: v.optional(v.object({ language: v.optional(v.string()) })),
  transcription: v.array(
    v.object({ offsets: v.object({ from: v.number(), to: v.number() }), text: v.string() }),
  ),
})

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: no schema fits undefined.
    return undefined
  }
}

/** `en` of Whisper's `en`; its `english` is no tag. */
const tagOf = (language: string | null | undefined): string | null =>
  language !== null && language !== undefined && /^[a-z]{2,3}$/.test(language) ? language : null

const clean = (cues: readonly FileCue[]): readonly FileCue[] =>
  cues
    .map(({ start, end, text }) => ({ start, end, text: plainCueText(text) }))
    .filter(({ start, end, text }) => text !== '' && start >= 0 && end > start)

/** The transcript in a JSON text, or null where it is something else (cameras and downloaders write .json too). */
export const parseTranscript = (text: string): Transcript | null => {
  const json = parsed(text)
  const python = v.safeParse(whisper, json)
  if (python.success) return { language: tagOf(python.output.language), cues: clean(python.output.segments) }
  const cpp = v.safeParse(whisperCpp, json)
  if (!cpp.success) return null
  const { transcription, result } = cpp.output
  return {
    language: tagOf(result?.language),
    cues: clean(
      transcription.map(({ offsets, text: words }) => ({
        start: offsets.from / 1000,
        end: offsets.to / 1000,
        text: words,
      })),
    ),
  }
}
