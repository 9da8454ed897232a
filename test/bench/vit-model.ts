import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clipTextGraph } from './clip-text-graph.ts'

type Part = { readonly file: string; readonly bytes: number; readonly sha256: string }

const partOf = (folder: string, file: string): Part => ({
  file,
  bytes: statSync(join(folder, file)).size,
  sha256: createHash('sha256')
    .update(readFileSync(join(folder, file)))
    .digest('hex'),
})

/**
 * The folder of a model with ViT-B/32's shape and cost and random weights (shared/tools/make_vit_b32.py, clip-text-graph.ts), made once
 * and kept in the temporary folder; null where Python or its packages are missing. Ids, preprocessing and tokenizer
 * are those of shared/models/concept.
 */
export const vitModel = (shared: string): string | null => {
  const folder = join(tmpdir(), 'kinora-bench', 'vit-b32-2')
  if (existsSync(join(folder, 'model.json'))) return folder
  const part = `${folder}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { recursive: true })
  const made = ['/usr/bin/python3', 'python3'].some((python) => {
    try {
      execFileSync(python, [join(shared, 'tools', 'make_vit_b32.py'), part], { stdio: 'ignore' })
      return true
    } catch {
      return false // this Python has no onnx; the next may
    }
  })
  if (!made) return null
  writeFileSync(join(part, 'text.onnx'), clipTextGraph())
  const concept = join(shared, 'models', 'concept')
  copyFileSync(join(concept, 'tokenizer.json'), join(part, 'tokenizer.json'))
  const manifest = JSON.parse(readFileSync(join(concept, 'model.json'), 'utf8')) as {
    readonly image: object
    readonly text: object
  }
  writeFileSync(
    join(part, 'model.json'),
    JSON.stringify({
      ...manifest,
      id: 'vit-b32-random',
      name: 'ViT-B/32 with random weights',
      image: { ...manifest.image, ...partOf(part, 'image.onnx') },
      text: { ...manifest.text, ...partOf(part, 'text.onnx') },
    }),
  )
  rmSync(folder, { recursive: true, force: true })
  renameSync(part, folder)
  return folder
}
