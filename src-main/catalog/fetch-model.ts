import { rename, rm } from 'node:fs/promises'
import type { RegistryEntry } from '../../src-preload/contract/model-registry.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { downloadModel } from '../foundation/download-model.ts'
import type { ModelDownload } from '../foundation/download-model.ts'
import type { ParityGate } from './model-checks.ts'
import { writeParity } from './parity-note.ts'

/** Files of which the registry names a full-precision one are quantised. */
export const isQuantised = (entry: RegistryEntry): boolean =>
  entry.files.some(({ bigger }) => bigger !== undefined)

/**
 * Compares what was downloaded with full precision, if it is quantised, and writes down what was found. Where it fails
 * the full-precision files take the place of the quantised ones. `tools` is for that second download.
 */
export const passParity = async (
  entry: RegistryEntry,
  directory: string,
  gate: ParityGate,
  tools: ModelDownload,
): Promise<Result<null>> => {
  if (!isQuantised(entry)) return ok(null)
  const { signal, have = [] } = tools
  const judged = await gate({ id: entry.id, directory }, have, signal)
  if (!judged.ok) {
    if (judged.error.code === 'cancelled') return judged
    await writeParity(directory, { state: 'unverified', why: judged.error.message })
    return ok(null)
  }
  const { state, why, bigger } = judged.value
  await writeParity(directory, judged.value)
  if (state !== 'failed' || bigger.length === 0) return ok(null)
  const refused = `${directory}.refused`
  await rm(refused, { recursive: true, force: true })
  await rename(directory, refused)
  // What passed is taken over from there.
  const again = await downloadModel(entry, directory, { ...tools, bigger, have: [refused, ...have] })
  if (!again.ok) {
    // Better the refused files with their verdict than none: they can be removed, or got again.
    await rename(refused, directory)
    return fail(
      again.error.code,
      `${why}; its full-precision files: ${again.error.message}`,
      again.error.advice,
    )
  }
  await rm(refused, { recursive: true, force: true })
  await writeParity(directory, { state: 'passed', why: 'the full-precision files were taken' })
  return ok(null)
}
