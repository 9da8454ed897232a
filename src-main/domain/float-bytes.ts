/** A vector as it travels from the encoder: float32 little-endian. A copy, because the bytes need not be aligned. */
export const toSingles = (bytes: Uint8Array): Float32Array => new Float32Array(new Uint8Array(bytes).buffer)
