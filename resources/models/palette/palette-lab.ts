/** Linear sRGB to CIE XYZ over the D65 white (IEC 61966-2-1, white 0.95047, 1, 1.08883): rows X, Y, Z. */
export const xyzOfLinear: readonly (readonly [number, number, number])[] = [
  [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339 / 1.08883, 0.119192 / 1.08883, 0.9503041 / 1.08883],
]

/** CIELAB from the three cube roots, as CIE 15 has it without its straight piece near black (drawn in by BLACK_LIFT). */
export const labOfRoots = { lightness: [0, 116, 0], a: [500, -500, 0], b: [0, 200, -200] } as const

/** Added to X, Y, Z before the cube root: keeps the slope finite near black, where a camera only has noise. */
export const BLACK_LIFT = 0.004

/** CIELAB (L* 0..100) of an sRGB colour written as six hex digits, by the same formula as the graph in palette-maps.ts. */
export const labOfHex = (hex: string): readonly [number, number, number] => {
  const linear = [0, 2, 4].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel ** 2.2
  })
  const roots = xyzOfLinear.map((row) => {
    const sum = row.reduce((total, weight, i) => total + weight * (linear[i] ?? 0), 0)
    return Math.cbrt(sum + BLACK_LIFT)
  })
  const [x = 0, y = 0, z = 0] = roots
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}
