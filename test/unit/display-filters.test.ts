import { expect, test } from 'vitest'
import { displayFilters, filterSafe, rgbFilter } from '../../src-main/domain/display-filters.ts'

test('of an interlaced frame one field is taken, of any other all rows', () => {
  expect(displayFilters({ interlaced: false, rotation: 0 })).toEqual([])
  expect(displayFilters({ interlaced: true, rotation: 0 })).toEqual(['field=type=top'])
  expect(displayFilters({ interlaced: true, rotation: 180 })).toEqual(['field=type=top'])
})

test('a film that lies on its side has its fields in columns, and is left alone', () => {
  expect(displayFilters({ interlaced: true, rotation: 90 })).toEqual([])
  expect(displayFilters({ interlaced: true, rotation: 270 })).toEqual([])
})

test('only an HDR film goes through its tone map', () => {
  expect(rgbFilter({ hdr: null }, null)).toBe('format=rgb24')
  expect(rgbFilter({ hdr: null }, '/map.cube')).toBe('format=rgb24')
  expect(rgbFilter({ hdr: 'pq' }, null)).toBe('format=rgb24')
  expect(rgbFilter({ hdr: 'hlg' }, '/map.cube')).toBe(
    'format=rgb48le,lut3d=file=/map.cube:interp=tetrahedral,format=rgb24',
  )
})

test('a path is quoted for the option and for the graph', () => {
  expect(filterSafe('/plain/map.cube')).toBe('/plain/map.cube')
  expect(filterSafe('C:/Users/map.cube')).toBe(String.raw`C\\:/Users/map.cube`)
  expect(filterSafe("/it's")).toBe(String.raw`/it\\\'s`)
  expect(filterSafe(String.raw`\a`)).toBe(String.raw`\\\\a`)
  expect(filterSafe('a,b;[c]')).toBe(String.raw`a\,b\;\[c\]`)
})
