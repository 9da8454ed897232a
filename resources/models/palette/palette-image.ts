import { OnnxWriter, type Value } from './onnx-writer.ts'
import { conceptNames, concepts } from './palette-concepts.ts'
import { features, pixelMaps, regions, type Concept } from './palette-features.ts'
import { clip, FRAME, HALF, halved, lab, pixelMapsOf, type Graph } from './palette-maps.ts'
import { kinds } from './palette-shades.ts'

const PIXELS = HALF * HALF

/** The colour layout: means of L*, a*, b* in 4 x 4 cells. */
const CELLS = 4

/** Every image vector has this length: so a word's cosine is its concepts' value / LENGTH, whatever else is in the frame. */
export const LENGTH = 2
/** At most this share of the squared length may be concepts; the rest is the layout's. */
const CONCEPT_SHARE = 0.7
/** A part of the layout that never changes: without it a grey, empty frame would have a layout of pure noise. */
const STEADY = 0.3

/** What ordinary frames have, subtracted from the layout: L* 45 % (a little more above), hardly any tint. */
const usualLightness = [0.52, 0.48, 0.44, 0.4]

const layoutMaps = [...kinds, 'upright', 'level', 'fine', 'flat', 'dark', 'bright'] as const
const bands = ['top', 'middle', 'bottom'] as const

/** Numbers in an image vector: the concepts, one for doubt (words only), the layout and its steady part. */
export const DIMENSIONS =
  conceptNames.length + 1 + CELLS * CELLS * 3 + layoutMaps.length + bands.length * 4 + 1

/** How much pixel (x, y), each 0..1, counts for each region; bands overlap and fade over a tenth of the frame. */
const regionWeight = (x: number, y: number): readonly number[] => {
  const fade = (at: number): number => Math.min(1, Math.max(0, at / 0.1 + 0.5))
  const centre = fade(x - 0.25) * fade(0.75 - x) * fade(y - 0.2) * fade(0.8 - y)
  return [1, fade(0.38 - y), fade(y - 0.33) * fade(0.67 - y), fade(y - 0.62), centre, 1 - centre]
}

/** pixels x regions, each column's sum 1: a mean over the region. */
const regionMatrix = (): readonly number[] => {
  const weights = Array.from({ length: PIXELS }, (_, i) =>
    regionWeight(((i % HALF) + 0.5) / HALF, (Math.floor(i / HALF) + 0.5) / HALF),
  )
  const sums = regions.map((_, r) => weights.reduce((sum, row) => sum + (row[r] ?? 0), 0))
  return weights.flatMap((row) => row.map((weight, r) => weight / (sums[r] ?? 1)))
}

/** Every feature of palette-features.ts, [N, features]. */
const featuresOf = (graph: Graph, maps: Value): Value => {
  const { writer, scalar } = graph
  const flat = writer.op('Reshape', [maps, writer.ints([0, pixelMaps.length, PIXELS])])
  const means = writer.op('MatMul', [flat, writer.floats([PIXELS, regions.length], regionMatrix())])
  const row = writer.op('Reshape', [means, writer.ints([0, pixelMaps.length * regions.length])])
  const at = (map: 'light' | 'lightSquared'): Value => {
    const start = pixelMaps.indexOf(map) * regions.length
    return writer.op('Slice', [
      row,
      writer.ints([start]),
      writer.ints([start + regions.length]),
      writer.ints([1]),
    ])
  }
  const light = at('light')
  const variance = writer.op('Sub', [at('lightSquared'), writer.op('Mul', [light, light])])
  const contrast = writer.op('Sqrt', [writer.op('Max', [variance, scalar(1e-8)])])
  return writer.op('Concat', [row, contrast], { axis: 1 })
}

/** A dense layer: [N, inputs] x columns + bias. */
const dense = ({ writer }: Graph, value: Value, columns: readonly (readonly number[])[]): Value => {
  const inputs = columns[0]?.length ?? 0
  const data = Array.from({ length: inputs }, (_, i) => columns.map((column) => column[i] ?? 0)).flat()
  return writer.op('MatMul', [value, writer.floats([inputs, columns.length], data)])
}

