import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { encodeGraph, float, node, port, tensor } from '../encoder/onnx-parts.ts'

/** OpenAI's ViT-B/32, text half (Radford et al. 2021, table 20): 63.4 million parameters. */
const [tokens, context, width, heads, layers] = [49_408, 77, 512, 8, 12]
const int64 = 7
const longs = (...values: readonly number[]): BigInt64Array => BigInt64Array.from(values, BigInt)

/**
 * The text half of CLIP ViT-B/32 with random weights, as the exports that Kinora offers have it: texts of any length up to
 * 77. Its cost is the real one, its vectors mean nothing. Bytes of an .onnx file: `input_ids` [N, L], `text_embeds` [N, 512].
 */
export const clipTextGraph = (): Uint8Array => {
  const random = seededRandom(32)
  // Random enough for what it costs, in a hundredth of the time that a number each takes.
  const some = Float32Array.from({ length: 65_521 }, () => (random() + random() + random() - 1.5) / 25)
  const weights = (...dims: readonly number[]): Float32Array => {
    const all = new Float32Array(dims.reduce((product, size) => product * size, 1))
    for (let from = 0; from < all.length; from += some.length)
      all.set(some.subarray(0, Math.min(some.length, all.length - from)), from)
    return all
  }
  const initializer = [
    tensor('zero', [1], longs(0)),
    tensor('one', [1], longs(1)),
    tensor('two', [1], longs(2)),
    tensor('origin', [2], longs(0, 0)),
    tensor('heads', [4], longs(0, 0, heads, width / heads)),
    tensor('joined', [3], longs(0, 0, width)),
    tensor('scale', [1], Float32Array.of((width / heads) ** -0.5)),
    tensor('sharp', [1], Float32Array.of(1.702)),
    tensor('words', [tokens, width], weights(tokens, width)),
    tensor('places', [context, width], weights(context, width)),
    tensor(
      'mask',
      [context, context],
      Float32Array.from({ length: context ** 2 }, (_, i) =>
        i % context > Math.floor(i / context) ? -1e9 : 0,
      ),
    ),
    tensor('gain', [width], new Float32Array(width).fill(1)),
    tensor('shift', [width], new Float32Array(width)),
    tensor('projection', [width, width], weights(width, width)),
  ]
  const nodes = [
    node('Shape', ['input_ids'], 'shape'),
    node('Slice', ['shape', 'one', 'two'], 'length'),
    node('Concat', ['length', 'length'], 'square', { axis: 0 }),
    node('Gather', ['words', 'input_ids'], 'embedded'),
    node('Slice', ['places', 'zero', 'length'], 'placed'),
    node('Slice', ['mask', 'origin', 'square'], 'causal'),
    node('Add', ['embedded', 'placed'], 'layer0'),
  ]
  const norm = (from: string, to: string): void => {
    nodes.push(node('LayerNormalization', [from, 'gain', 'shift'], to, { axis: -1, epsilon: 1e-5 }))
  }
  const linear = (from: string, to: string, into: number, out: number): void => {
    initializer.push(
      tensor(`${to}_w`, [into, out], weights(into, out)),
      tensor(`${to}_b`, [out], new Float32Array(out)),
    )
    nodes.push(node('MatMul', [from, `${to}_w`], `${to}_m`), node('Add', [`${to}_m`, `${to}_b`], to))
  }
  for (let layer = 0; layer < layers; layer += 1) {
    const name = (part: string): string => `${part}${layer}`
    norm(name('layer'), name('n'))
    const perms = { q: [0, 2, 1, 3], k: [0, 2, 3, 1], v: [0, 2, 1, 3] }
    for (const [part, perm] of Object.entries(perms)) {
      linear(name('n'), name(part), width, width)
      nodes.push(
        node('Reshape', [name(part), 'heads'], name(`${part}r`)),
        node('Transpose', [name(`${part}r`)], name(`${part}t`), { perm }),
      )
    }
    nodes.push(
      node('MatMul', [name('qt'), name('kt')], name('near')),
      node('Mul', [name('near'), 'scale'], name('scaled')),
      node('Add', [name('scaled'), 'causal'], name('masked')),
      node('Softmax', [name('masked')], name('attention'), { axis: -1 }),
      node('MatMul', [name('attention'), name('vt')], name('heard')),
      node('Transpose', [name('heard')], name('heardt'), { perm: [0, 2, 1, 3] }),
      node('Reshape', [name('heardt'), 'joined'], name('whole')),
    )
    linear(name('whole'), name('out'), width, width)
    nodes.push(node('Add', [name('layer'), name('out')], name('between')))
    norm(name('between'), name('bn'))
    linear(name('bn'), name('up'), width, 4 * width)
    nodes.push(
      node('Mul', [name('up'), 'sharp'], name('sharpened')),
      node('Sigmoid', [name('sharpened')], name('gate')),
      node('Mul', [name('up'), name('gate')], name('active')),
    )
    linear(name('active'), name('down'), 4 * width, width)
    nodes.push(node('Add', [name('between'), name('down')], `layer${layer + 1}`))
  }
  norm(`layer${layers}`, 'last')
  nodes.push(
    node('ArgMax', ['input_ids'], 'end', { axis: 1, keepdims: 1 }),
    node('GatherND', ['last', 'end'], 'pooled', { batch_dims: 1 }),
    node('MatMul', ['pooled', 'projection'], 'projected'),
    node('LpNormalization', ['projected'], 'text_embeds', { axis: 1, p: 2 }),
  )
  return encodeGraph(
    {
      initializer,
      node: nodes,
      input: [port('input_ids', int64, ['N', 'L'])],
      output: [port('text_embeds', float, ['N', width])],
    },
    17,
  )
}
