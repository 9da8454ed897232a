import type { OnnxWriter, Value } from './onnx-writer.ts'
import { BLACK_LIFT, labOfRoots, xyzOfLinear } from './palette-lab.ts'
import { kindOfShade, kinds, shades } from './palette-shades.ts'

/** The frame as the model sees it: 96 x 96, stretched, 0..1. Texture is measured at this size, colour at half of it. */
export const FRAME = 96
export const HALF = FRAME / 2

/** How near a shade must be to claim a pixel, in CIELAB units, and how much lightness counts beside hue and chroma. */
const SHADE_SPREAD = 9
const LIGHTNESS_WEIGHT = 0.7

/** The writer, and a way to make a number of it. */
export type Graph = {
  readonly writer: OnnxWriter
  readonly scalar: (value: number) => Value
}

/** The value between two bounds. */
export const clip = ({ writer, scalar }: Graph, value: Value, low: number, high: number): Value =>
  writer.op('Clip', [value, scalar(low), scalar(high)])

/** 0 at `from`, 1 at `to`, straight between, flat beyond. */
const ramp = (graph: Graph, value: Value, from: number, to: number): Value => {
  const { writer, scalar } = graph
  const shifted = writer.op('Sub', [value, scalar(from)])
  return clip(graph, writer.op('Mul', [shifted, scalar(1 / (to - from))]), 0, 1)
}

/** A 1 x 1 convolution: each output channel is a weighted sum of the input channels plus a number. */
const mix = (
  { writer }: Graph,
  value: Value,
  rows: readonly (readonly number[])[],
  bias?: readonly number[],
): Value => {
  const weight = writer.floats([rows.length, rows[0]?.length ?? 0, 1, 1], rows.flat())
  const inputs = bias === undefined ? [value, weight] : [value, weight, writer.floats([rows.length], bias)]
  return writer.op('Conv', inputs)
}

/** A 3 x 3 filter over one channel whose edge is continued, not black. */
const filter = ({ writer }: Graph, padded: Value, kernel: readonly number[]): Value =>
  writer.op('Conv', [padded, writer.floats([1, 1, 3, 3], kernel)])

/** The mean over a square of odd side around each pixel, at the same size. */
const surrounding = ({ writer }: Graph, value: Value, side: number): Value => {
  const pad = (side - 1) / 2
  return writer.op('AveragePool', [value], {
    kernel_shape: [side, side],
    strides: [1, 1],
    pads: [pad, pad, pad, pad],
    count_include_pad: 0,
  })
}

/** Half the width and height, each pixel the mean of four. */
export const halved = ({ writer }: Graph, value: Value): Value =>
  writer.op('AveragePool', [value], { kernel_shape: [2, 2], strides: [2, 2] })

/** sRGB 0..1 to [N, 3, h, w] L*, a*, b* / 100. */
export const lab = (graph: Graph, rgb: Value): Value => {
  const { writer, scalar } = graph
  const linear = writer.op('Pow', [clip(graph, rgb, 0, 1), scalar(2.2)])
  const lifted = mix(graph, linear, xyzOfLinear, [BLACK_LIFT, BLACK_LIFT, BLACK_LIFT])
  const roots = writer.op('Pow', [lifted, scalar(1 / 3)])
  const { lightness, a, b } = labOfRoots
  const rows = [lightness, a, b].map((row) => row.map((weight) => weight / 100))
  return mix(graph, roots, rows, [-0.16, 0, 0])
}

/**
 * How much each pixel is of each kind of colour, [N, kinds, h, w]: softmax over minus the squared distance to every shade. It
 * is written as exp and a division, since the exponent is never above 0 (as a Softmax it took 2.8 of a frame's 5.0 ms).
 */
