import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import * as v from 'valibot'
import type { Log } from '../foundation/log.ts'

const bounds = v.strictObject({
  x: v.pipe(v.number(), v.integer()),
  y: v.pipe(v.number(), v.integer()),
  width: v.pipe(v.number(), v.integer(), v.minValue(200)),
  height: v.pipe(v.number(), v.integer(), v.minValue(200)),
})
const desktopState = v.strictObject({
  bounds: v.optional(bounds),
  maximized: v.optional(v.boolean()),
  /** Where the folder dialog opens: since Electron 43 the system no longer remembers it (anchors.md 2.4). */
  lastFolder: v.optional(v.string()),
})

/** What the desktop remembers between starts, and nothing that matters. */
export type DesktopState = v.InferOutput<typeof desktopState>

export type DesktopStateFile = {
  readonly get: () => DesktopState
  /** Keeps these values; written at once, a failure is logged only. */
  readonly keep: (change: DesktopState) => void
}

const read = (file: string): DesktopState => {
  try {
    const parsed = v.safeParse(desktopState, JSON.parse(readFileSync(file, 'utf8')))
    return parsed.success ? parsed.output : {}
  } catch {
    return {} // the first start, or half a file from a crash: begin anew
  }
}

/** Opens the small JSON file that holds the desktop's state. */
export const openDesktopState = (file: string, log: Log): DesktopStateFile => {
  let state = read(file)
  return {
    get: () => state,
    keep: (change) => {
      state = { ...state, ...change }
      try {
        writeFileSync(`${file}.new`, JSON.stringify(state))
        renameSync(`${file}.new`, file)
      } catch (err) {
        log.warn({ err, file }, 'the window state could not be kept')
      }
    },
  }
}
