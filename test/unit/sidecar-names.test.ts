import { expect, test } from 'vitest'
import { pairSidecars } from '../../src-main/domain/sidecar-names.ts'

const pairs = (films: readonly string[], files: readonly string[]): readonly string[] =>
  pairSidecars(
    films.map((name) => ({ name })),
    files.map((name) => ({ name })),
  ).map(
    ({ film, file, language }) => `${file.name} of ${film.name}${language === null ? '' : ` in ${language}`}`,
  )

test('the same name, or the same name with a language or remark', () => {
  const files = [
    'a.srt',
    'A.en.SRT',
    'a.pt-BR.forced.vtt',
    'ab.srt',
    'a.txt',
    'b.srt',
    'a.sdh.en.srt',
    'a.mkv.srt',
  ]
  expect(pairs(['a.mp4'], files)).toEqual([
    'a.srt of a.mp4',
    'A.en.SRT of a.mp4 in en',
    'a.pt-BR.forced.vtt of a.mp4 in pt-br',
    'a.sdh.en.srt of a.mp4 in en',
    'a.mkv.srt of a.mp4',
  ])
})

test('the nearest name owns it; two films of one name share it', () => {
  expect(pairs(['a.mp4', 'a.2.mkv'], ['a.2.srt', 'a.2.de.ass', 'a.3.srt'])).toEqual([
    'a.2.srt of a.2.mkv',
    'a.2.de.ass of a.2.mkv in de',
    'a.3.srt of a.mp4',
  ])
  expect(pairs(['a.mp4', 'a.mov'], ['a.srt'])).toEqual(['a.srt of a.mp4', 'a.srt of a.mov'])
})

test('of the .json beside films only what may be a transcript', () => {
  const files = ['a.json', 'a.en.json', 'a.info.json', 'a.mp4.json', 'a.live_chat.json', 'package.json']
  expect(pairs(['a.mp4'], files)).toEqual(['a.json of a.mp4', 'a.en.json of a.mp4 in en'])
})

test('letters that are written in two ways are one name', () => {
  expect(pairs(['Süd.mp4'.normalize('NFD')], ['Süd.srt'.normalize('NFC')])).toHaveLength(1)
})

test('twenty thousand films in one folder', () => {
  const films = Array.from({ length: 20_000 }, (_, i) => ({ name: `film ${i}.mp4` }))
  const files = Array.from({ length: 20_000 }, (_, i) => ({ name: `film ${i}.en.srt` }))
  expect(pairSidecars(films, files)).toHaveLength(20_000)
})
