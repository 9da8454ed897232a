import onnxProto from 'onnx-proto'

const { onnx } = onnxProto
const { DataType } = onnx.TensorProto
const { AttributeType } = onnx.AttributeProto

/** ONNX operator set 17 and file format 8: what onnxruntime 1.12 and later read; older ReduceMean axes stay attributes. */
const OPSET = 17
const IR_VERSION = 8

/** The name of a value that flows through the graph. */
export type Value = string & { readonly value: unique symbol }

type Attribute = number | readonly number[] | string

/** A graph input or output: `null` is the batch, which stays open. */
export type Port = {
  readonly name: string
  readonly type: 'float' | 'int64'
  readonly shape: readonly (number | null)[]
}

const asValue = (name: string): Value => name as Value

const attribute = (name: string, value: Attribute): InstanceType<typeof onnx.AttributeProto> => {
  if (typeof value === 'string')
    return onnx.AttributeProto.create({ name, type: AttributeType.STRING, s: Buffer.from(value) })
  if (typeof value === 'number')
    return onnx.AttributeProto.create({ name, type: AttributeType.INT, i: value })
  return onnx.AttributeProto.create({ name, type: AttributeType.INTS, ints: [...value] })
}

const port = ({ name, type, shape }: Port): InstanceType<typeof onnx.ValueInfoProto> =>
  onnx.ValueInfoProto.create({
    name,
    type: {
      tensorType: {
        elemType: type === 'float' ? DataType.FLOAT : DataType.INT64,
        shape: { dim: shape.map((size) => (size === null ? { dimParam: 'batch' } : { dimValue: size })) },
      },
    },
  })

/** Builds one ONNX graph, node after node; names are counted, so the same calls give the same bytes. */
export class OnnxWriter {
  private readonly nodes: InstanceType<typeof onnx.NodeProto>[] = []
  private readonly initializers: InstanceType<typeof onnx.TensorProto>[] = []
  private count = 0

  private fresh(hint: string): Value {
    this.count += 1
    return asValue(`${hint}_${this.count}`)
  }

  /** Adds a float32 constant of the given shape, row-major. */
  floats(shape: readonly number[], data: readonly number[]): Value {
    const name = this.fresh('const')
    if (data.length !== shape.reduce((product, size) => product * size, 1))
      throw new Error(`${name}: ${data.length} numbers do not fill [${shape.join(', ')}]`)
    const rawData = Buffer.alloc(data.length * 4)
    data.forEach((number, i) => rawData.writeFloatLE(number, i * 4))
    this.initializers.push(
      onnx.TensorProto.create({ name, dims: [...shape], dataType: DataType.FLOAT, rawData }),
    )
    return name
  }

  /** Adds a list of int64 (a shape, axes, ids). */
  ints(data: readonly number[]): Value {
    const name = this.fresh('ints')
    const rawData = Buffer.alloc(data.length * 8)
    data.forEach((number, i) => rawData.writeBigInt64LE(BigInt(number), i * 8))
    this.initializers.push(
      onnx.TensorProto.create({ name, dims: [data.length], dataType: DataType.INT64, rawData }),
    )
    return name
  }

  /** Adds one node with one output and returns it; `name` fixes the output's name. */
  op(
    opType: string,
    input: readonly Value[],
    attributes: Record<string, Attribute> = {},
    name?: string,
  ): Value {
    const output = name === undefined ? this.fresh(opType.toLowerCase()) : asValue(name)
    this.nodes.push(
      onnx.NodeProto.create({
        opType,
        name: output,
        input: [...input],
        output: [output],
        attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
      }),
    )
    return output
  }

  /** The finished model file. */
  encode(name: string, inputs: readonly Port[], outputs: readonly Port[]): Uint8Array {
    const model = onnx.ModelProto.create({
      irVersion: IR_VERSION,
      producerName: 'kinora make-palette',
      opsetImport: [{ domain: '', version: OPSET }],
      graph: {
        name,
        node: this.nodes,
        initializer: this.initializers,
        input: inputs.map(port),
        output: outputs.map(port),
      },
    })
    const problem = onnx.ModelProto.verify(model)
    if (problem !== null) throw new Error(`${name}: ${problem}`)
    return onnx.ModelProto.encode(model).finish()
  }
}
