import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import type { OnnxPort, OnnxSession } from './onnx-session.ts'

/** What a manifest promises of a graph's input or output; null is a dimension that may be anything. */
export type PromisedPort = { readonly name: string; readonly shape: readonly (number | null)[] }

/**
 * Compares what the manifest says with what the graph declares, so that a wrong model.json fails when it is
 * opened and not in the middle of a film. Only fixed dimensions can be compared. Errors: model-failed, with the
 * names that there are.
 */
export const checkPorts = (
  file: string,
  session: OnnxSession,
  inputs: readonly PromisedPort[],
  output: PromisedPort,
): Result<null> => {
  for (const input of inputs) {
    const checked = checkPort(file, 'input', session.inputs, input)
    if (!checked.ok) return checked
  }
  const unfed = session.inputs.find((port) => !inputs.some((input) => input.name === port.name))
  if (unfed !== undefined)
    return fail('model-failed', `${file} wants an input "${unfed.name}" that model.json does not name`)
  return checkPort(file, 'output', session.outputs, output)
}

const checkPort = (
  file: string,
  kind: 'input' | 'output',
  ports: readonly OnnxPort[],
  promised: PromisedPort,
): Result<null> => {
  const port = ports.find((candidate) => candidate.name === promised.name)
  if (port === undefined) {
    const names = ports.map((candidate) => candidate.name).join(', ')
    return fail('model-failed', `${file} has no ${kind} "${promised.name}"; it has: ${names}`)
  }
  const differs =
    port.shape.length !== promised.shape.length ||
    port.shape.some((size, axis) => {
      const wanted = promised.shape[axis]
      return typeof size === 'number' && typeof wanted === 'number' && size !== wanted
    })
  if (!differs) return ok(null)
  const wanted = promised.shape.map((size) => size ?? 'any').join(', ')
  return fail(
    'model-failed',
    `${file}: ${kind} "${port.name}" is [${port.shape.join(', ')}], not [${wanted}]`,
  )
}
