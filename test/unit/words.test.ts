import { describe, expect, it, test } from 'vitest'
import { wordRunsOf, wordsOf } from '../../src-main/domain/fold-words.ts'
import { isFunctionWord, languageOf } from '../../src-main/domain/function-words.ts'
import { bestWindow, phraseWindows } from '../../src-main/domain/line-windows.ts'
import { passagesOf } from '../../src-main/domain/passages.ts'
import { seededRandom } from '../../src-main/domain/seeded-random.ts'
import { formKind, formPrefix, formQuality, mainLanguage } from '../../src-main/domain/word-forms.ts'
import {
  decisiveWords,
  leastShare,
  phraseAt,
  qualityReader,
  rarity,
  shareOf,
  wantedWords,
} from '../../src-main/domain/word-match.ts'

describe('the words of a text', () => {
  it.each([
    ['Déjà vu, naïve!', ['deja', 'vu', 'naive']],
    ['e\u0301t\u00e9 ÉTÉ', ['ete', 'ete']],
    ['Straße Ærø Łódź', ['strasse', 'aero', 'lodz']],
    ["don't S01E02 #tag a_b", ['don', 't', 's01e02', 'tag', 'a', 'b']],
    ['ﬁsh ＡＢＣ ①', ['fish', 'abc', '1']],
    ['Ёлка Ελλάδα', ['елка', 'ελλαδα']],
    ['한국어 हिन्दी', ['한국어', 'हिन्दी']],
    ['今日は sea 海', ['今', '日', 'は', 'sea', '海']],
    ['ไปทะเล', ['ไ', 'ป', 'ท', 'ะ', 'เ', 'ล']],
    ['♪ 🎂 \u0000 -- ', []],
    ['', []],
  ])('%j', (text, words) => expect(wordsOf(text)).toEqual(words))

  it('keeps a run of writing without spaces together', () =>
    expect(wordRunsOf('海辺 by the sea')).toEqual([['海', '辺'], ['by'], ['the'], ['sea']]))

  it('reads plain English as it reads everything else', () => {
    const text = 'The Quick brown fox, 12 times; it’s "quoted" & <odd>'
    const plain = text.replace('’', "'")
    expect(wordsOf(plain)).toEqual(wordRunsOf(plain).flat())
  })

  it('never gives what FTS5 could take for syntax', () => {
    const random = seededRandom(5)
    for (let i = 0; i < 500; i += 1) {
      const text = String.fromCodePoint(...Array.from({ length: 20 }, () => Math.floor(random() * 0xd7ff)))
      for (const word of wordsOf(text)) expect(word).toMatch(/^[\p{L}\p{N}\p{M}]+$/u)
    }
  })
})

describe('the forms of a word', () => {
  it.each([
    ['dog', 'dogs', 'inflected'],
    ['parties', 'party', 'inflected'],
    ['running', 'runs', 'inflected'],
    ['dancing', 'danced', 'inflected'],
    ['glasses', 'glass', 'inflected'],
    ['birthday', 'birthday2019', 'inflected'],
    ['hund', 'hunde', 'german'],
    ['kerzen', 'kerze', 'german'],
    ['kind', 'kinder', 'german-er'],
    ['geburtstag', 'geburtstagskuchen', 'compound'],
    ['kuchen', 'geburtstagskuchen', 'compound'],
    ['ring', 'string', null],
    ['sing', 's', null],
    ['cat', 'category', null],
    ['sea', 'season', null],
  ] as const)('%s and %s: %s', (asked, there, kind) => {
    expect(formKind(asked, there)).toBe(kind)
    // Where the book looks for forms, they are.
    if (kind !== null && kind !== 'compound') expect(there.startsWith(formPrefix(asked))).toBe(true)
  })

  it('counts endings and compounds by the language', () => {
    expect(formQuality('german', 'care', 'en')).toBe(0)
    expect(formQuality('german', 'hund', 'ger')).toBe(0.9)
    expect(formQuality('german-er', 'flow', null)).toBe(0)
    expect(formQuality('compound', 'kuchen', 'en')).toBe(0)
    expect(formQuality('compound', 'kuchen', null)).toBeGreaterThanOrEqual(leastShare)
    expect(formQuality('compound', 'auto', null)).toBe(0)
    expect(['DE-at', 'ger', 'deu', 'de'].map(mainLanguage)).toEqual(['de', 'de', 'de', 'de'])
  })
})

test('the language of running text', () => {
  const english = 'I do not know what you are talking about but we have to go home with all of them now'
  const german =
    'ich weiß nicht was du meinst aber wir müssen jetzt mit der Oma nach Hause und das ist doch alles'
  const french =
    'je ne sais pas de quoi tu parles mais nous devons rentrer à la maison avec tout le monde ici'
  expect([english, german, french, 'Anna Otto'].map((text) => languageOf(wordsOf(text)))).toEqual([
    'en',
    'de',
    null,
    null,
  ])
  // Content in one of the two languages.
  for (const word of ['man', 'hat', 'war', 'die', 'beach']) expect(isFunctionWord(word)).toBe(false)
})

