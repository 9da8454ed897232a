import { concept, partly, recipe, when, type Concept } from './palette-features.ts'
import type { Kind } from './palette-shades.ts'

/** How much of the frame has a colour, the centre counting more; a little already counts (power 0.7). */
const colour = (kind: Kind, from: number, to: number, usual: number): Concept =>
  concept(usual, recipe(when({ [`${kind}.whole`]: 0.6, [`${kind}.centre`]: 0.4 }, from, to, 0.7)))

const hues = ['red', 'orange', 'yellow', 'green', 'turquoise', 'blue', 'purple', 'pink'] as const

/** Every concept, hand-made: measured numbers are in README.md, nothing is trained. */
export const concepts = {
  red: colour('red', 0.01, 0.5, 0.05),
  orange: colour('orange', 0.01, 0.5, 0.05),
  yellow: colour('yellow', 0.01, 0.5, 0.05),
  gold: colour('gold', 0.01, 0.5, 0.03),
  green: colour('green', 0.02, 0.7, 0.08),
  turquoise: colour('turquoise', 0.01, 0.5, 0.03),
  blue: colour('blue', 0.02, 0.6, 0.08),
  navy: colour('navy', 0.01, 0.5, 0.03),
  skyblue: colour('skyblue', 0.02, 0.6, 0.05),
  purple: colour('purple', 0.01, 0.5, 0.03),
  pink: colour('pink', 0.01, 0.5, 0.03),
  brown: colour('brown', 0.08, 0.7, 0.08),
  beige: colour('beige', 0.05, 0.6, 0.06),
  black: colour('black', 0.12, 0.8, 0.08),
  grey: colour('grey', 0.2, 0.85, 0.14),
  white: colour('white', 0.08, 0.75, 0.1),

  bright: concept(0.12, recipe(when('light.whole', 0.55, 0.85))),
  dark: concept(0.12, recipe(when('light.whole', 0.35, 0.12))),
  contrast: concept(0.2, recipe(when('contrast.whole', 0.16, 0.36))),
  warm: concept(0.1, recipe(when('warmth.whole', 0.15, 0.6))),
  cold: concept(0.08, recipe(when('warmth.whole', -0.05, -0.4))),
  colourful: concept(
    0.1,
    ...hues.map((hue) => partly(0.25, when('vivid.whole', 0.1, 0.35), when(`${hue}.whole`, 0.02, 0.08))),
  ),
  dull: concept(0.15, recipe(when('chroma.whole', 0.11, 0.04), when('contrast.whole', 0.02, 0.08))),
  grayscale: concept(
    0.03,
    recipe(
      when('tinted.whole', 0.12, 0.02),
      when('chroma.whole', 0.06, 0.02),
      when('contrast.whole', 0.06, 0.15),
    ),
  ),

  busy: concept(0.12, recipe(when('sharp.whole', 0.15, 0.45))),
  plain: concept(0.1, recipe(when('flat.whole', 0.6, 0.95), when('contrast.whole', 0.2, 0.02))),
  fog: concept(
    0.05,
    recipe(
      when('sharp.whole', 0.06, 0.0),
      when('chroma.whole', 0.14, 0.05),
      when('contrast.whole', 0.22, 0.1),
      when('contrast.whole', 0.005, 0.03),
      when('light.whole', 0.35, 0.55),
    ),
  ),

  sky: concept(
    0.08,
    recipe(
      when('skyblue.top', 0.08, 0.5),
      when('sharp.top', 0.3, 0.1),
      when({ 'light.top': 1, 'light.bottom': -1 }, -0.3, 0.0),
    ),
    recipe(when('skyblue.whole', 0.35, 0.7), when('sharp.whole', 0.15, 0.05)),
    partly(
      0.6,
      when({ 'white.top': 1, 'grey.top': 0.6, 'skyblue.top': 1 }, 0.4, 0.8),
      when('bright.top', 0.4, 0.8),
      when('sharp.top', 0.2, 0.05),
      when({ 'light.top': 1, 'light.bottom': -1 }, 0.12, 0.3),
    ),
  ),
  meadow: concept(
    0.06,
    recipe(
      when('foliage.bottom', 0.2, 0.65),
      when({ 'foliage.bottom': 1, 'foliage.top': -1 }, -0.1, 0.25),
      when('fine.bottom', 0.002, 0.01),
      when('light.bottom', 0.15, 0.35),
    ),
  ),
  forest: concept(
    0.06,
    recipe(
      when('foliage.whole', 0.12, 0.5, 0.8),
      when('foliage.top', 0.02, 0.25),
      when('fine.whole', 0.005, 0.016),
      when('fine.whole', 0.12, 0.07),
    ),
  ),
  // A horizon: brighter above, level edges, water from the middle down. A grey-blue pavement has none of these.
  sea: concept(
    0.06,
    recipe(
      when({ 'water.middle': 0.6, 'water.bottom': 0.4 }, 0.06, 0.35),
      when({ 'light.top': 1, 'light.middle': -1 }, -0.1, 0.02),
      when('light.bottom', 0.8, 0.65),
      when(
        { 'level.middle': 0.5, 'level.bottom': 0.5, 'upright.middle': -0.5, 'upright.bottom': -0.5 },
        -0.012,
        0.0,
      ),
      when('flat.bottom', 0.98, 0.85),
      when('dark.whole', 0.5, 0.3),
      when('foliage.bottom', 0.4, 0.15),
      when('fine.bottom', 0.08, 0.04),
    ),
  ),
  water: concept(
    0.1,
    recipe(
      when({ 'water.middle': 0.4, 'water.bottom': 0.6 }, 0.12, 0.5),
      when('sharp.bottom', 0.4, 0.2),
      when('flat.bottom', 0.99, 0.9),
    ),
  ),
  // Sand under something colder (sky, sea), or nothing but grains of it.
  sand: concept(
    0.06,
    recipe(
      when('sand.bottom', 0.05, 0.4),
      when({ 'warmth.bottom': 1, 'warmth.top': -1 }, 0.02, 0.25),
      when({ 'water.top': 1, 'skyblue.top': 0.5, 'white.top': 0.5, 'grey.top': 0.3 }, 0.05, 0.35, 0.5),
      when('sharp.bottom', 0.3, 0.12),
    ),
    partly(
      0.5,
      when('sand.whole', 0.45, 0.85),
      when('fine.whole', 0.002, 0.006),
      when('sharp.whole', 0.3, 0.1),
    ),
  ),
  // Cold above, warm or grey ground below; surer where the middle is water.
  beach: concept(
    0.04,
    partly(
      0.65,
      when({ 'water.top': 0.5, 'water.middle': 0.5, 'skyblue.top': 0.25 }, 0.05, 0.25),
      when({ 'sand.bottom': 1, 'grey.bottom': 0.4, 'brown.bottom': 0.4 }, 0.08, 0.35),
      when({ 'warmth.bottom': 1, 'warmth.top': -1 }, 0.03, 0.2),
      when({ 'light.top': 1, 'light.bottom': -1 }, -0.25, 0.0),
      when('sharp.top', 0.25, 0.12),
      when('sharp.bottom', 0.3, 0.15),
      when('foliage.whole', 0.25, 0.1),
    ),
    partly(
      0.6,
      when('water.middle', 0.12, 0.45),
      when('sand.bottom', 0.05, 0.35),
      when({ 'warmth.bottom': 1, 'warmth.top': -1 }, 0.03, 0.2),
      when('sharp.bottom', 0.3, 0.15),
    ),
  ),
  snow: concept(
    0.05,
    recipe(
      when({ 'white.bottom': 1, 'grey.bottom': 0.3, 'skyblue.bottom': 0.3 }, 0.35, 0.8),
      when('light.bottom', 0.65, 0.85),
      when('chroma.bottom', 0.12, 0.06),
      when('flat.whole', 0.99, 0.9),
      when('ink.whole', 0.06, 0.02),
    ),
    // In the shade it is pale blue and no darker below than above.
    partly(
      0.8,
      when({ 'white.bottom': 1, 'grey.bottom': 0.7, 'skyblue.bottom': 0.9 }, 0.4, 0.8),
      when('light.bottom', 0.55, 0.72),
      when({ 'light.bottom': 1, 'light.top': -1 }, -0.15, 0.05),
      when('warmth.bottom', 0.0, -0.12),
      when('chroma.bottom', 0.16, 0.1),
      when('sharp.bottom', 0.3, 0.15),
      when('flat.whole', 0.9, 0.7),
    ),
  ),
  night: concept(
    0.04,
    recipe(
      when('dark.whole', 0.2, 0.65),
      when('light.whole', 0.42, 0.25),
      when('light.top', 0.6, 0.45),
      when('lamp.whole', 0.0, 0.01, 0.6),
      when('lamp.whole', 0.25, 0.1),
    ),
    partly(0.3, when('dark.whole', 0.6, 0.85), when('light.whole', 0.2, 0.12)),
  ),
  sunset: concept(
    0.04,
    recipe(
      when({ 'glow.top': 0.5, 'glow.middle': 0.5 }, 0.1, 0.45),
      when({ 'light.top': 0.5, 'light.middle': 0.5, 'light.bottom': -1 }, 0.05, 0.25),
      when('sharp.top', 0.2, 0.08),
      when('flat.whole', 0.99, 0.9),
    ),
  ),
  fire: concept(
    0.03,
    recipe(
      when({ 'flame.whole': 0.4, 'flame.centre': 0.6 }, 0.08, 0.35),
      when('dark.whole', 0.2, 0.45),
      when({ 'light.centre': 1, 'light.border': -1 }, 0.0, 0.15),
    ),
  ),
  // Smooth, and more of it in the centre: a wooden table has grain, and as much at its edges.
  skin: concept(
    0.06,
    recipe(
      when({ 'skin.centre': 0.7, 'skin.whole': 0.3 }, 0.12, 0.45),
      when('fine.centre', 0.028, 0.014),
      when({ 'skin.centre': 1, 'skin.border': -1 }, -0.1, 0.15, 0.6),
      when('brown.centre', 0.45, 0.22),
      when('flat.whole', 0.98, 0.88),
    ),
  ),
  text: concept(
    0.04,
    recipe(
      when('ink.whole', 0.06, 0.18),
      when({ 'white.whole': 1, 'grey.whole': 0.5, 'beige.whole': 0.4 }, 0.4, 0.7),
      when('tinted.whole', 0.4, 0.15),
      when('light.whole', 0.55, 0.7),
    ),
  ),
  credits: concept(
    0.02,
    recipe(
      when('dark.whole', 0.55, 0.75),
      when({ 'lamp.whole': 1, 'lamp.border': -0.3 }, 0.01, 0.06),
      when('tinted.whole', 0.12, 0.03),
      when('sharp.whole', 0.04, 0.12),
      when('flat.whole', 0.3, 0.5),
    ),
  ),
  // Flat areas and hard edges at once: what is drawn, not filmed. Rendered films with soft shading do not show it.
  cartoon: concept(
    0.05,
    recipe(
      when('vivid.whole', 0.15, 0.45),
      when('flat.whole', 0.35, 0.65),
      when('flat.whole', 0.98, 0.9),
      when('sharp.whole', 0.02, 0.07),
    ),
    partly(
      0.7,
      when('flat.whole', 0.5, 0.7),
      when('sharp.whole', 0.08, 0.18),
      when('ink.whole', 0.1, 0.04),
      when('chroma.whole', 0.02, 0.06),
    ),
  ),
} as const satisfies Record<string, Concept>

export type ConceptName = keyof typeof concepts
export const conceptNames = Object.keys(concepts) as readonly ConceptName[]
