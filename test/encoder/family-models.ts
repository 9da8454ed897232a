import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createHash } from 'node:crypto'
import { onTestFinished } from 'vitest'
import type { ModelManifest } from '../../src-preload/contract/model-manifest.ts'
import type { RegistryEntry, RegistryPair } from '../../src-preload/contract/model-registry.ts'
import { expectOk } from '../../src-preload/contract/result.ts'
import { normalise } from '../../src-main/domain/embedding.ts'
import { openTextEncoder, type TextEncoder_ } from '../../src-main/encoder/text-encoder.ts'
import { readPorts } from '../../src-main/foundation/read-ports.ts'
import { openModelFolder, type ModelFolder } from '../../src-main/foundation/model-folder.ts'
import { openOnnxSession } from '../../src-main/foundation/onnx-session.ts'
import { sideLoad } from '../../src-main/foundation/side-load.ts'
import { openImageEncoder, type ImageEncoder } from '../../src-main/indexer/image-encoder.ts'
import { never, scratchFolder } from '../indexer/scratch.ts'
import { cells, imageGraph, rawLengths, textGraph, type ImageGraph, type TextGraph } from './family-graphs.ts'
import { bertTokenizer, clipTokenizer, gemmaTokenizer, type FamilyTokenizer } from './family-tokenizers.ts'
import { beforeMatrix, safetensors, wordWidth } from './family-matrix.ts'
import { planted, silent, wordsOf } from './family-planted.ts'
import { plainPlanes } from './plain-resize.ts'

/** What is peculiar to each family's exports; names as the hub's graphs have them, PE's as nobody has foretold them. */
type Family = {
  readonly image: Pick<ImageGraph, 'rows' | 'input' | 'output' | 'unprojected'>
  readonly text: Pick<TextGraph, 'rows' | 'context' | 'input' | 'output' | 'mask' | 'half' | 'integers'>
  readonly tokenizer: (words: readonly string[]) => FamilyTokenizer
}
const batch = 'batch_size'
const clipImage = { rows: batch, input: 'pixel_values', output: 'image_embeds', unprojected: 768 }
const siglipImage = { rows: null, input: 'pixel_values', output: 'pooler_output' }
const siglipText = { rows: null, context: null, input: 'input_ids', output: 'pooler_output' }
const families: Readonly<Record<string, Family>> = {
  'clip-vit-b32-q8': {
    image: clipImage,
    text: { rows: batch, context: 'sequence_length', input: 'input_ids', output: 'text_embeds' },
    tokenizer: clipTokenizer,
  },
  'clip-vit-b32': {
    image: clipImage,
    text: { rows: batch, context: 77, input: 'input_ids', output: 'text_embeds', mask: 'drops' },
    tokenizer: clipTokenizer,
  },
  'siglip2-b32-256': { image: siglipImage, text: siglipText, tokenizer: gemmaTokenizer },
  'siglip2-b16-256': {
    image: siglipImage,
    text: { ...siglipText, context: 64, mask: 'must-be-one', half: true },
    tokenizer: gemmaTokenizer,
  },
  'pe-core-b16-224': {
    image: { rows: 2, input: 'images', output: 'features' },
    text: { rows: 2, context: 32, input: 'tokens', output: 'features', integers: 'int32' },
    tokenizer: clipTokenizer,
  },
  'clip-vit-b32-multilingual': {
    image: clipImage,
    text: { rows: batch, context: 'sequence_length', input: 'input_ids', output: null, mask: 'drops' },
    tokenizer: bertTokenizer,
  },
}

const imageGraphOf = (entry: RegistryPair, rows: ImageGraph['rows'], size = entry.image.width): Uint8Array =>
  imageGraph({ ...families[entry.id]!.image, rows, size, dimensions: entry.dimensions })

/** The planted pictures are flat inside a cell: at this size their averages are the same, and quick to reckon. */
const small = 2 * cells

/** `plainPlanes` reads mean and deviation only. */
const asInput = ({ image }: RegistryPair): ModelManifest['image'] => ({
  ...image,
  ...{ file: 'truth.onnx', bytes: 0, sha256: '', input: '', output: '' },
})

