import { describe, expect, it } from 'vitest'
import { matchesFilters, type FilterableVideo } from '../../src-main/domain/filter-match.ts'
import { parseQuery } from '../../src-main/domain/query.ts'

describe('filters hold', () => {
  const now = new Date(2024, 4, 15, 12, 30)
  const video: FilterableVideo = {
    paths: ['/media/Holidays 2023/Beach/Dog swims.MP4', 'D:\\Backup\\Pets\\IMG_7.mov'],
    duration: 120,
    size: 1_500_000_000,
    width: 1920,
    height: 1080,
    codec: 'hevc',
    hdr: false,
    created: '2023-06-14T10:00:00',
    online: true,
    hasAudio: true,
    hasSubtitles: false,
    hasChapters: true,
    tags: ['Family', 'Two words'],
    rating: 4,
  }
  const matches = (query: string, change: Partial<FilterableVideo> = {}): boolean => {
    const { filters, errors } = parseQuery(query)
    expect(errors).toEqual([])
    expect(filters.length).toBeGreaterThan(0)
    return matchesFilters(filters, { ...video, ...change }, now)
  }

  it.each([
    ['in:beach', true], ['in:Holidays', true], ['in:2023', true], ['in:"holidays 2023/beach"', true], ['in:pets', true], ['in:Holi', false],
    ['in:dog', false], ['in:beach/holidays', false], ['in:/media', true], ['-in:beach', false], ['-in:Trash', true], ['in:backup\\pets', true],
    ['name:dog', true], ['name:"Dog swims"', true], ['name:beach', false], ['name:.mp4', true],
    ['longer:119', true], ['longer:2m', false], ['shorter:2m', false], ['shorter:121s', true],
    ['after:2023', true], ['after:2023-06', true], ['after:2023-06-14', true], ['after:2023-06-15', false], ['before:2023-06-15', true],
    ['before:2023-06-14', false], ['before:2023', false], ['after:2023 before:2024', true], ['after:yesterday', false], ['after:"last year"', true],
    ['res:>=1080', true], ['res:1080', true], ['res:>1080', false], ['res:hd', true], ['res:4k', false], ['res:<4k', true],
    ['codec:h265', true], ['codec:h264', false], ['is:landscape', true], ['is:portrait', false], ['is:square', false], ['is:online', true],
    ['is:offline', false], ['is:hdr', false], ['-is:hdr', true], ['has:audio', true], ['has:subtitles', false], ['has:chapters', true],
    ['tag:family', true], ['tag:fam', false], ['rating:>=4', true], ['rating:5', false], ['rating:<4', false],
    ['name:IMG', true], ['name:pets', false], ['name:dog*mp4', true], ['name:mp4*dog', false], ['name:*.mp4', true], ['name:*', true], ['name:img*.MOV', true],
    ['-name:dog', false], ['name:dog name:swims', true], ['name:dog name:cat', false],
    ['size:>1GB', true], ['size:1.5gb', true], ['size:>1.5gb', false], ['size:<2GB', true], ['size:<1GB', false], ['-size:<1GB', true],
    ['on:2023', true], ['on:2023-06', true], ['on:2023-06-14', true], ['on:2023-06-15', false], ['on:2023-05..2023-06', true], ['on:2022..', true],
    ['on:..2022', false], ['on:"summer 2023"', true], ['-on:2023', false], ['on:"june to august"', true],
    // what a film has one of: either; what it has several of: all
    ['in:beach in:trash', true], ['in:trash in:nowhere', false], ['in:beach -in:holidays', false], ['-in:a -in:beach', false],
    ['codec:hevc codec:vp9', true], ['codec:av1 codec:vp9', false], ['on:2022 on:2023', true], ['on:2021 on:2022', false],
    ['rating:4 rating:5', true], ['rating:3 rating:5', false], ['rating:>=3 rating:<5', true], ['rating:>=3 rating:<4', false], ['rating:4 rating:>=5', false],
    ['res:1080 res:2160', true], ['res:720 res:2160', false], ['is:portrait is:landscape', true], ['is:portrait is:square', false],
    ['is:online is:offline', true], ['is:landscape is:hdr', false], ['has:audio has:chapters', true], ['has:audio has:subtitles', false],
    ['tag:family tag:"two words"', true], ['tag:family tag:trip', false], ['tag:"TWO   Words"', true], ['-tag:trip', true], ['-tag:family -tag:trip', false],
    ['in:beach longer:1m is:landscape', true], ['in:beach longer:1h', false],
  ] as const)('%s: %s', (query, expected) => { expect(matches(query)).toBe(expected) }) // prettier-ignore

  it('lets what is not known pass only the negative', () => {
    const unknown = { duration: 0, width: 0, height: 0, created: null, rating: null, tags: [] }
    for (const query of [
      'shorter:10m',
      'longer:0s',
      'on:1990..2090',
      'res:<4k',
      'is:square',
      'after:1990',
      'before:2100',
      'tag:family',
    ]) {
      expect([query, matches(query, unknown), matches(`-${query}`, unknown)]).toEqual([query, false, true])
    }
    expect(matches('rating:0', unknown)).toBe(true)
    expect(matches('after:2023', { created: 'nonsense' })).toBe(false)
  })

  it('judges pictures as shown', () => {
    expect(matches('is:portrait res:1080', { width: 1080, height: 1920 })).toBe(true)
    expect(matches('is:square', { width: 500, height: 500 })).toBe(true)
  })

  it('takes a date without a time, or with a zone', () => {
    expect(matches('after:2023-06-14', { created: '2023-06-14' })).toBe(true)
    expect(matches('before:2023-06-14', { created: '2023-06-14' })).toBe(false)
    expect(matches('on:2023', { created: '2023' })).toBe(true)
    expect(matches('before:2023', { created: '2023' })).toBe(false)
    expect(matches('on:2023-06', { created: '2023-06' })).toBe(true)
    expect(matches('after:2023-06-13', { created: '2023-06-14T10:00:00.000Z' })).toBe(true)
  })
})
