/** What computes a model. 'cpu' always works; the others need a library, a driver and a device. */
export type OnnxProvider = 'cpu' | 'webgpu' | 'cuda' | 'dml' | 'coreml'

/** In the order in which they are preferred, all else being equal (issue 5, 3). */
export const providerOrder: readonly OnnxProvider[] = ['cuda', 'dml', 'coreml', 'webgpu', 'cpu']

/** What people call it. */
export const providerLabel: Readonly<Record<OnnxProvider, string>> = {
  cuda: 'CUDA',
  dml: 'DirectML',
  coreml: 'CoreML',
  webgpu: 'WebGPU',
  cpu: 'CPU',
}
