import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { modelRegistry } from '../../src-preload/contract/model-registry.ts'
import type { ModelRegistry } from '../../src-preload/contract/model-registry.ts'

/** The models that may be downloaded: `KINORA_REGISTRY` (of a house with its own models), else ours. Throws where it is wrong. */
export const readRegistry = (modelsDirectory: string, environment: NodeJS.ProcessEnv): ModelRegistry => {
  const file = environment['KINORA_REGISTRY'] ?? join(modelsDirectory, 'registry.json')
  return v.parse(modelRegistry, JSON.parse(readFileSync(file, 'utf8')))
}
