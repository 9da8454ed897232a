import { labOfHex } from './palette-lab.ts'

/**
 * What a pixel can be called. A pixel belongs softly to the nearest shades (in CIELAB), and a shade belongs to one or more
 * kinds, with a weight. The shades are hand-picked: CSS's names for the pure colours, and beside them the dull, dark and pale
 * ones that cameras see (a real meadow is olive, a real sky is grey-blue).
 */
const shadeTable = {
  red: 'ff0000 e02020 c01818 8b1010 b03838 d04848 601014',
  orange: 'ff8000 ff6020 e07010 f09840 c86020 ffa500',
  yellow: 'ffff00 ffe030 e8d020 f4e678 c8b428',
  gold: 'd4af37 b8860b c8a050 a8842f',
  green: '00ff00 20c020 008000 0a4a14 70c040 98e080 20804c',
  foliage: '6b8e23 556b2f 7c9450 34481f 3f6634 8fae5a 26331a 5e7040',
  turquoise: '00ffff 40e0d0 20b0b0 007878 94dcd8',
  seablue: '4f7d90 2f6478 6f98a4',
  blue: '0000ff 2040e0 4169e1 2a5cb0 1e90ff',
  navy: '000080 10204c 22325c',
  skyblue: '87ceeb 6ca6dc 4c88c8 a8cdec',
  paleblue: 'bcd2e4 9cb4cc 7c98b4',
  purple: '800080 8040c0 9060b0 4b0082 b48ad8 a020f0',
  magenta: 'ff00ff',
  pink: 'ff69b4 ffc0cb e080a0 f8a0c0 c85080 ff1493',
  brown: '8b4513 5c3317 a0522d 74553a 3c2618 8c6a4a',
  beige: 'f5f0d8 e8dcc0',
  sand: 'd2b48c e0c8a0 c4ac88 b09870 a08c6c ecd8b0',
  skin: 'e8b898 d8a080 c08868 f2d0bc 8a5a40 b07858',
  black: '000000 101010 1c1c1c',
  darkgrey: '343434 484848',
  grey: '606060 787878 909090 a8a8a8',
  palegrey: 'c0c0c0 d4d4d4',
  white: 'ffffff f4f4f4 e6e6e6',
} as const

type Shade = keyof typeof shadeTable

/** Kind of colour -> the shades it is made of, each with its weight (1: wholly). */
const kindTable = {
  red: { red: 1 },
  orange: { orange: 1 },
  yellow: { yellow: 1, gold: 0.7, orange: 0.15 },
  gold: { gold: 1 },
  green: { green: 1, foliage: 0.7 },
  foliage: { foliage: 1, green: 0.7 },
  turquoise: { turquoise: 1, seablue: 0.3 },
  blue: { blue: 1, skyblue: 0.9, navy: 0.8, paleblue: 0.4, seablue: 0.3 },
  navy: { navy: 1 },
  skyblue: { skyblue: 1, paleblue: 0.7 },
  water: { seablue: 1, turquoise: 1, blue: 0.8, skyblue: 0.7, paleblue: 0.6, navy: 0.3 },
  purple: { purple: 1, magenta: 0.5 },
  pink: { pink: 1, magenta: 0.5 },
  brown: { brown: 1, sand: 0.15, skin: 0.1 },
  beige: { beige: 1, sand: 0.7 },
  sand: { sand: 1, beige: 0.5, skin: 0.15 },
  skin: { skin: 1, sand: 0.15 },
  glow: { orange: 1, yellow: 0.6, red: 0.7, pink: 0.5, gold: 0.5, skin: 0.3 },
  flame: { orange: 1, yellow: 0.9, red: 0.5, gold: 0.5 },
  black: { black: 1, darkgrey: 0.3 },
  grey: { grey: 1, darkgrey: 0.7, palegrey: 0.6 },
  white: { white: 1, palegrey: 0.25, beige: 0.15 },
} as const satisfies Record<string, Partial<Record<Shade, number>>>

export type Kind = keyof typeof kindTable
export const kinds = Object.keys(kindTable) as readonly Kind[]

/** Every shade's colour: name and CIELAB (D65). */
export const shades = Object.entries(shadeTable).flatMap(([name, colours]) =>
  colours.split(' ').map((hex) => ({ name: name as Shade, lab: labOfHex(hex) })),
)

/** kinds x shades, row-major: how much a pixel of the shade counts for the kind. */
export const kindOfShade: readonly number[] = kinds.flatMap((kind) => {
  const weights: Partial<Record<Shade, number>> = kindTable[kind]
  return shades.map((shade) => weights[shade.name] ?? 0)
})
