import { join } from 'node:path'
import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'
import type { RegistryPair } from '../../src-preload/contract/model-registry.ts'
import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import { choosePort, type ReadPorts } from './graph-names.ts'

type FileEntry = ModelManifest['tokenizer']

/** What really lies in the folder. */
export type FoundFiles = {
  readonly image: FileEntry
  readonly text: FileEntry
  readonly tokenizer: FileEntry
}

/**
 * The model.json of a registry's pair with the files that lie in `directory`: sizes and digests are theirs, and the
 * names of inputs and outputs come from the graphs themselves. Errors: bad-model (a graph that does not fit the
 * registry), model-failed (one that does not open).
 */
export const describeModel = async (
  entry: RegistryPair,
  commit: string,
  directory: string,
  files: FoundFiles,
  read: ReadPorts,
): Promise<Result<ModelManifest>> => {
  const image = await describeImage(entry, join(directory, files.image.file), files.image.file, read)
  if (!image.ok) return image
  const text = await describeText(entry, join(directory, files.text.file), files.text.file, read)
  if (!text.ok) return text
  return ok({
    manifestVersion: 1,
    id: entry.id,
    name: entry.name,
    family: entry.family,
    licence: { id: entry.licence.id, commercialUse: true },
    dimensions: entry.dimensions,
    image: { ...files.image, ...image.value },
    text: { ...files.text, ...text.value },
    tokenizer: files.tokenizer,
    logitScale: entry.logitScale,
    logitBias: entry.logitBias,
    promptTemplates: entry.promptTemplates,
    description: entry.goodAt.en,
    source: { repository: entry.repository, revision: commit },
    languages: entry.languages,
    ...(entry.sharesImageWith === undefined ? {} : { sharesImageWith: entry.sharesImageWith }),
  })
}

const describeImage = async (
  { image, dimensions }: RegistryPair,
  path: string,
  file: string,
  read: ReadPorts,
): Promise<Result<Omit<ModelManifest['image'], keyof FileEntry>>> => {
  const ports = await read(path)
  if (!ports.ok) return ports
  const { width, height, resize, interpolation, mean, std } = image
  const input = choosePort(file, 'input', ports.value.inputs, image.inputs, [null, 3, height, width])
  if (!input.ok) return input
  if (ports.value.inputs.length > 1) return tooMany(file, ports.value.inputs)
  const output = choosePort(file, 'output', ports.value.outputs, image.outputs, [null, dimensions])
  if (!output.ok) return output
  const rows = input.value.shape[0]
  return ok({
    input: input.value.name,
    output: output.value.name,
    ...{ width, height, resize, interpolation, mean, std },
    fixedBatch: typeof rows === 'number' ? rows : null,
  })
}

const describeText = async (
  { text, dimensions }: RegistryPair,
  path: string,
  file: string,
  read: ReadPorts,
): Promise<Result<Omit<ModelManifest['text'], keyof FileEntry>>> => {
  const ports = await read(path)
  if (!ports.ok) return ports
  const { inputs, outputs } = ports.value
  const { contextLength, padId, lowercase } = text
  const mask = inputs.find((port) => text.masks.includes(port.name))
  const others = inputs.filter((port) => port !== mask)
  const input = choosePort(file, 'input', others, text.inputs, [null, contextLength])
  if (!input.ok) return input
  if (others.length > 1) return tooMany(file, others)
  const output = choosePort(file, 'output', outputs, text.outputs, [null, dimensions])
  if (!output.ok) return output
  return ok({
    input: input.value.name,
    attentionMask: mask?.name ?? null,
    output: output.value.name,
    ...{ contextLength, padId, lowercase },
  })
}

const tooMany = (file: string, ports: readonly { readonly name: string }[]): Result<never> =>
  fail('bad-model', `${file} wants more than Kinora gives: ${ports.map((port) => port.name).join(', ')}`)
