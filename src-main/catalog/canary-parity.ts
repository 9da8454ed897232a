import { join } from 'node:path'
import type { ModelRegistry, RegistryFile } from '../../src-preload/contract/model-registry.ts'
import { ok } from '../../src-preload/contract/result.ts'
import { askParity } from '../foundation/ask-canary.ts'
import type { CanaryTools } from '../foundation/ask-canary.ts'
import { openModelFolder } from '../foundation/model-folder.ts'
import type { Role } from '../foundation/plan-download.ts'
import type { ParityGate } from './model-checks.ts'

type Half = 'image' | 'text'

/** The full-precision file of one half in one of the folders, told by its digest; null where it is nowhere. */
const fullFile = async (
  files: readonly RegistryFile[],
  half: Half,
  folders: readonly string[],
): Promise<string | null> => {
  const wanted = files.find(({ role }) => role === half)?.bigger?.sha256
  if (wanted === undefined || wanted === null) return null
  for (const directory of folders) {
    const folder = await openModelFolder(directory, { verify: false })
    if (folder.ok && folder.value.manifest[half].sha256 === wanted)
      return join(directory, folder.value.manifest[half].file)
  }
  return null
}

/** The parity gate of methods.md 3, run in a canary process; `unverified` while no full-precision file is on this disk. */
export const createCanaryParity =
  (canary: CanaryTools, registry: ModelRegistry, threads: number): ParityGate =>
  async (model, full, signal) => {
    const files = registry.models.find(({ id }) => id === model.id)?.files ?? []
    const [fullImage, fullText] = [await fullFile(files, 'image', full), await fullFile(files, 'text', full)]
    const { directory } = model
    const asked = { kind: 'parity' as const, directory, threads, fullFolder: null, fullImage, fullText }
    const report = await askParity(canary, asked, signal)
    if (!report.ok) return report
    const { state, why } = report.value
    const bigger: Role[] =
      state === 'failed' ? files.flatMap(({ role, bigger: file }) => (file === undefined ? [] : [role])) : []
    return ok({ state, why, bigger })
  }
