/** Makes src-main/catalog/vector-kernel-bytes.ts of kernel.wat: `node resources/vector-kernel/compile.ts`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

type Wat = {
  readonly resolveNames: () => void
  readonly validate: (features: object) => void
  readonly toBinary: (options: object) => { readonly buffer: Uint8Array }
  readonly destroy: () => void
}
type Wabt = { readonly parseWat: (name: string, text: string, features: object) => Wat }

const features = { simd: true, relaxed_simd: true, threads: true }
const target = join(import.meta.dirname, '..', '..', 'src-main', 'catalog', 'vector-kernel-bytes.ts')

/** The text of vector-kernel-bytes.ts as it must be for kernel.wat. */
export const compiledKernel = async (): Promise<string> => {
  const open = createRequire(import.meta.url)('wabt') as () => Promise<Wabt>
  const wabt = await open()
  const wat = wabt.parseWat(
    'kernel.wat',
    readFileSync(join(import.meta.dirname, 'kernel.wat'), 'utf8'),
    features,
  )
  wat.resolveNames()
  wat.validate(features)
  const { buffer } = wat.toBinary({})
  wat.destroy()
  const lines = Buffer.from(buffer)
    .toString('base64')
    .match(/.{1,104}/g)
  return [
    '/** resources/vector-kernel/kernel.wat, compiled (WebAssembly, base64); made by compile.ts there, never by hand. */',
    'export const kernelBytes =',
    ...(lines ?? []).map(
      (line, i) => `  ${i === 0 ? '' : ''}'${line}'${i === (lines?.length ?? 0) - 1 ? '' : ' +'}`,
    ),
    '',
  ].join('\n')
}

if (import.meta.main) writeFileSync(target, await compiledKernel())
