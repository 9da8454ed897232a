import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DIMENSIONS, imageModel } from './palette-image.ts'
import { FRAME } from './palette-maps.ts'
import { CONTEXT, PAD_ID, textModel, tokenizerFile } from './palette-text.ts'

/**
 * Writes Kinora's built-in model. Run `node resources/models/palette/make-palette.ts [folder]`; without a folder it writes
 * beside itself. The same sources give the same bytes (test/encoder/palette.test.ts).
 */
const folder = process.argv[2] ?? import.meta.dirname
mkdirSync(folder, { recursive: true })

const write = (file: string, data: Uint8Array): { file: string; bytes: number; sha256: string } => {
  writeFileSync(join(folder, file), data)
  return { file, bytes: data.byteLength, sha256: createHash('sha256').update(data).digest('hex') }
}

const image = write('image.onnx', imageModel())
const text = write('text.onnx', textModel())
const tokenizer = write('tokenizer.json', Buffer.from(tokenizerFile()))

const manifest = {
  manifestVersion: 1,
  id: 'palette',
  name: 'Palette (colours and light only)',
  family: 'clip',
  licence: { id: 'MIT', commercialUse: true },
  dimensions: DIMENSIONS,
  image: {
    ...image,
    input: 'pixel_values',
    output: 'image_embeds',
    width: FRAME,
    height: FRAME,
    resize: 'stretch',
    interpolation: 'area',
    mean: [0, 0, 0],
    std: [1, 1, 1],
    fixedBatch: null,
  },
  text: {
    ...text,
    input: 'input_ids',
    attentionMask: null,
    output: 'text_embeds',
    contextLength: CONTEXT,
    padId: PAD_ID,
    lowercase: true,
  },
  tokenizer,
  logitScale: 20,
  logitBias: 0,
  promptTemplates: ['{}'],
  // Measured: README.md, "How well it works".
  thresholds: { weak: 0.1, good: 0.2 },
  description:
    'Sees colours, light and texture only; knows no things or people. It guesses at sky, grass, sea, snow, night, fire, ' +
    'skin or text by their colours. Install a larger model to search for anything else.',
}
write('model.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`))
