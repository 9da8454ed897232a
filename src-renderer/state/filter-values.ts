import { create } from 'zustand'
import type { FilterValueCount } from '../../src-preload/contract/search-nouns.ts'
import { drop } from '../api/drop.ts'
import { library } from '../api/library.ts'

/** Keys that follow each other faster ask once, in milliseconds. */
const pauseMilliseconds = 60
const mostValues = 12

type FilterValues = {
  readonly name: string
  readonly prefix: string
  readonly values: readonly FilterValueCount[]
}

const nobody: FilterValues = { name: '', prefix: '', values: [] }

/** Which values of the filter that is being written does the library have? */
export const useFilterValues = create<FilterValues>(() => nobody)

let timer: ReturnType<typeof setTimeout> | undefined
let running: AbortController | null = null

const ask = async (name: string, prefix: string): Promise<void> => {
  const own = new AbortController()
  running = own
  const result = await library.call.search.values({ name, prefix, limit: mostValues }, { signal: own.signal })
  // Without them the box is as good as it was before.
  if (!own.signal.aborted && result.ok) useFilterValues.setState({ name, prefix, values: result.value })
}

/** Asks for values of `name` that begin with `prefix`; null: nothing is written that has values. */
export const wantFilterValues = (wanted: { readonly name: string; readonly prefix: string } | null): void => {
  clearTimeout(timer)
  running?.abort()
  if (wanted === null) {
    useFilterValues.setState(nobody)
    return
  }
  const { name, prefix } = wanted
  const now = useFilterValues.getState()
  if (now.name === name && now.prefix === prefix) return
  // What was found for a shorter beginning serves until the answer is there.
  const begins = ({ value }: FilterValueCount): boolean =>
    value.toLowerCase().startsWith(prefix.toLowerCase())
  useFilterValues.setState({ name, prefix: '', values: now.name === name ? now.values.filter(begins) : [] })
  timer = setTimeout(() => drop(ask(name, prefix)), pauseMilliseconds)
}
