import type { ConceptName } from './palette-concepts.ts'

/**
 * What a word means: weights of concepts, made unit length. `doubt` (0..1) is the sine of an angle away from everything a
 * picture can have: a word that light and colour can only guess at (a face, a city) scores lower than one they can see.
 */
export type Entry = {
  readonly means: Readonly<Partial<Record<ConceptName, number>>>
  readonly doubt?: number
  /** Separated by commas. `rot~`: with German endings; `beach+`: with the plural s. A space makes one word of several. */
  readonly words: string
}

/** Every word by what it means; where a word stands twice, the first holds. */
export const entries: readonly Entry[] = [
  { means: { red: 1 }, words: 'red, reddish, scarlet, crimson, ruby, rot~, rötlich~, scharlachrot~' },
  { means: { orange: 1 }, words: 'orange, orangish, orangefarben~' },
  { means: { yellow: 1 }, words: 'yellow, yellowish, lemon, gelb~, gelblich~' },
  { means: { gold: 1, yellow: 0.4 }, words: 'gold, golden~, goldfarben~' },
  { means: { green: 1 }, words: 'green, greenish, emerald, grün~, grünlich~' },
  { means: { turquoise: 1 }, words: 'turquoise, cyan, teal, aqua, türkis~, türkisfarben~' },
  { means: { blue: 1 }, words: 'blue, bluish, azure, cobalt, blau~, bläulich~' },
  { means: { navy: 1, blue: 0.3 }, words: 'navy, navy blue, dark blue, indigo, dunkelblau~, marineblau~' },
  { means: { skyblue: 1, blue: 0.3 }, words: 'light blue, pale blue, sky blue, hellblau~, himmelblau~' },
  { means: { green: 1, dark: 0.5 }, words: 'dunkelgrün~' },
  { means: { green: 1, bright: 0.5 }, words: 'hellgrün~' },
  { means: { red: 1, dark: 0.5 }, words: 'maroon, burgundy, dunkelrot~, weinrot~' },
  { means: { purple: 1 }, words: 'purple, violet, lilac, lavender, lila, violett~, purpurn~' },
  { means: { pink: 1 }, words: 'pink, pinkish, rosy, rosa, pinkfarben~, rosafarben~' },
  { means: { pink: 0.7, purple: 0.7 }, words: 'magenta, fuchsia' },
  { means: { brown: 1 }, words: 'brown, brownish, chocolate, bronze, braun~, bräunlich~' },
  { means: { beige: 1 }, words: 'beige, tan, cream, ivory, khaki, creme, cremefarben~' },
  { means: { black: 1 }, words: 'black, blackness, schwarz~' },
  { means: { grey: 1 }, words: 'grey, gray, greyish, grayish, silver, grau~, gräulich~, silbern~' },
  { means: { white: 1 }, words: 'white, whitish, weiß~, weißlich~' },
  {
    means: { grayscale: 1 },
    words:
      'black and white, black & white, b&w, b/w, s/w, monochrome, greyscale, grayscale, grey scale, gray scale, ' +
      'colourless, colorless, silent film, silent movie, schwarzweiß~, schwarz weiß, schwarz und weiß, ' +
      'schwarzweißfilm, stummfilm, farblos~, einfarbig~',
  },

  {
    means: { bright: 1 },
    words: 'bright, brightly, brightness, light, well lit, overexposed, hell~, helligkeit, licht',
  },
  {
    means: { dark: 1 },
    words:
      'dark, darkness, dim, gloomy, underexposed, shadow+, dunkel, dunkle, dunkler, dunkles, dunklen, dunklem, dunkelheit, finster~, düster~, schatten',
  },
  {
    means: { contrast: 1 },
    words: 'contrast, high contrast, contrasty, kontrast, kontraste, kontrastreich~',
  },
  { means: { warm: 1 }, words: 'warm, warmth, warm~, wärme' },
  { means: { cold: 1 }, words: 'cold, cool, chilly, kalt~, kühl~, kälte' },
  {
    means: { colourful: 1 },
    words:
      'colourful, colorful, vivid, rainbow+, multicoloured, multicolored, many colours, many colors, color bars, colour bars, test card, bunt~, farbig~, farbenfroh~, farbenprächtig~, regenbogen, testbild',
  },
  {
    means: { dull: 1 },
    words: 'dull, desaturated, muted, pale, washed out, drab, faded, blass~, fahl~, trist~, entsättigt~',
  },

  {
    means: { busy: 1 },
    words:
      'busy, cluttered, detailed, textured, texture, chaotic, noisy, noise, detailreich~, unruhig~, chaotisch~, rauschen',
  },
  {
    means: { busy: 1 },
    doubt: 0.7,
    words: 'crowd+, crowded, crowds, market, menschenmenge, gedränge, überfüllt~',
  },
  {
    means: { plain: 1 },
    words: 'plain, empty, blank, minimal, minimalist, simple, solid colour, solid color, schlicht~, leer~',
  },
  {
    means: { fog: 1 },
    words: 'fog, foggy, mist, misty, haze, hazy, nebel, neblig~, nebelig~, dunst, dunstig~, diesig~',
  },
  {
    means: { fog: 1 },
    doubt: 0.6,
    words: 'smoke, smoky, steam, blurred, blurry, blur, out of focus, rauch, dampf, unscharf~, verschwommen~',
  },

  { means: { sky: 1 }, words: 'sky, skies, himmel' },
  { means: { sky: 1, blue: 0.5 }, words: 'blue sky, clear sky, blauer himmel, blauen himmel' },
  {
    means: { sky: 1 },
    doubt: 0.5,
    words: 'cloud+, cloudy, horizon, wolke, wolken, bewölkt~, horizont, luft',
  },
  {
    means: { sky: 0.7, bright: 0.7 },
    doubt: 0.4,
    words: 'sunny, sunshine, daylight, daytime, sonnig~, sonnenschein, tageslicht',
  },
  {
    means: { meadow: 1 },
    words:
      'grass, grassy, grasses, meadow+, lawn+, field+, pasture+, green field, gras, gräser, wiese, wiesen, rasen, feld, felder, weide',
  },
  {
    means: { meadow: 1 },
    doubt: 0.5,
    words: 'park+, garden+, golf, football, soccer, garten, gärten, fußball',
  },
  {
    means: { forest: 1 },
    words: 'forest+, woods, woodland, jungle+, foliage, leaves, wald, wälder, dschungel, laub, blätter',
  },
  {
    means: { forest: 1 },
    doubt: 0.4,
    words: 'tree+, bush, bushes, leaf, plant+, baum, bäume, busch, büsche, blatt, pflanze, pflanzen',
  },
  {
    means: { forest: 0.75, meadow: 0.65 },
    doubt: 0.3,
    words: 'nature, natur, countryside, landscape, landschaft',
  },
  {
    means: { sea: 1, water: 0.3 },
    words: 'sea, seas, ocean+, lake+, meer, meere, ozean, ozeane, am see, der see, den see, dem see',
  },
  {
    means: { water: 1, sea: 0.2 },
    doubt: 0.5,
    words:
      'river+, pool+, wave+, underwater, swimming, pond+, fluss, flüsse, wellen, welle, unterwasser, teich, schwimmbad',
  },
  { means: { water: 1, sea: 0.6 }, words: 'water, watery, wasser' },
  { means: { sand: 1 }, words: 'sand, sandy, sandig~' },
  { means: { sand: 1, warm: 0.3 }, words: 'desert+, dune+, wüste, wüsten, düne, dünen' },
  { means: { beach: 1, sand: 0.5 }, doubt: 0.3, words: 'beach, beaches, strand, strände' },
  {
    means: { beach: 1, sea: 0.7 },
    words: 'coast+, seaside, shore+, seashore, coastline, küste, küsten, ufer',
  },
  {
    means: { snow: 1 },
    words: 'snow, snowy, ice, icy, glacier+, schnee, verschneit~, eis, eisig~, gletscher',
  },
  { means: { snow: 1 }, doubt: 0.5, words: 'winter, ski, skiing, frost, frozen, gefroren~' },
  {
    means: { night: 1 },
    words: 'night, nights, at night, nighttime, city lights, nacht, nächte, nachts, bei nacht, in der nacht',
  },
  {
    means: { night: 1, dark: 0.4 },
    doubt: 0.5,
    words: 'star, stars, starry, fireworks, firework, concert, disco, sterne, feuerwerk, konzert',
  },
  {
    means: { sunset: 1 },
    words:
      'sunset+, sunrise+, dusk, dawn, twilight, golden hour, sonnenuntergang, sonnenuntergänge, sonnenaufgang, abendrot, morgenrot, dämmerung, abendhimmel',
  },
  {
    means: { fire: 1 },
    words: 'fire+, flame+, burning, campfire+, bonfire+, feuer, flamme, flammen, lagerfeuer, brennend~',
  },
  { means: { fire: 1 }, doubt: 0.5, words: 'explosion+, candle+, lava, kerze, kerzen' },
  { means: { skin: 1 }, words: 'skin, haut, hautfarben~, skin tone' },
  {
    means: { skin: 1 },
    doubt: 0.6,
    words: 'face+, close up, portrait+, hand+, baby, gesicht, gesichter, nahaufnahme, hände',
  },
  {
    means: { skin: 1 },
    doubt: 0.8,
    words: 'person, people, man, woman, human, mensch, menschen, mann, frau, leute',
  },
  {
    means: { text: 1 },
    words:
      'text+, document+, text on paper, page+, writing, letters, book page, texte, dokument, dokumente, seite, seiten, schrift, geschrieben~',
  },
  { means: { text: 0.9, white: 0.4 }, words: 'paper, papier, sheet' },
  {
    means: { text: 1 },
    doubt: 0.5,
    words:
      'screen+, slide+, screenshot+, presentation+, spreadsheet, book+, newspaper, bildschirm, folie, folien, präsentation, buch, bücher, zeitung',
  },
  {
    means: { credits: 1 },
    words: 'credits, end credits, titles, title card, closing credits, abspann, vorspann, titel',
  },
  {
    means: { cartoon: 1 },
    words:
      'cartoon+, drawing+, animation, animated, anime, comic+, illustration+, graphics, zeichentrick, zeichentrickfilm, zeichnung, zeichnungen, trickfilm, gezeichnet~, animiert~, grafik',
  },
]
