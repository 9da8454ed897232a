import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseQuery } from '../../src-main/domain/query.ts'
import { findTexts } from '../../src-main/catalog/text-sources.ts'
import type { TextSources } from '../../src-main/catalog/text-sources.ts'
import type { FileChapter } from '../../src-preload/contract/video-facts.ts'
import { someFacts, temporaryStore } from './temporary-store.ts'
import type { TemporaryStore } from './temporary-store.ts'

let library: TemporaryStore
beforeEach(() => {
  library = temporaryStore()
})
afterEach(() => library.dispose())

type Spoken = readonly string[] | readonly (readonly [start: number, end: number, text: string])[]
type Planted = {
  readonly lines?: Spoken
  readonly language?: string | null
  readonly chapters?: readonly FileChapter[]
}

/** A film at `path` below /films, with lines of 3 s each, one behind the other, where no times are given. */
const plant = (
  id: string,
  path: string,
  { lines = [], language = 'en', chapters = [] }: Planted = {},
): void => {
  const { store } = library
  const root = { path: '/films', bytes: null }
  const folder = store.folders.find(root) ?? store.folders.add(root, 0)
  const place = { path: `/films/${path}`, bytes: null }
  store.locations.identified(folder.id, 1, { path: place, size: 1, mtime: 1, videoId: id }, 0)
  store.texts.refreshNames([id])
  const timed = lines.map((line, i) =>
    typeof line === 'string'
      ? { start: i * 3, end: i * 3 + 3, text: line }
      : { start: line[0], end: line[1], text: line[2] },
  )
  const facts = { ...someFacts(3600), chapters }
  store.facts.put(id, 2, facts, timed.length === 0 ? [] : [{ name: 'srt', language, lines: timed }])
}
const find = (query: string, only: readonly string[] | null = null, limit = 20): TextSources =>
  findTexts(library.store.texts, parseQuery(query), { only, space: 'palette', limit })
const said = (query: string): readonly string[] => find(query).said.map(({ text }) => text)
const named = (query: string): readonly string[] => find(query).named.map(({ videoId }) => videoId)

/** Lines that have nothing to do with what is asked, so that words have their usual frequencies. */
const filler = Array.from(
  { length: 200 },
  (_, i) =>
    [
      'I was going to tell you about it',
      'the rest of them are on the table',
      'and then we had to go home again',
      'you know what I mean, do you',
      `number ${i} is not what the others wanted`,
    ][i % 5] ?? '',
)

