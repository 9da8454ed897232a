import { join } from 'node:path'
import { env, InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import { providerOrder, type OnnxProvider } from '../domain/onnx-provider.ts'

export type OnnxOptions = {
  /** Threads inside one operator. Never more than the cores that are to be used: cpu_count is a trap (methods.md 6). */
  readonly threads: number
  /**
   * Where it runs; without it on the CPU. A provider that is not in this build, has no library or no device fails: no
   * other takes its place. What it does NOT say (onnxruntime does not): operators that the provider cannot do run on
   * the CPU all the same, in the worst case all of them; `placementOf` a profile tells.
   */
  readonly provider?: OnnxProvider
  /** Folder that gets a profile of everything that ran, at `dispose`: for `placementOf`. */
  readonly profileInto?: string
}

/** A provider that onnxruntime was built with here; `bundled` false: its library is installed apart. */
export type ListedProvider = { readonly name: OnnxProvider; readonly bundled: boolean }

/** What this build of onnxruntime knows, by its own answer; TensorRT (a layer over CUDA) is none of ours. */
export const listedProviders = (): readonly ListedProvider[] =>
  listSupportedBackends().flatMap(({ name, bundled }) => {
    const known = providerOrder.find((provider) => provider === name)
    return known === undefined ? [] : [{ name: known, bundled }]
  })

export const onnxruntimeVersion: string = env.versions.node ?? env.versions.common

/** An input or output as the graph declares it; a free dimension is a name, a fixed one a number. */
export type OnnxPort = {
  readonly name: string
  readonly type: string
  readonly shape: readonly (number | string)[]
}

/** Data for one input, row-major. Converted to float16, uint8 or int32 where the graph declares those. */
export type OnnxInput = { readonly data: Float32Array | BigInt64Array; readonly shape: readonly number[] }

export type OnnxSession = {
  readonly inputs: readonly OnnxPort[]
  readonly outputs: readonly OnnxPort[]
  /**
   * The output named `output`, row-major, of exactly `shape`; it is the caller's own. Outputs are taken by
   * name, never by position: SigLIP's first is last_hidden_state (methods.md 6). BLOCKS this thread for the
   * whole batch: the promise of onnxruntime-node is a setImmediate around a synchronous call (anchors.md 2.6).
   * The data must stay unchanged until it resolves. Errors: model-failed.
   */
  readonly run: (
    inputs: Readonly<Record<string, OnnxInput>>,
    output: string,
    shape: readonly number[],
  ) => Promise<Result<Float32Array>>
  /** Gives its memory back; a run that comes later fails with model-failed. */
  readonly dispose: () => Promise<void>
}

/**
 * Opens an .onnx file with all graph optimisations. BLOCKS this thread while it loads: 1.9 s for ViT-B/32's
 * image tower (ffmpeg.md), so never in a process that must answer; a driver may even take it down: only what passed
 * the canary (provider-canary.ts) is used elsewhere. Errors: model-failed.
 */
export const openOnnxSession = async (path: string, options: OnnxOptions): Promise<Result<OnnxSession>> => {
  const provider = options.provider ?? 'cpu'
  // onnxruntime drops names that it does not know from a list without a word; one name alone it refuses.
  if (!listedProviders().some(({ name }) => name === provider))
    return fail('model-failed', `onnxruntime has no provider "${provider}" on this platform`)
  const profile = options.profileInto
  let session: InferenceSession
  try {
    session = await InferenceSession.create(path, {
      executionProviders: [configOf(provider)],
      ...(profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: join(profile, 'run') }),
      // DirectML runs no other way (onnxruntime's documentation of its provider)
      ...(provider === 'dml' ? { enableMemPattern: false } : {}),
      graphOptimizationLevel: 'all',
      intraOpNumThreads: options.threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      // 3 = errors only: its warnings (unused initialisers and the like) go to stderr and help nobody
      logSeverityLevel: 3,
      // Its threads would turn on the spot while they wait: 2.4 s of CPU instead of 0.03 s for 60 short runs with
      // pauses, taken from ffmpeg. A busy run is as fast without (ViT-B/32, 2 cores: 24.4 and 23.7 ms a picture).
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    })
  } catch (error) {
    return modelFailed(error)
  }
  const inputs = session.inputMetadata.map(portOf)
  return ok({
    inputs,
    outputs: session.outputMetadata.map(portOf),
    run: async (feeds, output, shape) => {
      try {
        const tensors: Record<string, Tensor> = {}
        for (const [name, input] of Object.entries(feeds))
          tensors[name] = tensorOf(input, inputs.find((port) => port.name === name)?.type)
        const answer = (await session.run(tensors, [output]))[output]
        return answer === undefined
          ? fail('model-failed', `The model has no output "${output}"`)
          : floatsOf(output, answer, shape)
      } catch (error) {
        return modelFailed(error)
      }
    },
    dispose: async () => {
      if (profile !== undefined) session.endProfiling()
      await session.release()
    },
  })
}

/** The first device, which is what all of them would take by themselves. */
const configOf = (provider: OnnxProvider): InferenceSession.ExecutionProviderConfig =>
  provider === 'cuda' || provider === 'dml' ? { name: provider, deviceId: 0 } : provider

const portOf = (port: InferenceSession.ValueMetadata): OnnxPort =>
  port.isTensor
    ? { name: port.name, type: port.type, shape: port.shape }
    : { name: port.name, type: 'not a tensor', shape: [] }

const tensorOf = ({ data, shape }: OnnxInput, declared: string | undefined): Tensor => {
  if (data instanceof Float32Array && declared === 'uint8')
    return new Tensor('uint8', Uint8Array.from(data), shape)
  if (data instanceof Float32Array)
    return declared === 'float16'
      ? new Tensor('float16', new Float16Array(data) as unknown as Uint16Array, shape)
      : new Tensor('float32', data, shape)
  return declared === 'int32'
    ? new Tensor('int32', Int32Array.from(data, Number), shape)
    : new Tensor('int64', data, shape)
}

const floatsOf = (name: string, tensor: Tensor, shape: readonly number[]): Result<Float32Array> => {
  if (tensor.dims.length !== shape.length || tensor.dims.some((size, axis) => size !== shape[axis]))
    return fail(
      'model-failed',
      `Output "${name}" has shape [${tensor.dims.join(', ')}], expected [${shape.join(', ')}]`,
    )
  const data: unknown = tensor.data
  if (data instanceof Float32Array) return ok(data)
  if (data instanceof Float16Array) return ok(Float32Array.from(data))
  return fail('model-failed', `Output "${name}" is of type ${tensor.type}, expected float32`)
}

const modelFailed = (error: unknown): Result<never> => {
  const message = error instanceof Error ? error.message : String(error)
  return fail('model-failed', (message.split('\n')[0] ?? '').trim())
}
