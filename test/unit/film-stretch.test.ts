import { expect, it } from 'vitest'
import { readFilmStretch } from '../../src-main/domain/film-stretch.ts'

it.each([
  ['a.mp4', 'a.mp4', null, null],
  ['a.mp4@12', 'a.mp4', 12, null],
  ['a.mp4@12.5-20', 'a.mp4', 12.5, 20],
  ['a.mp4@12,5-20', 'a.mp4', 12.5, 20],
  ['a.mp4@1:02:03-1:03:00', 'a.mp4', 3723, 3780],
  ['a.mp4@0-0', 'a.mp4', 0, 0],
  ['me@home.mp4', 'me@home.mp4', null, null],
  ['me@2x.mp4', 'me@2x.mp4', null, null],
  ['me@2x.mp4@3', 'me@2x.mp4', 3, null],
  ['/a b/c@1@2@3-4', '/a b/c@1@2', 3, 4],
  ['v0123@5', 'v0123', 5, null],
  ['a.mp4@', 'a.mp4@', null, null],
  ['a.mp4@-3', 'a.mp4@-3', null, null],
  ['@3', '@3', null, null],
] as const)('%s is %s from %s to %s', (written, video, start, end) => {
  expect(readFilmStretch(written)).toEqual({ video, start, end })
})

it.each(['a@1:75', 'a@1:2:3:4', 'a@1.2.3', 'a@3-1:75'])('%s has no such time', (written) => {
  expect(readFilmStretch(written)).toHaveProperty('message')
})
