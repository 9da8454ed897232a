import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { changed, pictures, rasterize } from './drawn-pictures.ts'
import { cosine, openPalette, paletteFolder, type Palette } from './palette-session.ts'

/** Query -> the drawn pictures that may come first. */
const queries: Readonly<Record<string, readonly string[]>> = {
  sky: ['sky', 'meadow', 'sea', 'desert'],
  Himmel: ['sky', 'meadow', 'sea', 'desert'],
  'green grass': ['meadow'],
  Wiese: ['meadow'],
  'a field under a blue sky': ['meadow'],
  forest: ['forest'],
  'im Wald': ['forest'],
  sea: ['sea'],
  'the ocean': ['sea'],
  Meer: ['sea'],
  beach: ['beach'],
  'am Strand': ['beach'],
  sand: ['beach', 'desert'],
  snow: ['snow'],
  Schnee: ['snow'],
  night: ['night'],
  'bei Nacht': ['night'],
  sunset: ['sunset'],
  Sonnenuntergang: ['sunset'],
  fire: ['fire'],
  flames: ['fire'],
  Feuer: ['fire'],
  skin: ['face'],
  Gesicht: ['face'],
  'text on paper': ['page'],
  document: ['page'],
  Schrift: ['page'],
  'end credits': ['credits'],
  cartoon: ['cartoon'],
  Zeichentrickfilm: ['cartoon'],
  'black and white': ['street'],
  'Black-and-White': ['street'],
  schwarzweiß: ['street'],
  'a B&W movie': ['street'],
  'S/W': ['street'],
  'ein Schwarz-Weiß-Film': ['street'],
  colourful: ['bars', 'static'],
  'bunte Farben': ['bars', 'static'],
  busy: ['static', 'crowd', 'page'],
  plain: [
    'red',
    'orange',
    'green',
    'turquoise',
    'blue',
    'purple',
    'pink',
    'brown',
    'black',
    'white',
    'grey',
    'fog',
  ],
  fog: ['fog'],
  Nebel: ['fog'],
  bright: ['white', 'snow'],
  dark: ['black', 'cellar', 'night'],
  dunkel: ['black', 'cellar', 'night'],
  'warm colours': ['orange', 'red', 'yellow', 'brown', 'fire', 'wood'],
  cold: ['blue', 'purple', 'turquoise', 'sky', 'pool'],
  'dark blue': ['dusk'],
  'light blue sky': ['sky', 'meadow', 'sea', 'desert'],
  pool: ['pool', 'sea'],
  'brown wood': ['brown', 'wood'],
}

const colours: Readonly<Record<string, readonly string[]>> = {
  red: ['red', 'rot', 'ein rotes Auto'],
  orange: ['orange'],
  yellow: ['yellow', 'gelb'],
  green: ['green', 'grün', 'gruen'],
  turquoise: ['turquoise', 'cyan', 'türkis'],
  blue: ['blue', 'blau', 'BLAUE'],
  purple: ['purple', 'violet', 'lila'],
  pink: ['pink', 'rosa'],
  brown: ['brown', 'braun'],
  black: ['black', 'schwarz'],
  grey: ['grey', 'gray', 'grau'],
  white: ['white', 'weiß', 'weiss'],
}

const names = Object.keys(pictures)