/** The three layers of palette-concepts.ts: ramps of weighted sums, weighted products (in logarithms), clipped sums. */
const conceptsOf = (graph: Graph, row: Value): Value => {
  const { writer, scalar } = graph
  const list: readonly Concept[] = conceptNames.map((name) => concepts[name])
  const recipes = list.flatMap((concept, index) => concept.any.map((each) => ({ ...each, index })))
  const conditions = recipes.flatMap((recipe, index) => recipe.all.map((each) => ({ ...each, index })))
  const sums = dense(
    graph,
    row,
    conditions.map(({ terms, from, to }) => features.map((name) => (terms[name] ?? 0) / (to - from))),
  )
  const offsets = writer.floats(
    [1, conditions.length],
    conditions.map(({ from, to }) => -from / (to - from)),
  )
  const held = clip(graph, writer.op('Add', [sums, offsets]), 1e-4, 1)
  const products = dense(
    graph,
    writer.op('Log', [held]),
    recipes.map((_, r) => conditions.map(({ index, power }) => (index === r ? power : 0))),
  )
  const total = dense(
    graph,
    writer.op('Exp', [products]),
    list.map((_, c) => recipes.map(({ index, weight }) => (index === c ? weight : 0))),
  )
  const usual = writer.floats(
    [1, list.length],
    list.map((concept) => concept.usual),
  )
  return writer.op('Sub', [writer.op('Min', [total, scalar(1)]), usual])
}

/** Where colours and textures lie, for find-similar: [N, layout], not yet scaled. */
const layoutOf = (graph: Graph, colour: Value, row: Value): Value => {
  const { writer } = graph
  const side = HALF / CELLS
  const cells = writer.op('AveragePool', [colour], { kernel_shape: [side, side], strides: [side, side] })
  const count = CELLS * CELLS
  const flat = writer.op('Reshape', [cells, writer.ints([0, 3 * count])])
  const usual = Array.from({ length: 3 * count }, (_, i) =>
    i < count ? (usualLightness[Math.floor(i / CELLS)] ?? 0) : i < 2 * count ? 0 : 0.03,
  )
  const gains = Array.from({ length: 3 * count }, (_, i) => (i < count ? 1.2 : 2.5))
  const centred = writer.op('Mul', [
    writer.op('Sub', [flat, writer.floats([1, 3 * count], usual)]),
    writer.floats([1, 3 * count], gains),
  ])
  const pick = (name: (typeof features)[number], gain: number): readonly number[] =>
    features.map((feature) => (feature === name ? gain : 0))
  const extras = dense(graph, row, [
    ...layoutMaps.map((map) => pick(`${map}.whole`, ['upright', 'level', 'fine'].includes(map) ? 5 : 0.8)),
    ...bands.flatMap((band) => [
      pick(`upright.${band}`, 4),
      pick(`level.${band}`, 4),
      pick(`fine.${band}`, 6),
      pick(`flat.${band}`, 0.4),
    ]),
  ])
  return writer.op('Concat', [centred, extras], { axis: 1 })
}

const squaredLength = ({ writer }: Graph, value: Value): Value =>
  writer.op('ReduceSum', [writer.op('Mul', [value, value]), writer.ints([1])], { keepdims: 1 })

/** The image encoder as an ONNX file: pixel_values [N, 3, 96, 96] in 0..1 -> image_embeds [N, DIMENSIONS], length LENGTH. */
export const imageModel = (): Uint8Array => {
  const writer = new OnnxWriter()
  const graph: Graph = { writer, scalar: (value) => writer.floats([], [value]) }
  const { scalar } = graph
  const rgb = 'pixel_values' as Value
  const colour = lab(graph, halved(graph, rgb))
  const row = featuresOf(graph, pixelMapsOf(graph, rgb, colour))
  const raw = conceptsOf(graph, row)
  const budget = LENGTH ** 2 * CONCEPT_SHARE
  const over = writer.op('Max', [writer.op('Div', [squaredLength(graph, raw), scalar(budget)]), scalar(1)])
  const known = writer.op('Div', [raw, writer.op('Sqrt', [over])])
  const doubt = writer.op('Mul', [
    writer.op('Slice', [known, writer.ints([0]), writer.ints([1]), writer.ints([1])]),
    scalar(0),
  ])
  const steady = writer.op('Add', [doubt, scalar(STEADY)])
  const layout = writer.op('Concat', [layoutOf(graph, colour, row), steady], { axis: 1 })
  const left = writer.op('Sub', [scalar(LENGTH ** 2), squaredLength(graph, known)])
  const gain = writer.op('Sqrt', [writer.op('Div', [left, squaredLength(graph, layout)])])
  const placed = writer.op('Mul', [layout, gain])
  writer.op('Concat', [known, doubt, placed], { axis: 1 }, 'image_embeds')
  return writer.encode(
    'palette-image',
    [{ name: 'pixel_values', type: 'float', shape: [null, 3, FRAME, FRAME] }],
    [{ name: 'image_embeds', type: 'float', shape: [null, DIMENSIONS] }],
  )
}
