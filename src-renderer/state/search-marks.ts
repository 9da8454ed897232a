/** What a search took, as marks of the browser's own clock: each with the text that it is about. */
type Mark = 'kinora:key' | 'kinora:asked' | 'kinora:answered' | 'kinora:shown'

/** So many are kept: a search has four, and nobody looks further back. */
const mostMarks = 400

let marks = 0
let lastKey = { text: '', at: 0 }

/**
 * Notes that a key changed the text, that it was asked, that the answer came, or that it is in the page; and measures
 * `kinora:key-to-shown` where what is in the page is what the last key asked for.
 */
export const markSearch = (mark: Mark, text: string): void => {
  marks += 1
  // Only between two texts: those of one belong together.
  if (mark === 'kinora:key' && marks > mostMarks) {
    marks = 1
    performance.clearMarks()
    performance.clearMeasures('kinora:key-to-shown')
  }
  const { startTime } = performance.mark(mark, { detail: { text } })
  if (mark === 'kinora:key') lastKey = { text, at: startTime }
  if (mark === 'kinora:shown' && lastKey.text === text)
    performance.measure('kinora:key-to-shown', { start: lastKey.at, detail: { text } })
}
