import { parse } from '@plussub/srt-vtt-parser'

/** A line of a subtitle as it stands in a file. Seconds as written there. */
export type FileCue = { readonly start: number; readonly end: number; readonly text: string }

const moment = String.raw`(-?)(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?`
const timeLine = new RegExp(String.raw`^\s*${moment}\s*-->\s*${moment}(?:\s|$)`)
const vttBlock = /^(WEBVTT|NOTE|STYLE|REGION)\b/

/** `hh:mm:ss,mmm` from the five groups of `moment`. What a shifted file says before the film begins is said at its start. */
const canonical = (groups: readonly (string | undefined)[]): string => {
  const [minus, hours = '0', minutes = '0', seconds = '0', fraction = ''] = groups
  if (minus === '-') return '00:00:00,000'
  return `${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}:${seconds.padStart(2, '0')},${fraction.padEnd(3, '0')}`
}

type Block = { readonly times: string; readonly lines: string[] }

/**
 * SubRip or WebVTT as people's tools write it, as blocks that the parser takes: it throws away a whole file for one bad
 * block, reads "5" as 5 ms where milliseconds are missing, and calls any block with "note" in it a comment (2.0.5).
 */
const blocksOf = (source: string): readonly Block[] => {
  const blocks: Block[] = []
  let skipping = false
  let afterBlank = true
  const lines = source.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  for (const [at, line] of lines.entries()) {
    const times = timeLine.exec(line)
    const isBlank = line.trim() === ''
    if (times !== null) {
      skipping = false
      blocks.push({
        times: `${canonical(times.slice(1, 6))} --> ${canonical(times.slice(6, 11))}`,
        lines: [],
      })
    } else if (afterBlank && vttBlock.test(line)) skipping = true
    else if (isBlank) skipping = false
    // The line above a time line is the cue's number or name, where it stands by itself.
    else if (!skipping && !(timeLine.test(lines[at + 1] ?? '') && (afterBlank || /^\s*\d+\s*$/.test(line))))
      blocks.at(-1)?.lines.push(line)
    afterBlank = isBlank
  }
  return blocks.filter(({ lines: text }) => text.length > 0)
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lrm: '',
  rlm: '',
  shy: '',
}

const decodeEntity = (whole: string, name: string): string => {
  if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole
  const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
}

/** Pictures drawn with ASS commands: "m 0 0 l 100 0 100 100". */
const drawing = /^m\s+-?[\d.]+\s+-?[\d.]+(\s+([mnlbspc]|-?[\d.]+))*$/

/**
 * The words of a cue: without tags (HTML, WebVTT's voices and times), override codes (ASS), entities decoded, each line
 * trimmed, empty lines left out. Empty for a drawing.
 */
export const plainCueText = (text: string): string => {
  const words = text
    .replace(/\{\\[^}]*\}/g, '')
    .replace(/\\[Nn]/g, '\n')
    .replace(/\\h/g, ' ')
    .replace(/<\/?[a-z][^<>]*>|<\/>|<\d[\d:.]*>/gi, '')
    .replace(/&(#\d+|#x[0-9a-f]+|[a-z]+);/gi, decodeEntity)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
  return drawing.test(words) ? '' : words
}

/** The cues of a SubRip or WebVTT text, in its order. What is broken in it costs the broken part; never throws. */
export const parseCues = (source: string): readonly FileCue[] => {
  const clean = blocksOf(source).map(({ times, lines }, at) => `${at + 1}\n${times}\n${lines.join('\n')}\n`)
  return parse(clean.join('\n'))
    .entries.map(({ from, to, text }) => ({ start: from / 1000, end: to / 1000, text: plainCueText(text) }))
    .filter(({ start, end, text }) => text !== '' && end > start)
}
