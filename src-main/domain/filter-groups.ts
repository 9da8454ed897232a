import type { ReadFilter } from './query-filters.ts'

/** A filter of a query; `negative`: it lets through what it would hold back. */
export type SignedFilter = ReadFilter & { readonly negative: boolean }

/** Filters of which a film passes any one; a negative group has one filter, which it must not pass. */
export type FilterGroup = { readonly negative: boolean; readonly any: readonly [ReadFilter, ...ReadFilter[]] }

const shapes: readonly string[] = ['portrait', 'landscape', 'square']
const reaches: readonly string[] = ['online', 'offline']

/**
 * What a film has one of: two values of it are alternatives. Null where it may have both: tags, has:, bounds. People know
 * it from GitHub, where two labels are both asked for and two repositories mean either.
 */
const alternativeOf = ({ name, operator, value }: ReadFilter): string | null => {
  switch (name) {
    case 'in':
    case 'codec':
    case 'on':
      return name
    case 'rating':
    case 'res':
      return operator === '=' ? name : null
    case 'is':
      if (value.kind !== 'text') return null
      return shapes.includes(value.text) ? 'shape' : reaches.includes(value.text) ? 'reach' : null
    case 'tag':
    case 'has':
    case 'name':
    case 'size':
    case 'after':
    case 'before':
    case 'longer':
    case 'shorter':
      return null
  }
}

/** How the filters of a query go together: every group must be passed. */
export const filterGroups = (filters: readonly SignedFilter[]): readonly FilterGroup[] => {
  const alternatives = new Map<string, [ReadFilter, ...ReadFilter[]]>()
  const groups: FilterGroup[] = []
  for (const filter of filters) {
    const key = filter.negative ? null : alternativeOf(filter)
    const known = key === null ? undefined : alternatives.get(key)
    if (known !== undefined) known.push(filter)
    else {
      const any: [ReadFilter, ...ReadFilter[]] = [filter]
      if (key !== null) alternatives.set(key, any)
      groups.push({ negative: filter.negative, any })
    }
  }
  return groups
}
