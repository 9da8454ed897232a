import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import type { OnnxPort } from './onnx-session.ts'

/** What a graph takes and gives. */
export type GraphPorts = { readonly inputs: readonly OnnxPort[]; readonly outputs: readonly OnnxPort[] }

/** Looks at a graph's names. An argument: opening one blocks a thread for seconds, so an engine may do it. */
export type ReadPorts = (path: string) => Promise<Result<GraphPorts>>

/**
 * The port with the first of the `preferred` names that is there and fits; else the first that fits, never simply the
 * first (SigLIP's is last_hidden_state; CLIP's pooler_output has another length: methods.md 3). `shape` has null
 * where any size will do. Errors: bad-model, with the names and shapes that there are.
 */
export const choosePort = (
  file: string,
  kind: 'input' | 'output',
  ports: readonly OnnxPort[],
  preferred: readonly string[],
  shape: readonly (number | null)[],
): Result<OnnxPort> => {
  const fitting = ports.filter(
    (port) =>
      port.shape.length === shape.length &&
      port.shape.every((size, axis) => {
        const wanted = shape[axis] ?? null
        return wanted === null || typeof size === 'string' || size === wanted
      }),
  )
  const named = preferred.map((name) => fitting.find((port) => port.name === name))
  const chosen = named.find((port) => port !== undefined) ?? fitting[0]
  if (chosen !== undefined) return ok(chosen)
  const wanted = shape.map((size) => size ?? 'any').join(', ')
  const there = ports.map((port) => `${port.name} [${port.shape.join(', ')}]`).join('; ')
  return fail('bad-model', `${file} has no ${kind} of the shape [${wanted}]; it has: ${there}`)
}