/** Where the planted pictures lie in the entry's space, one after the other: its picture graph after plain arithmetic. */
const basisOf = async (entry: RegistryPair): Promise<readonly Float32Array[]> => {
  const file = join(scratchFolder(), 'truth.onnx')
  writeFileSync(file, imageGraphOf(entry, 'any', small))
  const session = expectOk(await openOnnxSession(file, { threads: 1 }), 'truth')
  const planes = wordsOf(entry).map((_, item) => plainPlanes(planted(item, small, small), asInput(entry)))
  const data = Float32Array.from(planes.flatMap((plane) => [...plane]))
  const { input, output } = families[entry.id]!.image
  const run = await session.run({ [input]: { data, shape: [planes.length, 3, small, small] } }, output, [
    planes.length,
    entry.dimensions,
  ])
  const all = expectOk(run, 'truth')
  await session.dispose()
  return planes.map((_, i) => {
    const vector = all.slice(i * entry.dimensions, (i + 1) * entry.dimensions)
    normalise(vector)
    return vector
  })
}
const bases = new Map<string, readonly Float32Array[]>()

/** The files of a pair by their role. */
const filesOf = async (entry: RegistryPair): Promise<Readonly<Record<string, Uint8Array>>> => {
  const { image, text, tokenizer } = families[entry.id]!
  // Not from entry to entry: two that share a picture half must have one and the same space.
  const key = JSON.stringify([image, entry.image, entry.dimensions])
  const basis = bases.get(key) ?? (await basisOf(entry))
  bases.set(key, basis)
  const words = wordsOf(entry)
  const tokens = tokenizer([...words, ...silent])
  const before = text.output === null ? beforeMatrix(basis, entry.dimensions) : null
  const dimensions = before === null ? entry.dimensions : wordWidth
  const coded = words.flatMap((word, item) =>
    tokens.idsOf(word).flatMap((ids) => ids.map((id, piece) => ({ id, item: piece === 0 ? item : null }))),
  )
  const mute = [...silent.flatMap((word) => tokens.idsOf(word).flat()), ...(tokens.starts ?? []), tokens.end]
  // A tower whose mask leaves padding out has never seen it; the others have, and it says nothing.
  const padding = text.mask === 'drops' || mute.includes(entry.text.padId) ? [] : [entry.text.padId]
  const codes = [...coded, ...[...mute, ...padding].map((id) => ({ id, item: null }))]
  const table = new Float32Array(codes.length * dimensions)
  for (const [line, { item }] of codes.entries())
    if (item !== null)
      table.set(
        (before?.rows ?? basis)[item]!.map((value) => value * rawLengths.text),
        line * dimensions,
      )
  return {
    image: imageGraphOf(entry, image.rows),
    text: textGraph({
      ...text,
      dimensions,
      codes: codes.map(({ id }) => id),
      table,
      starts: tokens.starts,
      ends: [...new Set([entry.text.padId, tokens.end])],
    }),
    tokenizer: Buffer.from(JSON.stringify(tokens.json)),
    ...(before === null
      ? {}
      : { 'text-projection': safetensors(before.matrix, [entry.dimensions, wordWidth]) }),
  }
}

/** Writes the files where the entry's repository has them, and answers the entry with their sizes and digests. */
export const layOut = <E extends RegistryEntry>(
  entry: E,
  files: Readonly<Record<string, Uint8Array>>,
  folder: string,
): E => ({
  ...entry,
  files: entry.files.map((file) => {
    const content = files[file.role]!
    mkdirSync(dirname(join(folder, file.path)), { recursive: true })
    writeFileSync(join(folder, file.path), content)
    const sha256 = createHash('sha256').update(content).digest('hex')
    return { ...file, bytes: content.length, sha256 }
  }),
  unverified: entry.unverified.filter((key) => !/^files\.\d+\.(bytes|sha256)$/.test(key)),
})

/** A registry's model with the test's own files, put together in a new folder as Kinora does it after a download. */
export const install = async (
  entry: RegistryEntry,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<string> => {
  const root = scratchFolder()
  const repository = join(root, 'repository')
  const directory = join(root, 'models', entry.id)
  mkdirSync(dirname(directory))
  const known = layOut(entry, files, repository)
  const loaded = await sideLoad(known, repository, directory, { readPorts, signal: never, margin: 0 })
  expectOk(loaded, entry.id)
  return directory
}

export type OpenFamily = {
  readonly folder: ModelFolder
  readonly images: ImageEncoder
  readonly texts: TextEncoder_
}

/** The folder of a pair from the registry, with random weights made here. */
export const installPair = async (entry: RegistryPair): Promise<string> =>
  install(entry, await filesOf(entry))

/** Opens it as the engines do; closed when the running test has finished. */
export const openPair = async (directory: string): Promise<OpenFamily> => {
  const folder = expectOk(await openModelFolder(directory, { verify: true }), directory)
  const images = expectOk(await openImageEncoder(folder, { threads: 1, batch: 5 }), 'images')
  onTestFinished(images.dispose)
  const texts = expectOk(await openTextEncoder(folder, { threads: 1 }), 'texts')
  onTestFinished(texts.dispose)
  return { folder, images, texts }
}