describe('what is wanted', () => {
  const lines: Readonly<Record<string, number>> = { a: 900, the: 990, on: 800, dog: 20, beach: 5 }
  const wanted = wantedWords('a dog on the beach', ([word = '']) => lines[word] ?? 0, 1000)

  it('weighs rare words more, function words next to nothing', () => {
    expect(wanted.words.map(({ signs }) => signs[0])).toEqual(['beach', 'dog', 'on', 'a', 'the'])
    const read = qualityReader(wanted)
    const share = (text: string): number => shareOf(wanted, read({ words: wordsOf(text), language: 'en' }))
    expect(share('dogs at the beach')).toBeGreaterThan(0.9)
    expect(share('it is on the a the')).toBeLessThan(0.02)
    expect(share('a dog')).toBeLessThan(leastShare)
    expect(rarity(2000, 1000)).toBeGreaterThan(0)
  })

  it('has decisive words, without all of which no text has the least share', () => {
    const random = seededRandom(1)
    for (let round = 0; round < 300; round += 1) {
      const words = Array.from({ length: 1 + Math.floor(random() * 8) }, (_, i) => `w${i}`)
      const some = wantedWords(words.join(' '), () => Math.floor(random() ** 4 * 1000), 1000)
      const decisive = new Set(decisiveWords(some).map(({ signs }) => signs[0] ?? ''))
      const rest = words.filter((word) => !decisive.has(word))
      const share = shareOf(some, qualityReader(some)({ words: rest, language: null }))
      expect(share).toBeLessThan(leastShare)
    }
  })

  it('takes each word once, and of ten thousand those that say the most', () => {
    expect(wantedWords('dog dog DOG', () => 1, 9).words).toHaveLength(1)
    const many = Array.from({ length: 10_000 }, (_, i) => `w${i}`).join(' ')
    expect(wantedWords(many, ([word = '']) => Number(word.slice(1)), 10_000).words[0]?.signs).toEqual(['w0'])
    expect(wantedWords('', () => 0, 0)).toEqual({ words: [], total: 0 })
  })
})

describe('lines', () => {
  const text = (words: string): { words: readonly string[]; language: string } => ({
    words: wordsOf(words),
    language: 'en',
  })
  const answer = (query: string, ...lines: readonly string[]): string | null => {
    const wanted = wantedWords(query, () => 1, 100)
    const best = bestWindow(lines.map(text), wanted, qualityReader(wanted))
    return best === null ? null : `${best.from}-${best.to} ${best.share.toFixed(2)}`
  }
  it('answer together where the words are spread, and alone where one has them all', () => {
    expect(answer('dog beach', 'x', 'a dog', 'at the', 'beach', 'x')).toBe('1-4 1.00')
    expect(answer('dog beach', 'dog', 'beach', 'dog beach')).toBe('2-3 1.00')
    expect(answer('dog beach', 'dog')).toBe('0-1 0.50')
    expect(answer('dog beach', 'x')).toBeNull()
    expect(answer('dog beach')).toBeNull()
  })
  it('have every place of a phrase, from line to line', () => {
    const lines = [
      'so happy',
      'birthday to you',
      'happy birthday, happy birthday',
      'happy',
      'sad birthday',
    ].map(text)
    expect(phraseWindows(lines, ['happy', 'birthday']).map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [2, 3],
    ])
    expect(phraseWindows(lines, [])).toEqual([])
    expect(phraseAt(['a', 'b', 'a', 'b'], ['a', 'b'], 1)).toBe(2)
  })
})

describe('passages', () => {
  const lengths = (
    lines: readonly (readonly [number, number, string])[],
  ): readonly (readonly [number, number])[] =>
    passagesOf(lines.map(([start, end, words]) => ({ start, end, text: words }))).map(({ from, to }) => [
      from,
      to,
    ])

  it('are 10 to 20 s long and end at pauses and ends of sentences', () => {
    const spoken = Array.from(
      { length: 60 },
      (_, i) => [i * 3, i * 3 + 3, i % 4 === 3 ? 'done.' : 'and so'] as const,
    )
    const passages = lengths(spoken)
    for (const [from, to] of passages.slice(0, -1)) {
      expect((to - from) * 3).toBeGreaterThanOrEqual(10)
      expect((to - from) * 3).toBeLessThanOrEqual(20)
      expect(spoken[to - 1]?.[2]).toBe('done.')
    }
    expect(
      lengths([
        [0, 4, 'a'],
        [4, 11, 'b'],
        [13, 15, 'c'],
      ]),
    ).toEqual([
      [0, 2],
      [2, 3],
    ])
    // Nobody speaks for 5 s.
    expect(
      lengths([
        [0, 1, 'a'],
        [9, 10, 'b'],
      ]),
    ).toEqual([
      [0, 1],
      [1, 2],
    ])
    expect(
      lengths([
        [0, 90, 'a long one'],
        [90, 91, 'b'],
      ]),
    ).toEqual([
      [0, 1],
      [1, 2],
    ])
    expect(lengths([])).toEqual([])
  })

  it('cover every line once, and lead in with what was just said', () => {
    const random = seededRandom(2)
    let at = 0
    const lines = Array.from({ length: 2000 }, () => {
      const start = at + (random() < 0.2 ? random() * 8 : 0)
      at = start + 0.2 + random() * 4
      return { start, end: at, text: random() < 0.3 ? 'x.' : 'x' }
    })
    const passages = passagesOf(lines)
    expect(passages.flatMap(({ from, to }) => lines.slice(from, to))).toEqual(lines)
    for (const [i, { lead, from, to }] of passages.entries()) {
      expect(lead).toBeLessThanOrEqual(from)
      expect(lead).toBeGreaterThanOrEqual(passages[i - 1]?.from ?? 0)
      const gap = (lines[from]?.start ?? 0) - (lines[from - 1]?.end ?? -Infinity)
      expect(lead < from).toBe(gap < 5)
      expect((lines[to - 1]?.end ?? 0) - (lines[from]?.start ?? 0)).toBeLessThanOrEqual(20)
    }
  })

  it('stay small where a hundred thousand lines stand at once', () => {
    const lines = Array.from({ length: 100_000 }, () => ({ start: 1, end: 2, text: 'x' }))
    for (const { lead, to } of passagesOf(lines)) expect(to - lead).toBeLessThanOrEqual(48)
  })
})
