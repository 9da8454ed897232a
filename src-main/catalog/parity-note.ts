import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'

const note = v.object({ state: v.picklist(['passed', 'failed', 'unverified']), why: v.string() })

/** What the parity gate said of a downloaded model; lies in its folder, so that all libraries know it. */
export type ParityNote = v.InferOutput<typeof note>

const fileIn = (directory: string): string => join(directory, 'parity.json')

/** Unverified where nothing, or nothing that can be read, was written down. */
export const readParity = async (directory: string): Promise<ParityNote> => {
  try {
    return v.parse(note, JSON.parse(await readFile(fileIn(directory), 'utf8')))
  } catch {
    return { state: 'unverified', why: 'it was not compared yet' }
  }
}

export const writeParity = (directory: string, { state, why }: ParityNote): Promise<void> =>
  writeFile(fileIn(directory), `${JSON.stringify({ state, why })}\n`)