const kindMaps = (graph: Graph, colour: Value): Value => {
  const { writer, scalar } = graph
  const scale = 1e4 / (2 * SHADE_SPREAD ** 2)
  const weights = [LIGHTNESS_WEIGHT ** 2, 1, 1]
  const squares = mix(graph, writer.op('Mul', [colour, colour]), [weights])
  const nearness = mix(
    graph,
    writer.op('Concat', [colour, squares], { axis: 1 }),
    shades.map(({ lab: centre }) => [
      ...centre.map((at, i) => 2 * scale * (weights[i] ?? 0) * (at / 100)),
      -scale,
    ]),
    shades.map(({ lab: centre }) =>
      centre.reduce((sum, at, i) => sum - scale * (weights[i] ?? 0) * (at / 100) ** 2, 0),
    ),
  )
  const likeness = writer.op('Exp', [nearness])
  const rows = kinds.map((_, i) => kindOfShade.slice(i * shades.length, (i + 1) * shades.length))
  const total = mix(graph, likeness, [shades.map(() => 1)])
  return writer.op('Div', [mix(graph, likeness, rows), writer.op('Max', [total, scalar(1e-20)])])
}

/** The maps of light from L*, a*, b*, in lightMaps' order up to `blueYellow`. */
const lightOf = (graph: Graph, colour: Value): Value[] => {
  const { writer, scalar } = graph
  const light = mix(graph, colour, [[1, 0, 0]])
  const a = mix(graph, colour, [[0, 1, 0]])
  const b = mix(graph, colour, [[0, 0, 1]])
  const squares = writer.op('Add', [writer.op('Mul', [a, a]), writer.op('Mul', [b, b])])
  const chroma = writer.op('Sqrt', [writer.op('Add', [squares, scalar(1e-8)])])
  return [
    light,
    writer.op('Mul', [light, light]),
    ramp(graph, light, 0.28, 0.15),
    ramp(graph, light, 0.75, 0.9),
    chroma,
    ramp(graph, chroma, 0.06, 0.14),
    ramp(graph, chroma, 0.28, 0.5),
    clip(graph, mix(graph, colour, [[0, 1, 2]]), -1, 1),
    clip(graph, mix(graph, colour, [[0, 2, 0]]), -1, 1),
    clip(graph, mix(graph, colour, [[0, 0, 2]]), -1, 1),
  ]
}

/** The maps of texture from the full-size frame, in lightMaps' order from `upright`; [N, 7, 48, 48]. */
const textureOf = (graph: Graph, rgb: Value): Value => {
  const { writer, scalar } = graph
  const luma = mix(graph, rgb, [[0.299, 0.587, 0.114]])
  const padded = writer.op('Pad', [luma, writer.ints([0, 0, 1, 1, 0, 0, 1, 1])], { mode: 'edge' })
  const dx = filter(
    graph,
    padded,
    [-1, 0, 1, -2, 0, 2, -1, 0, 1].map((weight) => weight / 8),
  )
  const dy = filter(
    graph,
    padded,
    [-1, -2, -1, 0, 0, 0, 1, 2, 1].map((weight) => weight / 8),
  )
  const grain = filter(graph, padded, [0, -0.25, 0, -0.25, 1, -0.25, 0, -0.25, 0])
  const squares = writer.op('Add', [writer.op('Mul', [dx, dx]), writer.op('Mul', [dy, dy])])
  const edge = writer.op('Sqrt', [writer.op('Add', [squares, scalar(1e-8)])])
  const near = surrounding(graph, luma, 9)
  const wide = surrounding(graph, luma, 13)
  const ink = writer.op('Mul', [
    ramp(graph, writer.op('Sub', [near, luma]), 0.03, 0.15),
    ramp(graph, near, 0.55, 0.75),
  ])
  const lamp = writer.op('Mul', [
    ramp(graph, writer.op('Sub', [luma, wide]), 0.1, 0.3),
    ramp(graph, wide, 0.45, 0.25),
  ])
  const maps = [
    writer.op('Abs', [dx]),
    writer.op('Abs', [dy]),
    writer.op('Abs', [grain]),
    ramp(graph, edge, 0.05, 0.12),
    ramp(graph, edge, 0.016, 0.006),
    ink,
    lamp,
  ]
  return halved(graph, writer.op('Concat', maps, { axis: 1 }))
}

/** Every map of palette-features.ts, [N, maps, HALF, HALF], from the frame and its CIELAB at half size. */
export const pixelMapsOf = (graph: Graph, rgb: Value, colour: Value): Value =>
  graph.writer.op('Concat', [kindMaps(graph, colour), ...lightOf(graph, colour), textureOf(graph, rgb)], {
    axis: 1,
  })
