import type { RegistryShots } from '../../src-preload/contract/model-registry.ts'
import type { ShotModelManifest } from '../../src-preload/contract/shot-model-manifest.ts'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import { choosePort, type ReadPorts } from './graph-names.ts'

/** TransNetV2's window: 100 frames of 48x27, red first (docs/shot-model.md). */
const inputShape = [null, 100, 27, 48, 3] as const
const outputShapes = [
  [null, 100, 1],
  [null, 100],
] as const

/**
 * The model.json of a registry's detector of cuts whose graph lies at `path`. Its second output, of whole transitions,
 * has the same shape as the right one: where no name tells them apart it is refused. Errors: bad-model, model-failed.
 */
export const describeShots = async (
  entry: RegistryShots,
  commit: string,
  path: string,
  file: Pick<ShotModelManifest, 'file' | 'bytes' | 'sha256'>,
  read: ReadPorts,
): Promise<Result<ShotModelManifest & { readonly source: object }>> => {
  const ports = await read(path)
  if (!ports.ok) return ports
  const input = choosePort(file.file, 'input', ports.value.inputs, entry.shots.inputs, inputShape)
  if (!input.ok) return input
  const outputs = ports.value.outputs.filter((port) =>
    outputShapes.some((shape) => choosePort(file.file, 'output', [port], [], shape).ok),
  )
  const named = entry.shots.outputs.map((name) => outputs.find((port) => port.name === name))
  const output = named.find((port) => port !== undefined) ?? (outputs.length === 1 ? outputs[0] : undefined)
  if (output === undefined) {
    const there = ports.value.outputs.map((port) => `${port.name} [${port.shape.join(', ')}]`).join('; ')
    return fail('bad-model', `${file.file}: nobody can say which output is that of single frames: ${there}`)
  }
  return ok({
    manifestVersion: 1,
    kind: 'shots',
    id: entry.id,
    name: entry.name,
    licence: { id: entry.licence.id, commercialUse: true },
    ...file,
    input: input.value.name,
    output: output.name,
    logits: entry.shots.logits,
    source: { repository: entry.repository, revision: commit },
  })
}
