import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import type { ShotModelManifest } from '../../src-preload/contract/shot-model-manifest.ts'
import { sigmoid } from '../domain/shot-predictions.ts'
import { shotWindow } from '../domain/shot-windows.ts'
import { openOnnxSession, type OnnxOptions, type OnnxSession } from './onnx-session.ts'
import { checkPorts } from './tower-ports.ts'

/** A shot model's graph, loaded. */
export type ShotSession = {
  /**
   * The probability of each of a window's 100 frames (rgb24, one after the other) that it belongs to a transition.
   * Blocks this thread (onnx-session.ts says why). Errors: model-failed, also for numbers that are not finite.
   */
  readonly predict: (rgb: Uint8Array) => Promise<Result<Float32Array>>
  readonly dispose: () => Promise<void>
}

const { frames, width, height } = shotWindow
const windowShape = [frames, height, width, 3] as const

/** Loads the graph and checks its names, types and shapes against the manifest. Blocks. Errors: model-failed. */
export const openShotSession = async (
  path: string,
  manifest: ShotModelManifest,
  options: OnnxOptions,
): Promise<Result<ShotSession>> => {
  const opened = await openOnnxSession(path, options)
  if (!opened.ok) return opened
  const session = opened.value
  const outputRank = session.outputs.find((port) => port.name === manifest.output)?.shape.length
  const answerShape = outputRank === 2 ? [frames] : [frames, 1]
  const checked = checkGraph(session, manifest, answerShape)
  if (!checked.ok) {
    await session.dispose()
    return checked
  }
  const declared = session.inputs.find((port) => port.name === manifest.input)?.shape[0]
  const batch = typeof declared === 'number' ? declared : 1

  const predict: ShotSession['predict'] = async (rgb) => {
    // Values 0 to 255: the graph divides. What a fixed batch has too many stays black, and its answers are not read.
    const data = new Float32Array(batch * rgb.length)
    data.set(rgb)
    const answer = await session.run(
      { [manifest.input]: { data, shape: [batch, ...windowShape] } },
      manifest.output,
      [batch, ...answerShape],
    )
    if (!answer.ok) return answer
    const own = answer.value.slice(0, frames)
    if (!own.every(Number.isFinite))
      return fail('model-failed', `${manifest.file} gave numbers that are not finite`)
    return ok(manifest.logits ? sigmoid(own) : own)
  }
  return ok({ predict, dispose: session.dispose })
}

const checkGraph = (
  session: OnnxSession,
  { file, input, output }: ShotModelManifest,
  answerShape: readonly number[],
): Result<null> => {
  const checked = checkPorts(file, session, [{ name: input, shape: [null, ...windowShape] }], {
    name: output,
    shape: [null, ...answerShape],
  })
  if (!checked.ok) return checked
  const type = session.inputs.find((port) => port.name === input)?.type ?? ''
  return ['uint8', 'float32', 'float16'].includes(type)
    ? ok(null)
    : fail('model-failed', `${file}: input "${input}" is of ${type}, not of uint8 or float32`)
}