describe('Palette, the built-in model', () => {
  let palette: Palette
  let frames: readonly Float32Array[]
  let seen: readonly Float32Array[]
  const draw = (picture: (typeof pictures)[string]): Float32Array =>
    rasterize(picture, palette.manifest.image.width)
  const ranked = (vector: Float32Array): readonly { name: string; score: number }[] =>
    names.map((name, i) => ({ name, score: cosine(vector, seen[i]!) })).toSorted((a, b) => b.score - a.score)

  beforeAll(async () => {
    palette = await openPalette()
    frames = names.map((name) => draw(pictures[name]!))
    seen = await palette.see(frames)
  })

  test('is under a megabyte, and its manifest tells the truth about its files', () => {
    const { image, text, tokenizer } = palette.manifest
    for (const { file, bytes, sha256 } of [image, text, tokenizer]) {
      const data = readFileSync(join(paletteFolder, file))
      expect(data.byteLength).toBe(bytes)
      expect(createHash('sha256').update(data).digest('hex')).toBe(sha256)
    }
    const total = readdirSync(paletteFolder).reduce(
      (sum, file) => sum + statSync(join(paletteFolder, file)).size,
      0,
    )
    expect(total).toBeLessThan(1_000_000)
  })

  test('is made again, byte for byte, by its script', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kinora-palette-'))
    try {
      execFileSync(process.execPath, [join(paletteFolder, 'make-palette.ts'), folder])
      const made = readdirSync(folder).toSorted()
      expect(made).toEqual(['image.onnx', 'model.json', 'text.onnx', 'tokenizer.json'])
      for (const file of made)
        expect(readFileSync(join(folder, file)).equals(readFileSync(join(paletteFolder, file))), file).toBe(
          true,
        )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('every picture has the same finite length, so a score means the same in each', () => {
    expect(names.length).toBeGreaterThanOrEqual(30)
    for (const vector of seen) {
      expect(vector.length).toBe(palette.manifest.dimensions)
      expect(Math.hypot(...vector)).toBeCloseTo(2, 3)
    }
  })

  test('a batch gives what its pictures give one by one', async () => {
    for (const [i, name] of names.entries()) {
      const [alone] = await palette.see([frames[i]!])
      const apart = Math.max(...alone!.map((value, k) => Math.abs(value - seen[i]![k]!)))
      expect(apart, name).toBeLessThan(1e-5)
    }
  })

  test('each colour by name finds its picture first among all', async () => {
    for (const [name, texts] of Object.entries(colours))
      for (const [i, vector] of (await palette.read(texts)).entries()) {
        const [first] = ranked(vector)
        expect(first?.name, texts[i]).toBe(name)
        expect(first?.score, texts[i]).toBeGreaterThan(palette.manifest.thresholds!.good)
      }
  })

  test('at least nine of ten queries rank a right picture first, none of them fainter than weak', async () => {
    const texts = Object.keys(queries)
    const vectors = await palette.read(texts)
    const answers = texts.map((text, i) => ({ text, first: ranked(vectors[i]!)[0]! }))
    const wrong = answers.filter(({ text, first }) => !queries[text]!.includes(first.name))
    const faint = answers.filter(({ first }) => first.score < palette.manifest.thresholds!.weak)
    console.log(`palette: ${texts.length - wrong.length} of ${texts.length} queries right`, wrong, faint)
    expect(wrong.length / texts.length).toBeLessThanOrEqual(0.1)
    expect(faint).toEqual([])
  })

  test('a word for a scene leaves nearly every other picture below "good"', async () => {
    const scenes = [
      'forest',
      'snow',
      'sunset',
      'fire',
      'skin',
      'document',
      'cartoon',
      'fog',
      'schwarzweiß',
      'beach',
    ]
    const { good } = palette.manifest.thresholds!
    for (const [i, vector] of (await palette.read(scenes)).entries()) {
      const over = ranked(vector).filter(({ score }) => score >= good)
      expect(over.length, `${scenes[i]}: ${over.map(({ name }) => name).join(' ')}`).toBeLessThanOrEqual(3)
    }
  })

  test('unknown words give a zero vector, and add nothing to known ones', async () => {
    const strangers = [
      'Nikolaus',
      'a dog on a skateboard',
      '',
      '!?',
      'redder',
      'x'.repeat(500),
      'und der die das',
    ]
    for (const [i, vector] of (await palette.read(strangers)).entries())
      expect(Math.hypot(...vector), strangers[i]).toBe(0)
    const [alone, amid] = await palette.read(['snow', 'my uncle with snow, yesterday'])
    expect(cosine(alone!, amid!)).toBeCloseTo(1, 6)
  })

  test('a word that colours only guess at scores lower than one they see', async () => {
    const [skin, person] = await palette.read(['skin', 'person'])
    const face = seen[names.indexOf('face')]!
    expect(cosine(person!, face)).toBeLessThan(0.7 * cosine(skin!, face))
  })

  test.each(Object.keys(changed))('a picture that is %s is still nearest to itself', async (change) => {
    const others = await palette.see(names.map((name) => draw(changed[change]!(pictures[name]!))))
    const lost = names.filter((name, i) => ranked(others[i]!)[0]?.name !== name)
    expect(lost).toEqual([])
  })
})
