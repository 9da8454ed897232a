import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'

/** Where a graph's operators ran; microseconds by onnxruntime's own clock (a GPU's kernels may end later). */
export type Placement = { readonly nodes: number; readonly onCpu: number }

const profileEvents = v.array(
  v.looseObject({
    cat: v.optional(v.string()),
    name: v.optional(v.string()),
    args: v.optional(v.looseObject({ provider: v.optional(v.string()), op_name: v.optional(v.string()) })),
  }),
)

/**
 * Reads the profiles that `openOnnxSession` wrote into `folder` (after `dispose`): how many runs of operators there
 * were and how many of those the CPU did, copies between the two left out. onnxruntime gives operators that a provider
 * cannot do to the CPU without a word, and only here it tells.
 */
export const placementOf = async (folder: string): Promise<Placement> => {
  let [nodes, onCpu] = [0, 0]
  for (const file of await readdir(folder)) {
    if (!file.endsWith('.json')) continue
    const parsed = v.safeParse(profileEvents, JSON.parse(await readFile(join(folder, file), 'utf8')))
    if (!parsed.success) continue
    for (const { cat, name, args } of parsed.output) {
      if (cat !== 'Node' || name?.endsWith('_kernel_time') !== true || name.startsWith('Memcpy')) continue
      nodes += 1
      if (args?.provider === 'CPUExecutionProvider') onCpu += 1
    }
  }
  return { nodes, onCpu }
}
