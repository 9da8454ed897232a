import { ok } from '../../src-preload/contract/result.ts'
import type { ReadPorts } from './graph-names.ts'
import { openOnnxSession } from './onnx-session.ts'

/**
 * Opens the graph and closes it again. BLOCKS this thread: 1.9 s for ViT-B/32's image tower. Errors: model-failed.
 * A file of its own: what only names ports (a download in the catalog) must not load onnxruntime.
 */
export const readPorts: ReadPorts = async (path) => {
  const opened = await openOnnxSession(path, { threads: 1 })
  if (!opened.ok) return opened
  const { inputs, outputs, dispose } = opened.value
  await dispose()
  return ok({ inputs, outputs })
}
