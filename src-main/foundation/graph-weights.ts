import { open, type FileHandle } from 'node:fs/promises'

/** Field numbers of onnx.proto: ModelProto.graph, GraphProto.initializer, TensorProto.data_type. */
const [graphField, initializerField, dataTypeField] = [7, 5, 2]
const float16 = 10n

/** Longest head of a protobuf field (a key and a length, ten bytes each). */
const headBytes = 20

type Field = { readonly number: number; readonly wire: number; readonly value: bigint; readonly body: number }

const readVarint = (bytes: Uint8Array, from: number): { readonly value: bigint; readonly next: number } => {
  let value = 0n
  let next = from
  for (let shift = 0n; next < bytes.length; shift += 7n) {
    const byte = bytes[next++] ?? 0
    value |= BigInt(byte & 127) << shift
    if (byte < 128) return { value, next }
  }
  throw new RangeError('a number without an end')
}

/** The field at `at`; `value` is its number or its length, `body` where its bytes begin. */
const fieldAt = async (file: FileHandle, at: number): Promise<Field> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, at)
  const bytes = buffer.subarray(0, bytesRead)
  const key = readVarint(bytes, 0)
  const wire = Number(key.value & 7n)
  const number = Number(key.value >> 3n)
  if (wire === 5 || wire === 1) return { number, wire, value: wire === 5 ? 4n : 8n, body: at + key.next }
  const { value, next } = readVarint(bytes, key.next)
  return { number, wire, value, body: at + next }
}

async function* fields(file: FileHandle, from: number, to: number): AsyncGenerator<Field> {
  for (let at = from; at < to;) {
    const field = await fieldAt(file, at)
    yield field
    at = field.wire === 0 ? field.body : field.body + Number(field.value)
  }
}

/**
 * Does an .onnx file keep any weights as float16? Then a provider may round where the CPU does not, and 0.99 is the
 * cosine to ask of it instead of 0.999 (issue 5). Reads the heads of its tensors only, not the weights. False
 * for a file that is no graph: opening it says so better.
 */
export const hasHalfWeights = async (path: string): Promise<boolean> => {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    for await (const graph of fields(file, 0, size)) {
      if (graph.number !== graphField || graph.wire !== 2) continue
      for await (const tensor of fields(file, graph.body, graph.body + Number(graph.value))) {
        if (tensor.number !== initializerField || tensor.wire !== 2) continue
        for await (const part of fields(file, tensor.body, tensor.body + Number(tensor.value)))
          if (part.number === dataTypeField && part.wire === 0) {
            if (part.value === float16) return true
            break
          }
      }
    }
    return false
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  } finally {
    await file.close()
  }
}
