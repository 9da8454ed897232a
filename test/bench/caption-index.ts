import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import { captionWords } from './caption-words.ts'
import { zipEntries } from './zip-entries.ts'

export const captionFile = 'vtg-gpt/frame_captions_val.zip'

const captionRow = v.object({ description: v.string() })

/** BM25 as methods.md 2e states it. */
const k1 = 1.2
const b = 0.75

/** A film's captions: frames [from, to) of all frames, one every 2 s. */
export type CaptionedVideo = { readonly id: string; readonly from: number; readonly to: number }

/** A text-only stand-in for an image encoder: one caption a frame (methods.md 4.2, S3). */
export type CaptionIndex = {
  readonly videos: readonly CaptionedVideo[]
  /** BM25 of `query` with every frame's caption; frames in the order of `videos`. */
  readonly score: (query: string) => Float64Array
}

/** Frames that hold a word, and how often, side by side. */
type Postings = { readonly frames: number[]; readonly counts: number[] }

/** Indexes 113,620 captions of 1,519 films; about 2 s. */
export const captionIndex = (folder: string): CaptionIndex => {
  const postings = new Map<string, Postings>()
  const lengths: number[] = []
  const videos: CaptionedVideo[] = []
  for (const [name, content] of zipEntries(readFileSync(join(folder, captionFile)))) {
    const from = lengths.length
    for (const line of content.split('\n').filter((row) => row.trim() !== '')) {
      const caption = captionWords(v.parse(captionRow, JSON.parse(line)).description)
      const counts = new Map<string, number>()
      for (const word of caption) counts.set(word, (counts.get(word) ?? 0) + 1)
      for (const [word, count] of counts) {
        const list = postings.get(word) ?? { frames: [], counts: [] }
        list.frames.push(lengths.length)
        list.counts.push(count)
        postings.set(word, list)
      }
      lengths.push(caption.length)
    }
    videos.push({ id: basename(name, '.jsonl'), from, to: lengths.length })
  }
  const frames = lengths.length
  const average = lengths.reduce((sum, length) => sum + length, 0) / frames
  const score = (query: string): Float64Array => {
    const scores = new Float64Array(frames)
    for (const word of new Set(captionWords(query))) {
      const list = postings.get(word)
      if (!list) continue
      const rarity = Math.log(1 + (frames - list.frames.length + 0.5) / (list.frames.length + 0.5))
      for (const [i, frame] of list.frames.entries()) {
        const count = list.counts[i] ?? 0
        const norm = k1 * (1 - b + (b * (lengths[frame] ?? 0)) / average)
        scores[frame] = (scores[frame] ?? 0) + (rarity * count * (k1 + 1)) / (count + norm)
      }
    }
    return scores
  }
  return { videos, score }
}
