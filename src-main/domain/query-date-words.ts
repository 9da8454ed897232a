import type { Season } from './query-dates.ts'

/** The words of dates, in English and German: both languages are complete from the start (product.md). */
export type DateWord =
  | { readonly kind: 'number'; readonly value: number; readonly digits: number; readonly isOrdinal: boolean }
  | { readonly kind: 'month'; readonly month: number }
  | { readonly kind: 'season'; readonly season: Season }
  | { readonly kind: 'weekday'; readonly weekday: number }
  | { readonly kind: 'unit'; readonly unit: 'day' | 'week' | 'weekend' | 'month' | 'year' }
  | { readonly kind: 'day'; readonly back: number }
  | { readonly kind: 'this' | 'last' | 'ago' | 'filler' }

const table = (rows: Readonly<Record<string, DateWord>>): ReadonlyMap<string, DateWord> =>
  new Map(
    Object.entries(rows).flatMap(([words, word]) => words.split(' ').map((one) => [one, word] as const)),
  )

const words: ReadonlyMap<string, DateWord> = new Map([
  ...[
    'january jan januar jänner jaenner jän',
    'february feb februar feber',
    'march mar märz maerz mär mrz',
    'april apr',
    'may mai',
    'june jun juni',
    'july jul juli',
    'august aug',
    'september sep sept',
    'october oct oktober okt',
    'november nov',
    'december dec dezember dez',
  ].flatMap((names, i) => names.split(' ').map((name) => [name, { kind: 'month', month: i + 1 }] as const)),
  ...[
    'sunday sun sonntag',
    'monday mon montag',
    'tuesday tue tues dienstag',
    'wednesday wed mittwoch',
    'thursday thu thurs donnerstag',
    'friday fri freitag',
    'saturday sat samstag sonnabend',
  ].flatMap((names, weekday) =>
    names.split(' ').map((name) => [name, { kind: 'weekday', weekday }] as const),
  ),
  ...table({
    'spring frühling frühjahr fruehling fruehjahr': { kind: 'season', season: 'spring' },
    'summer sommer': { kind: 'season', season: 'summer' },
    'autumn fall herbst': { kind: 'season', season: 'autumn' },
    winter: { kind: 'season', season: 'winter' },
    'day days tag tage tagen': { kind: 'unit', unit: 'day' },
    'week weeks woche wochen': { kind: 'unit', unit: 'week' },
    'weekend wochenende': { kind: 'unit', unit: 'weekend' },
    'month months monat monate monaten monats': { kind: 'unit', unit: 'month' },
    'year years jahr jahre jahren jahres': { kind: 'unit', unit: 'year' },
    'today heute': { kind: 'day', back: 0 },
    'yesterday gestern': { kind: 'day', back: 1 },
    vorgestern: { kind: 'day', back: 2 },
    'this diese dieser dieses diesen diesem': { kind: 'this' },
    'last previous letzte letzter letztes letzten letztem vorige voriger voriges vorigen vergangene vergangener vergangenes vergangenen':
      { kind: 'last' },
    'ago vor': { kind: 'ago' },
    'the of in der die das den dem im am': { kind: 'filler' },
  }),
])

const counts: Readonly<Record<string, number>> = {
  ...{ a: 1, an: 1, one: 1, two: 2, three: 3 },
  ...{ ein: 1, eine: 1, einem: 1, einer: 1, zwei: 2, drei: 3 },
}

const piece = /(\d{1,9})(?:(\.(?!\d)|(?:st|nd|rd|th)(?!\p{L}))|)|(\p{L}+)\.?/uy

/** A date as its words, without those that only join (`of`, `im`); null where one is no word of dates. */
export const dateWordsOf = (text: string): readonly DateWord[] | null => {
  const found: DateWord[] = []
  for (let at = 0; at < text.length;) {
    if (/[\s,_-]/.test(text[at] ?? '')) {
      at += 1
      continue
    }
    piece.lastIndex = at
    const [all, digits, ordinal, letters] = piece.exec(text) ?? []
    if (all === undefined) return null
    at += all.length
    if (digits !== undefined) {
      const value = Number(digits)
      found.push({ kind: 'number', value, digits: digits.length, isOrdinal: ordinal !== undefined })
      continue
    }
    const count = Object.hasOwn(counts, letters ?? '') ? counts[letters ?? ''] : undefined
    const word =
      count === undefined
        ? words.get(letters ?? '')
        : ({ kind: 'number', value: count, digits: 0, isOrdinal: false } as const)
    if (word === undefined) return null
    if (word.kind !== 'filler') found.push(word)
  }
  return found
}
