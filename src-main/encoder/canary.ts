import { constants, setPriority } from 'node:os'
import * as v from 'valibot'
import { ok, type Result } from '../../src-preload/contract/result.ts'
import { canaryRequest, type CanaryRequest } from '../foundation/canary-report.ts'
import { openModelFolder, type ModelFolder } from '../foundation/model-folder.ts'
import { runParityGate, type FullTowers } from '../foundation/parity-gate.ts'
import { tellParent } from '../foundation/parent-link.ts'
import { runProviderCanary } from '../foundation/provider-canary.ts'

/**
 * A process of its own that tries what may crash or hang: a provider's driver, a quantised file. Its argument is a
 * `canaryRequest` as JSON, its one word a report of `canary-report.ts`.
 */
const open = (directory: string): Promise<Result<ModelFolder>> =>
  openModelFolder(directory, { verify: false })

const fullTowers = async (
  request: CanaryRequest & { readonly kind: 'parity' },
  own: ModelFolder,
): Promise<Result<FullTowers>> => {
  if (request.fullFolder !== null) {
    const folder = await open(request.fullFolder)
    return folder.ok ? ok({ image: folder.value, text: folder.value }) : folder
  }
  const { fullImage, fullText } = request
  return ok({
    image: fullImage === null ? null : { ...own, paths: { ...own.paths, image: fullImage } },
    text: fullText === null ? null : { ...own, paths: { ...own.paths, text: fullText } },
  })
}

const answer = async (request: CanaryRequest): Promise<Result<Readonly<Record<string, unknown>>>> => {
  const folder = await open(request.directory)
  if (!folder.ok) return folder
  if (request.kind === 'provider')
    return runProviderCanary({ ...request, folder: folder.value, clock: () => performance.now() / 1000 })
  const full = await fullTowers(request, folder.value)
  return full.ok ? runParityGate(folder.value, full.value, request.threads) : full
}

try {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
} catch {
  // A sandbox may forbid it; then it is merely less polite.
}
const said = await answer(v.parse(canaryRequest, JSON.parse(process.argv[2] ?? '')))
tellParent(said.ok ? said.value : { kind: 'refused', code: said.error.code, message: said.error.message })
// The parent ends us once it has heard; where it does not, an exit that waits until the word is out.
setTimeout(() => process.exit(0), 2_000)