describe('lines', () => {
  it('finds a description by most of what it says, the best first, without what merely shares small words', () => {
    plant('va', 'a.mp4', {
      lines: [
        ...filler,
        'A dog at the beach',
        'The beach was closed',
        'Come on, dog!',
        ...filler,
        'Two dogs ran along the beach',
      ],
    })
    const lines = find('a dog on the beach').said
    expect(lines.map(({ text }) => text).slice(0, 2)).toEqual([
      'A dog at the beach',
      'Two dogs ran along the beach',
    ])
    expect(lines[0]).toMatchObject({ videoId: 'va', start: 600, end: 603 })
    expect(lines[0]?.share).toBeGreaterThan(0.9)
    // Nothing of it is about a zebra, and `on the` is no answer.
    expect(said('a zebra on the moon')).toEqual([])
    expect(said('to the')).not.toEqual([])
  })

  it('finds a sentence that is broken over lines, and says just these', () => {
    plant('va', 'a.mp4', {
      lines: [
        [10, 12, 'We all sang happy'],
        [12, 14, 'birthday to you'],
        [14, 16, 'and ate the cake'],
      ],
    })
    expect(find('"happy birthday"').said).toMatchObject([
      { start: 10, end: 14, text: 'We all sang happy birthday to you' },
    ])
    expect(find('sang birthday').said).toMatchObject([{ start: 10, end: 14 }])
    expect(said('"happy cake"')).toEqual([])
  })

  it('finds a phrase across the border of two passages, wherever that is', () => {
    const words = Array.from({ length: 120 }, (_, i) => `word${i}`)
    plant('va', 'a.mp4', { lines: words })
    for (let i = 0; i < 118; i += 1) expect(said(`"word${i} word${i + 1} word${i + 2}"`)).toHaveLength(1)
  })

  it('gives every place where it is said, each once, whatever says it', () => {
    const lines = [
      [0, 2, 'crown jewels'],
      [100, 102, 'the crown jewels are gone'],
      [104, 106, 'crown jewels!'],
    ] as const
    plant('va', 'a.mp4', { lines })
    const { store } = library
    // The same lines beside the film.
    store.subtitles.sight(1, 2, [
      {
        film: { path: '/films/a.mp4', bytes: null },
        path: { path: '/films/a.srt', bytes: null },
        language: null,
        facts: { size: 9, mtime: 9 },
      },
    ])
    const due = store.subtitles.next([])
    if (due === null) throw new Error('nothing is due')
    for (const _slice of store.subtitles.put(
      due,
      'en',
      lines.map(([start, end, text]) => ({ start, end, text })),
    ));
    expect(
      find('"crown jewels"')
        .said.map(({ start }) => start)
        .sort(),
    ).toEqual([0, 100, 104])
  })

  it.each([
    ['en', 'candle', 'She blew out the candles', true],
    ['en', 'running', 'He runs every day', true],
    ['en', 'baking', 'We baked it together', true],
    ['en', 'car', 'I do not care', false],
    ['en', 'flow', 'What a flower', false],
    ['en', 'nation', 'No explanation', false],
    ['de', 'Geburtstag', 'Der Geburtstagskuchen ist fertig', true],
    ['de', 'Kuchen', 'Der Geburtstagskuchen ist fertig', true],
    ['de', 'Hund', 'Zwei Hunde am Strand', true],
    ['de', 'Kind', 'Die Kinder schlafen', true],
    ['de', 'Haus', 'Alte Häuser', true],
    ['de', 'strasse', 'Auf der Straße', true],
    [null, 'Geburtstag', 'Geburtstagslied', true],
    [null, 'tag', 'Montag', false],
    [null, 'caf\u0065\u0301', 'Im Café', true],
    ['ja', '海辺', '今日は海辺へ行く', true],
    ['ja', '海辺', '海の辺り', false],
  ] as const)('in %s, %s is in “%s”: %s', (language, query, line, isFound) => {
    plant('va', 'a.mp4', { lines: [line], language })
    expect(said(query)).toEqual(isFound ? [line] : [])
  })

  it('takes the words themselves before their forms, and those before compounds', () => {
    plant('va', 'a.mp4', {
      language: 'de',
      lines: [
        [0, 2, 'Geburtstagskuchen'],
        [100, 102, 'des Geburtstages'],
        [200, 202, 'mein Geburtstag'],
      ],
    })
    expect(said('Geburtstag')).toEqual(['mein Geburtstag', 'des Geburtstages', 'Geburtstagskuchen'])
  })

  it('leaves out what is behind a minus, and puts together what several terms find', () => {
    plant('va', 'a.mp4', {
      lines: [
        [0, 2, 'people at the beach'],
        [100, 102, 'an empty beach'],
      ],
    })
    expect(said('beach -people')).toEqual(['an empty beach'])
    plant('vb', 'b.mp4', {
      lines: [
        [0, 2, 'a boat'],
        [4, 6, 'an empty beach'],
      ],
    })
    expect(find('beach "boat"').said[0]).toMatchObject({ videoId: 'vb', share: 1 })
  })

  it('forgets the lines that were there before, and finds nothing in films that are not there', () => {
    const { store } = library
    plant('va', 'a.mp4', { lines: ['birthday'] })
    expect(said('birthday')).toHaveLength(1)
    store.facts.put('va', 2, someFacts(9), [])
    expect(said('birthday')).toEqual([])
    for (const _slice of store.subtitles.tidy());
    const count = (table: string): unknown =>
      library.database.prepare(`SELECT count(*) AS n FROM derived.${table}`).get()
    for (const table of ['cue', 'passage', 'subtitle']) expect(count(table)).toEqual({ n: 0 })
    expect(
      library.database.prepare("SELECT word FROM derived.word WHERE word = 'birthday'").get(),
    ).toBeUndefined()
    plant('va', 'a.mp4', { lines: ['birthday'] })
    store.locations.sweep({ folderId: 1, path: { path: '/films', bytes: null }, deep: true }, 9, [])
    expect(said('birthday')).toEqual([])
  })

  it('looks in the films it is told to, however many others say it more often', () => {
    for (let i = 0; i < 40; i += 1)
      plant(`v${i}`, `${i}.mp4`, { lines: Array.from({ length: 30 }, () => 'the sea, the sea') })
    plant('vlast', 'last.mp4', { lines: ['a long sentence in which somebody mentions the sea for once'] })
    expect(find('sea', ['vlast']).said).toMatchObject([{ videoId: 'vlast' }])
    expect(find('sea', []).said).toEqual([])
  })

  it('finds the lines of a wrong subtitle last', () => {
    plant('va', 'a.mp4', { lines: ['the lighthouse'] })
    plant('vb', 'b.mp4', { lines: ['the lighthouse'] })
    library.database
      .prepare(
        `INSERT INTO derived.subtitle_fit (subtitle_id, model, fit, tau, passages, last_chunk)
         SELECT id, 'palette', 'wrong', 0, 30, 1 FROM derived.subtitle WHERE video_id = 'va'`,
      )
      .run()
    expect(find('lighthouse').said.map(({ videoId }) => videoId)).toEqual(['vb', 'va'])
    expect(find('"lighthouse"').said.map(({ videoId }) => videoId)).toEqual(['vb', 'va'])
  })

  it.each([
    '"; DROP TABLE cue; --',
    'NEAR(a b)',
    'a* OR ^b',
    '\u0000',
    '"',
    '🎂',
    '()',
    'words:a',
    '-',
    'x'.repeat(10_000),
  ])('takes %j for words', (query) => {
    plant('va', 'a.mp4', { lines: ['hello'] })
    for (const text of [query, `"${query}"`, `hello ${query}`])
      expect(Object.keys(find(text))).toContain('said')
  })
})

