import {
  black,
  grain,
  hills,
  hue,
  inside,
  lit,
  mix,
  white,
  type Colour,
  type Scene,
} from './canary-colours.ts'

/** Faces and beasts from ellipses: heads with eyes, bodies with legs, in many furs. */
export const creature = (n: number): Scene => {
  const furs: readonly Colour[] = [
    [0.9, 0.72, 0.58],
    [0.45, 0.28, 0.16],
    [0.9, 0.88, 0.82],
    [0.2, 0.2, 0.22],
  ]
  const fur = furs[n % 4] ?? white
  const ground = mix(hue(0.25 + n / 16), white, 0.3)
  const face: Scene = (x, y) => {
    if (inside(x, y, 0.4, 0.43, 0.035, 0.025) || inside(x, y, 0.6, 0.43, 0.035, 0.025)) return black
    if (inside(x, y, 0.5, 0.64, 0.1, 0.03)) return [0.7, 0.2, 0.22]
    if (inside(x, y, 0.5, 0.5, 0.24, 0.33)) return lit(fur, 1.05 - 0.5 * Math.abs(x - 0.45))
    if (inside(x, y, 0.5, 0.4, 0.3, 0.34)) return lit(furs[(n + 1) % 4] ?? black, 0.8)
    return y > 0.78 && Math.abs(x - 0.5) < 0.36 ? hue(n / 8) : ground
  }
  const beast: Scene = (x, y) => {
    const legs = y > 0.55 && y < 0.85 && (x * 10 + 1) % 2 < 0.6 && x > 0.26 && x < 0.74
    if (inside(x, y, 0.77, 0.36, 0.012, 0.014)) return black
    const ears = inside(x, y, 0.72, 0.24, 0.03, 0.08) || inside(x, y, 0.8, 0.24, 0.03, 0.08)
    const isBeast = legs || ears || inside(x, y, 0.5, 0.52, 0.28, 0.15) || inside(x, y, 0.76, 0.38, 0.11, 0.1)
    if (isBeast) return lit(fur, 0.75 + 0.4 * grain(x, y, 30, n))
    return y > 0.7 ? lit([0.4, 0.6, 0.25], 0.7 + 0.5 * grain(x, y, 25, n)) : ground
  }
  return n < 4 ? face : beast
}

/** Things on a table: ball, cup, bottle, clock, car, book, lamp, fruit. */
export const thing =
  (n: number): Scene =>
  (x, y) => {
    const table = lit([0.55, 0.38, 0.25], 0.75 + 0.35 * hills(x * 4, y * 40, n))
    const behind: Colour = y > 0.7 ? table : mix(mix(hue(n / 8 + 0.4), white, 0.65), white, y)
    const shaded = (colour: Colour, cx: number, width: number): Colour =>
      lit(colour, 1.1 - 1.1 * Math.abs(x - cx + width / 4))
    switch (n) {
      case 0:
        return inside(x, y, 0.5, 0.58, 0.24, 0.24)
          ? Math.abs(Math.sin(9 * x) + Math.cos(9 * y)) < 0.25
            ? black
            : shaded([0.95, 0.45, 0.12], 0.5, 0.4)
          : behind
      case 1:
        if (inside(x, y, 0.45, 0.42, 0.2, 0.05)) return [0.25, 0.13, 0.07]
        if (inside(x, y, 0.7, 0.56, 0.1, 0.12) && !inside(x, y, 0.69, 0.56, 0.05, 0.07)) return white
        return Math.abs(x - 0.45) < 0.2 && y > 0.4 && y < 0.76 ? shaded(white, 0.45, 0.3) : behind
      case 2: {
        const half = y < 0.35 ? 0.04 : 0.11
        return Math.abs(x - 0.5) < half && y > 0.12 && y < 0.82 ? shaded([0.1, 0.4, 0.2], 0.5, 0.2) : behind
      }
      case 3: {
        const far = Math.hypot(x - 0.5, y - 0.5)
        const hand =
          (Math.abs(x - 0.5) < 0.015 && y > 0.25 && y < 0.5) ||
          (Math.abs(y - 0.5) < 0.015 && x > 0.5 && x < 0.68)
        return far < 0.38 ? (far > 0.34 || hand ? black : white) : behind
      }
      case 4: {
        if (inside(x, y, 0.28, 0.72, 0.09, 0.09) || inside(x, y, 0.72, 0.72, 0.09, 0.09)) return black
        if (inside(x, y, 0.5, 0.48, 0.22, 0.12) && y < 0.5) return [0.6, 0.8, 0.9]
        return Math.abs(x - 0.5) < 0.42 && y > 0.5 && y < 0.72 ? [0.8, 0.1, 0.12] : behind
      }
      case 5:
        return Math.abs(x - 0.5) < 0.26 && Math.abs(y - 0.5) < 0.34
          ? y > 0.3 && y < 0.4
            ? [0.95, 0.8, 0.3]
            : shaded([0.15, 0.2, 0.55], 0.5, 0.4)
          : behind
      case 6:
        if (y > 0.2 && y < 0.45 && Math.abs(x - 0.5) < y * 0.6) return [1, 0.92, 0.6]
        return Math.abs(x - 0.5) < (y > 0.8 ? 0.14 : 0.02) && y > 0.45 && y < 0.86 ? black : lit(behind, 0.6)
      default:
        if (inside(x, y, 0.36, 0.6, 0.15, 0.16)) return shaded([0.8, 0.12, 0.1], 0.36, 0.3)
        if (inside(x, y, 0.64, 0.6, 0.14, 0.15)) return shaded([0.35, 0.65, 0.15], 0.64, 0.3)
        return inside(x, y, 0.5, 0.36, 0.28, 0.08) ? [0.95, 0.85, 0.25] : behind
    }
  }
