import { expect, test } from 'vitest'
import { looksLikeVideo } from '../../src-main/domain/container-magic.ts'
import { ignoredByName, ignoredBySize } from '../../src-main/domain/ignore-rules.ts'
import {
  endingOf,
  hasAmbiguousEnding,
  hasSubtitleEnding,
  hasVideoEnding,
} from '../../src-main/domain/video-endings.ts'

test.each([
  ['Holiday 2019', null],
  ['.Trashes', 'trash'],
  ['.Trash-0', 'trash'],
  ['RECYCLER', 'trash'],
  ['#recycle', 'trash'],
  ['System Volume Information', 'system'],
  ['@eaDir', 'cache'],
  ['Caches', 'cache'],
  ['__pycache__', 'cache'],
  ['.git', 'hidden'],
] as const)('folder %s: %s', (name, rule) => expect(ignoredByName(name, 'folder')).toBe(rule))

test.each([
  ['a.mp4', null],
  ['A.MOV', null],
  ['.a.mp4', 'hidden'],
  ['.gitignore', 'not-a-video'],
  ['song.m4a', 'not-a-video'],
  ['mp4', 'not-a-video'],
  ['reel.mp4.kinora-part', 'kinora'],
  ['node_modules', 'not-a-video'],
] as const)('file %s: %s', (name, rule) => expect(ignoredByName(name, 'file')).toBe(rule))

test('an empty film is not too small: it is a problem of its own', () => {
  expect(ignoredBySize(0, 1000)).toBeNull()
  expect(ignoredBySize(999, 1000)).toBe('too-small')
  expect(ignoredBySize(1000, 1000)).toBeNull()
})

test('endings', () => {
  expect(endingOf('a.b.MP4')).toBe('mp4')
  expect(endingOf('.mp4')).toBe('')
  expect(hasVideoEnding('show.dvr-ms')).toBe(true)
  expect(hasAmbiguousEnding('a.ts')).toBe(true)
  expect(hasAmbiguousEnding('a.m2ts')).toBe(false)
  expect(hasSubtitleEnding('a.en.SRT')).toBe(true)
})

const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : [part])),
  )

test('first bytes of films, and of other things', () => {
  expect(looksLikeVideo(bytes(0, 0, 0, 24, 'ftypisom'))).toBe(true)
  expect(looksLikeVideo(bytes(0x1a, 0x45, 0xdf, 0xa3))).toBe(true)
  expect(looksLikeVideo(bytes('RIFF', 0, 0, 0, 0, 'AVI LIST'))).toBe(true)
  expect(looksLikeVideo(bytes(0, 0, 1, 0xba, 0x44))).toBe(true)
  expect(looksLikeVideo(bytes('RIFF', 0, 0, 0, 0, 'WAVEfmt '))).toBe(false)
  expect(looksLikeVideo(bytes('module example.org/x'))).toBe(false)
  expect(looksLikeVideo(bytes(0xff, 0xd8, 0xff, 0xe0))).toBe(false)
  expect(looksLikeVideo(bytes())).toBe(false)
})