describe('names, chapters and tags', () => {
  it('finds files and folders by their words, and shows the one that fits', () => {
    plant('va', 'Holidays/Urlaub_Süd-2023.final.mp4')
    plant('vb', 'Holidays/GeburtstagsFeier2019.mp4')
    plant('vc', 'dogs/beach walk.mov')
    expect(named('sud')).toEqual(['va'])
    expect(named('urlaub 2023')).toEqual(['va'])
    expect(named('Geburtstag')).toEqual(['vb'])
    expect(named('"beach walk"')).toEqual(['vc'])
    expect(named('"dogs beach"')).toEqual([])
    expect(find('holidays').named.map(({ text }) => text)).toEqual(['Holidays', 'Holidays'])
    expect(find('a walk on the beach').named).toMatchObject([{ start: null, end: null, text: 'beach walk' }])
    expect(named('dog beach')).toEqual(['vc'])
    // Above the watched folder everything has the same names, and an ending is no name.
    expect(named('mp4')).toEqual([])
  })

  it('finds chapters by their titles, and films made again by their own', () => {
    const chapters = [
      { start: 0, end: 60, title: 'Opening' },
      { start: 60, end: 120, title: 'The birthday cakes' },
    ]
    plant('va', 'a.mp4', { chapters })
    expect(find('birthday cake').chapters).toMatchObject([
      { videoId: 'va', start: 60, end: 120, text: 'The birthday cakes' },
    ])
    library.store.facts.put('va', 2, someFacts(120), [])
    expect(find('birthday cake').chapters).toEqual([])
  })

  it('finds tags of films and stretches, also where they are one word of a description', () => {
    plant('va', 'a.mp4')
    plant('vb', 'b.mp4')
    const { tags } = library.store
    tags.add({ videoId: 'va', start: null, end: null }, ['family'], 0)
    tags.add({ videoId: 'vb', start: 10, end: 20 }, ['Family dinner'], 0)
    expect(find('family').tagged).toMatchObject([
      { videoId: 'va', start: null, text: 'family' },
      { videoId: 'vb', start: 10, end: 20, text: 'Family dinner' },
    ])
    expect(find('my family at the beach').tagged).toMatchObject([{ videoId: 'va', share: 0.5 }])
    expect(find('"family dinner"').tagged).toMatchObject([{ videoId: 'vb' }])
    expect(find('beach').tagged).toEqual([])
  })
})

describe('what is written', () => {
  const isWritten = (query: string, videoId: string, start: number | null, end: number | null): boolean =>
    find(query).isWritten({ videoId, start, end })

  it('must be there in any of the sources, near the stretch', () => {
    plant('va', 'crown jewels.mp4')
    plant('vb', 'b.mp4', {
      lines: [[100, 104, 'the crown jewels']],
      chapters: [{ start: 300, end: 400, title: 'Crown jewels' }],
    })
    plant('vc', 'c.mp4')
    library.store.tags.add({ videoId: 'vc', start: 10, end: 20 }, ['crown jewels'], 0)
    const query = '"crown jewels" gold'
    expect(isWritten(query, 'va', 5, 9)).toBe(true)
    expect(isWritten(query, 'va', null, null)).toBe(true)
    expect(isWritten(query, 'vb', 110, 120)).toBe(true)
    expect(isWritten(query, 'vb', 200, 210)).toBe(false)
    expect(isWritten(query, 'vb', 320, 330)).toBe(true)
    expect(isWritten(query, 'vb', null, null)).toBe(false)
    expect(isWritten(query, 'vc', 15, 30)).toBe(true)
    expect(isWritten('gold', 'vc', 100, 110)).toBe(true)
    expect(isWritten('"crown jewels" "no such words"', 'va', 5, 9)).toBe(false)
  })

  it('must not be there behind a minus', () => {
    plant('va', 'a.mp4', { lines: [[100, 104, 'the crown jewels']] })
    expect(isWritten('gold -"crown jewels"', 'va', 100, 110)).toBe(false)
    expect(isWritten('gold -"crown jewels"', 'va', 200, 210)).toBe(true)
    expect(isWritten('gold -"crown jewels"', 'va', null, null)).toBe(false)
  })
})
