import proto from 'onnx-proto'

/** The parts of which tests put small graphs together. */
const { onnx } = proto
const { FLOAT, INT, INTS } = onnx.AttributeProto.AttributeType
const int64 = 7

export const float = 1
export type Attributes = Readonly<Record<string, number | readonly number[]>>
/** A size is fixed, named, or null: free and without a name, which exports have too. */
export type Shape = readonly (number | string | null)[]

export const tensor = (
  name: string,
  dims: readonly number[],
  data: Float32Array | BigInt64Array,
): proto.onnx.ITensorProto => ({
  name,
  dims: [...dims],
  dataType: data instanceof Float32Array ? float : int64,
  rawData: new Uint8Array(data.buffer),
})

export const node = (
  opType: string,
  input: readonly string[],
  output: string,
  attributes: Attributes = {},
): proto.onnx.INodeProto => ({
  opType,
  input: [...input],
  output: [output],
  attribute: Object.entries(attributes).map(([name, value]) => {
    if (typeof value !== 'number') return { name, type: INTS, ints: [...value] }
    return Number.isInteger(value) ? { name, type: INT, i: value } : { name, type: FLOAT, f: value }
  }),
})

export const port = (name: string, elemType: number, shape: Shape): proto.onnx.IValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType,
      shape: {
        dim: shape.map((size) =>
          size === null ? {} : typeof size === 'number' ? { dimValue: size } : { dimParam: size },
        ),
      },
    },
  },
})

/** A whole model as a file's bytes. */
export const encodeGraph = (graph: proto.onnx.IGraphProto, opset = 13): Uint8Array =>
  onnx.ModelProto.encode({
    irVersion: 8,
    opsetImport: [{ domain: '', version: opset }],
    graph: { name: 'tiny', ...graph },
  }).finish()
