import { nearestWord } from './edit-distance.ts'
import { readComparison } from './query-values.ts'

/** Every filter, in the order in which they are offered. */
export const filterNames = [
  ...(['in', 'name', 'tag', 'rating', 'after', 'before', 'on', 'longer', 'shorter'] as const),
  ...(['res', 'size', 'codec', 'is', 'has'] as const),
] as const

export type FilterName = (typeof filterNames)[number]

/** German names: they work as the English ones do, for both languages are complete (product.md). */
const german: Readonly<Record<string, FilterName>> = {
  ordner: 'in',
  stichwort: 'tag',
  schlagwort: 'tag',
  bewertung: 'rating',
  nach: 'after',
  vor: 'before',
  am: 'on',
  länger: 'longer',
  laenger: 'longer',
  kürzer: 'shorter',
  kuerzer: 'shorter',
  auflösung: 'res',
  aufloesung: 'res',
  größe: 'size',
  groesse: 'size',
  ist: 'is',
  hat: 'has',
}

/** The German names that are offered: one a filter, the first above. */
export const germanNames: ReadonlyMap<FilterName, string> = new Map(
  Object.entries(german)
    .toReversed()
    .map(([german, name]) => [name, german]),
)

/** What other programs call ours. These are suggested, so that a query is written in one way. */
const synonyms: Readonly<Record<string, FilterName>> = {
  ...{ folder: 'in', path: 'in', dir: 'in', directory: 'in', verzeichnis: 'in', pfad: 'in' },
  ...{ from: 'after', since: 'after', seit: 'after', ab: 'after' },
  ...{ until: 'before', to: 'before', bis: 'before' },
  ...{ date: 'on', year: 'on', month: 'on', day: 'on', when: 'on', datum: 'on', jahr: 'on' },
  ...{ duration: 'longer', length: 'longer', runtime: 'longer', dauer: 'longer', länge: 'longer' },
  ...{ min: 'longer', max: 'shorter' },
  ...{ resolution: 'res', height: 'res', quality: 'res', qualität: 'res' },
  ...{ filesize: 'size', bytes: 'size', larger: 'size', dateigröße: 'size' },
  ...{ title: 'name', file: 'name', filename: 'name', datei: 'name', dateiname: 'name', titel: 'name' },
  ...{ stars: 'rating', rated: 'rating', sterne: 'rating' },
  ...{ label: 'tag', person: 'tag', keyword: 'tag', tags: 'tag' },
  ...{ format: 'codec', orientation: 'is', type: 'is', with: 'has', mit: 'has' },
}

/** Short synonyms resemble too many words. */
const guessable: readonly string[] = [
  ...filterNames,
  ...[...Object.keys(german), ...Object.keys(synonyms)].filter((name) => name.length > 4),
]

const own = new Map<string, FilterName>([
  ...filterNames.map((name) => [name, name] as const),
  ...Object.entries(german),
])

/** The filter that is called so, in English or German, small letters; else null. */
export const filterNameOf = (name: string): FilterName | null => own.get(name) ?? null

export const isFilterName = (name: string): boolean => name === 'like' || own.has(name)

/** Filters that say one direction each: which one a sign asks for. */
const directions: Readonly<Partial<Record<FilterName, readonly [more: FilterName, less: FilterName]>>> = {
  longer: ['longer', 'shorter'],
  on: ['after', 'before'],
}

/** What was probably meant by an unknown `name` and its value: another name, and the value that goes with it. */
export const suggestFilter = (
  name: string,
  value = '',
): { readonly name: FilterName; readonly value: string } | null => {
  const near = Object.hasOwn(synonyms, name) ? name : nearestWord(name, guessable)
  if (near === null) return null
  const meant = own.get(near) ?? synonyms[near]
  if (meant === undefined) return null
  // "duration:<2m" is "shorter:2m".
  const { operator, rest } = readComparison(value)
  const pair = own.has(near) ? undefined : directions[meant]
  if (pair === undefined || operator === null || operator === '=') return { name: meant, value }
  return { name: operator.startsWith('>') ? pair[0] : pair[1], value: rest }
}
