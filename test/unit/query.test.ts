import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { QueryDate } from '../../src-main/domain/query-dates.ts'
import type { FilterValue } from '../../src-main/domain/query-filters.ts'
import { parseQuery } from '../../src-main/domain/query.ts'
import type { QueryLike, QueryTerm } from '../../src-main/domain/query.ts'

/** A value in short; dates without their kinds. */
const shortValue = (value: FilterValue): string => {
  const date = (of: QueryDate | null): string =>
    of === null ? '' : JSON.stringify(Object.values(of).slice(1))
  switch (value.kind) {
    case 'text':
      return value.text
    case 'number':
      return String(value.number)
    case 'date':
      return date(value.date)
    case 'dates': {
      const { from, to } = value.span
      return from === to ? date(from) : `${date(from)}..${date(to)}`
    }
  }
}

/**
 * A query in short: terms as text, "exact", -minus, ^weight, step:; likes in braces; filters name operator value; errors by
 * code, with their suggestion.
 */
const short = (text: string): string => {
  const { terms, likes, filters, errors } = parseQuery(text)
  const signs = (of: QueryTerm | QueryLike, shown: string): string =>
    `${of.step > 0 ? `${of.step}:` : ''}${of.negative ? '-' : ''}${shown}${of.weight === 1 ? '' : `^${of.weight}`}`
  return [
    ...terms.map((term) => signs(term, term.kind === 'exact' ? `"${term.text}"` : term.text)),
    ...likes.map((like) => {
      const { reference } = like
      return signs(
        like,
        reference.kind === 'picture' ? `{${reference.id}}` : `{${reference.video}@${reference.seconds}}`,
      )
    }),
    ...filters.map(
      (filter) =>
        `[${filter.negative ? '-' : ''}${filter.name}${filter.operator}${shortValue(filter.value)}]`,
    ),
    ...errors.map((error) => `!${error.code}${error.suggestion === '' ? '' : `(${error.suggestion})`}`),
  ].join(' | ')
}

describe('the query', () => {
  it.each([
    // words
    ['dog on a beach', 'dog on a beach'],
    ['  dog   on\ta\nbeach ', 'dog on a beach'],
    ['Größe  ändern', 'Größe ändern'],
    ['犬 と 海', '犬 と 海'],
    ['🐶🏖️', '🐶🏖️'],
    ['well-known e-mail', 'well-known e-mail'],
    ["don't stop", "don't stop"],
    ['a 5" nail', 'a 5" nail'],
    ['', ''],
    ['   ', ''],
    // exact
    ['"happy birthday"', '"happy birthday"'],
    ['“happy birthday”', '"happy birthday"'],
    ['„alles Gute“ Kuchen', '"alles Gute" | Kuchen'],
    ['« bon voyage »', '"bon voyage"'],
    ['cake "happy birthday" candles', 'cake | "happy birthday" | candles'],
    ['"cake"candles', '"cake" | candles'],
    ['"in:Holidays -x"', '"in:Holidays -x"'],
    ['"abc', 'abc | !open-quote'],
    ['say "abc def', 'say | abc def | !open-quote'],
    ['"abc “x y”', 'abc | "x y" | !open-quote'],
    ['„offen "zu"', '"offen" | zu"'],
    ['« offen "zu"', 'offen | "zu" | !open-quote'],
    ['""', '!empty-quote'],
    ['"  "', '!empty-quote'],
    // minus
    ['beach -people', 'beach | -people'],
    ['beach -"two people"', 'beach | -"two people"'],
    ['beach -people walking', 'beach | -people | walking'],
    ['--people', '-people'],
    ['-', '!lone-minus'],
    ['apple - fruit', 'apple | fruit | !lone-minus'],
    ['apple -', 'apple | !lone-minus'],
    ['Paris – London — Rome', 'Paris – London — Rome'],
    ['beach −people', 'beach | -people'],
    ['beach —people', 'beach | -people'],
    ['2019–2021', '2019–2021'],
    // weights
    ['sunset^2 city', 'sunset^2 | city'],
    ['sunset^0.5 city', 'sunset^0.5 | city'],
    ['-people^2', '-people^2'],
    ['"red car"^3', '"red car"^3'],
    ['sunset^0', '!bad-weight(-sunset)'],
    ['sunset^-1', '!bad-weight(-sunset)'],
    ['sunset^99', '!bad-weight(sunset^10)'],
    ['sunset^1,5', 'sunset^1.5'],
    ['"red car"^99', '!bad-weight'],
    ['^_^ x^y', '^_^ x^y'],
    ['^2', '^2'],
    ['^2^3', '^2^3'],
    // sequences
    ['opens the door then sits down', 'opens the door | 1:sits down'],
    ['door -> sofa → bed', 'door | 1:sofa | 2:bed'],
    ['door->sofa→bed', 'door | 1:sofa | 2:bed'],
    ['door --> sofa', 'door | 1:sofa'],
    ['door THEN sofa', 'door | 1:sofa'],
    ['"hello" then "goodbye"', '"hello" | 1:"goodbye"'],
    ['like:a.mp4@3 then dog', '1:dog | {a.mp4@3}'],
    ['dog then like:a.mp4@3', 'dog | 1:{a.mp4@3}'],
    ['door then in:Holidays sofa', 'door | 1:sofa | [in=Holidays]'],
    ['in:Holidays door then sofa', 'door | 1:sofa | [in=Holidays]'],
    ['door then in:Holidays', 'door then | [in=Holidays]'],
    ['in:Holidays then sofa', 'then sofa | [in=Holidays]'],
    ['in:Holidays -> sofa', 'sofa | [in=Holidays] | !lone-then'],
    ['door -> in:Holidays', 'door | [in=Holidays] | !lone-then'],
    ['door then -sofa', 'door then | -sofa'],
    ['-door then sofa', '-door | then sofa'],
    ['door -dark then sofa -people', 'door | -dark | 1:sofa | 1:-people'],
    ['a then then b', 'a then | 1:b'],
    ['a -> -> b', 'a | 1:b | !lone-then'],
    ['a then ""', 'a then | !empty-quote'],
    ['a then b then c then', 'a | 1:b | 2:c then'],
    ['-> door', 'door | !lone-then'],
    ['<-> a->b', '<-> a | 1:b'],
    ['then', 'then'],
    ['back then', 'back then'],
    ['then he left', 'then he left'],
    ['"now then again"', '"now then again"'],
    ['door ->', 'door | !lone-then'],
    // likes
    ['like:beach.mp4@12.5', '{beach.mp4@12.5}'],
    ['like:beach.mp4@1:02:03', '{beach.mp4@3723}'],
    ['like:beach.mp4@12,5', '{beach.mp4@12.5}'],
    ['like:me@home.mp4@7', '{me@home.mp4@7}'],
    ['like:"my film.mp4@7"', '{my film.mp4@7}'],
    ['like:"C:\\Films\\a b.mp4@7"^2', '{C:\\Films\\a b.mp4@7}^2'],
    ['like:a.mp4@7^0.5 dog', 'dog | {a.mp4@7}^0.5'],
    ['-like:a.mp4@7', '-{a.mp4@7}'],
    ['like:p0123456789abcdef0123', '{p0123456789abcdef0123}'],
    ['-like:p0123456789abcdef0123^2', '-{p0123456789abcdef0123}^2'],
    ['dog like:a.mp4@7 in:Holidays', 'dog | {a.mp4@7} | [in=Holidays]'],
    ['like:', '!bad-value'],
    ['like:""', '!bad-value'],
    ['like: dog', 'dog | !bad-value'],
    ['like:sunset', '!bad-value(sunset)'],
    ['-like:sunset', '!bad-value(-sunset)'],
    ['like:p12', '!bad-value(p12)'],
    ['like:a.mp4@', '!bad-value(a.mp4@)'],
    ['like:a.mp4@7^99', '!bad-weight(like:a.mp4@7^10)'],
    ['like:a.mp4@7^0', '!bad-weight(-like:a.mp4@7)'],
    ['like:"a.mp4@7', '!open-quote(like:"a.mp4@7")'],
    // what is no filter
    ['12:30', '12:30'],
    ['at 12:30:15 sharp', 'at 12:30:15 sharp'],
    ['http://example.org/a', 'http://example.org/a'],
    ['C:\\Videos\\x.mp4', 'C:\\Videos\\x.mp4'],
    ['std::vector', 'std::vector'],
    ['lol:) :-) :smile:', 'lol:) :-) :smile:'],
    ['Lecture: entropy', 'Lecture: entropy'],
    ['16:9', '16:9'],
    ['localhost:3000', '!unknown-filter("localhost:3000")'],
    ['mailto:a@b.c', '!unknown-filter("mailto:a@b.c")'],
    ['https://example.org/?in:x=1&tag:y', 'https://example.org/?in:x=1&tag:y'],
    [
      "SELECT * FROM video; DROP TABLE video; -- '",
      "SELECT * FROM video; DROP TABLE video; | ' | !lone-minus",
    ],
    ["' OR 1=1", "' OR 1=1"],
    ["name:'x' OR 1=1", "OR 1=1 | [name='x']"],
    ['dog AND (cat OR "bird") NOT fish*', 'dog AND (cat OR | "bird" | ) NOT fish*'],
    ['NEAR(dog cat, 3) {a} +b ^c', 'NEAR(dog cat, 3) {a} +b ^c'],
    ['%_\\ \0 \u200b', '%_\\ \0 \u200b'],
    ['👨‍👩‍👧 -🐶^2', '👨‍👩‍👧 | -🐶^2'],
    ['\ud83d dog', '\ud83d dog'],
    ['‏كلب على الشاطئ', '‏كلب على الشاطئ'],
    // filters
    ['in:Holidays', '[in=Holidays]'],
    ['IN:Holidays', '[in=Holidays]'],
    ['in:"My Holidays" dog', 'dog | [in=My Holidays]'],
    ['in:„Meine Ferien“', '[in=Meine Ferien]'],
    ['-in:Trash', '[-in=Trash]'],
    ['dog in:Holidays beach', 'dog | beach | [in=Holidays]'],
    ['tag:family', '[tag=family]'],
    ['tag:<3', '[tag=<3]'],
    ['name:c++', '[name=c++]'],
    ['rating:>=4', '[rating>=4]'],
    ['rating:4+', '[rating>=4]'],
    ['rating:≤2', '[rating<=2]'],
    ['rating:3', '[rating=3]'],
    ['rating:7', '!bad-value(rating:5)'],
    ['longer:2m', '[longer>120]'],
    ['longer:>2m', '[longer>120]'],
    ['shorter:1h30', '[shorter<5400]'],
    ['longer:<2m', '!bad-value(longer:2m)'],
    ['longer:soon', '!bad-value'],
    ['after:2023-06', '[after>=[2023,6,null]]'],
    ['before:14.06.2023', '[before<[2023,6,14]]'],
    ['after:yesterday', '[after>=["day",1]]'],
    ['after:"last summer"', '[after>=["summer",1]]'],
    ['after:2023-02-30', '!bad-value'],
    ['after:06/07/2023', '!bad-value(after:2023-07-06)'],
    ['res:>=1080', '[res>=1080]'],
    ['res:1080p', '[res=1080]'],
    ['res:4k', '[res>=2160]'],
    ['res:<hd', '[res<720]'],
    ['res:1920x1080', '[res=1080]'],
    ['codec:HEVC', '[codec=hevc]'],
    ['codec:h.265', '[codec=hevc]'],
    ['has:subtitles', '[has=subtitles]'],
    ['is:portrait', '[is=portrait]'],
    ['is:potrait', '!bad-value(is:portrait)'],
    ['is:purple', '!bad-value'],
    ['in:', '!bad-value'],
    ['res:>=', '!bad-value'],
    ['in:"My Hol', 'Hol | !open-quote(in:"My")'],
    ['in:\\\\nas\\films', '[in=\\\\nas\\films]'],
    ['in:/media/films', '[in=/media/films]'],
    ['in:"a" in:b -in:c', '[in=a] | [in=b] | [-in=c]'],
    ['in: Holidays dog', 'dog | !bad-value(in:Holidays)'],
    ['-in: "My Trash"', '!bad-value(-in:"My Trash")'],
    ['longer: soon', 'soon | !bad-value'],
    ['tag:#family', '[tag=#family]'],
    ['name:IMG*mov', '[name=IMG*mov]'],
    ['rating:>=6', '!bad-value(rating:5)'],
    ['rating:★★★', '[rating=3]'],
    ['rating:****', '[rating=4]'],
    ['longer:"2 Std"', '[longer>7200]'],
    ['longer:1,5h', '[longer>5400]'],
    ['longer:500MB', '!bad-value(size:>500MB)'],
    ['shorter:1.5GB', '!bad-value(size:<1.5GB)'],
    ['-has:audio', '[-has=audio]'],
    ['has:subs', '[has=subtitles]'],
    ['is:vertical', '[is=portrait]'],
    ['has:sutbitles', '!bad-value(has:subtitles)'],
    // sizes of files
    ['size:>500MB', '[size>500000000]'],
    ['size:<2GB', '[size<2000000000]'],
    ['size:1.5gb', '[size>=1500000000]'],
    ['size:"1,5 GB"', '[size>=1500000000]'],
    ['size:>="2 GiB"', '[size>=2147483648]'],
    ['size:700k+', '[size>=700000]'],
    ['size:500', '!bad-value(size:500MB)'],
    ['size:>500', '!bad-value(size:>500MB)'],
    ['size:1080p', '!bad-value(res:1080p)'],
    ['size:4k', '!bad-value(res:4k)'],
    ['size:1920x1080', '!bad-value(res:1920x1080)'],
    ['size:720', '!bad-value(res:720)'],
    ['size:big', '!bad-value'],
    // days and spans of days
    ['on:2023', '[on=[2023,null,null]]'],
    ['on:2023-06', '[on=[2023,6,null]]'],
    ['on:14.6.2023', '[on=[2023,6,14]]'],
    ['on:2023-06..2023-08', '[on=[2023,6,null]..[2023,8,null]]'],
    ['on:2023..', '[on=[2023,null,null]..]'],
    ['on:..2023', '[on=..[2023,null,null]]'],
    ['on:"june to august 2023"', '[on=[2023,6,null]..[2023,8,null]]'],
    ['on:1990s', '[on=[1990,null,null]..[1999,null,null]]'],
    ['on:2019-2021', '[on=[2019,null,null]..[2021,null,null]]'],
    ['on:gestern', '[on=["day",1]]'],
    ['on:"letzte Woche"', '[on=["week",1]]'],
    ['on:2023-08..2023-06', '!bad-value(on:2023-06..2023-08)'],
    ['on:>2023', '!bad-value(after:2023)'],
    ['on:<2023', '!bad-value(before:2023)'],
    ['after:2023-06..2023-08', '!bad-value(on:2023-06..2023-08)'],
    ['after:"juni 2023"', '[after>=[2023,6,null]]'],
    ['after:"letzten Sommer"', '[after>=["summer",1]]'],
    ['before:"14. Juni 2023"', '[before<[2023,6,14]]'],
    ['after:"3 days ago"', '[after>=["day",3]]'],
    // German names
    ['ordner:Ferien', '[in=Ferien]'],
    ['-Ordner:Müll', '[-in=Müll]'],
    ['stichwort:Familie schlagwort:Oma', '[tag=Familie] | [tag=Oma]'],
    ['bewertung:>=4', '[rating>=4]'],
    ['nach:2022 vor:2023', '[after>=[2022,null,null]] | [before<[2023,null,null]]'],
    ['am:14.6.2023', '[on=[2023,6,14]]'],
    ['länger:2m kuerzer:1h', '[longer>120] | [shorter<3600]'],
    ['la\u0308nger:2m', '[longer>120]'],
    ['auflösung:hd', '[res>=720]'],
    ['größe:>1GB', '[size>1000000000]'],
    ['größe:4k', '!bad-value(res:4k)'],
    ['ist:hochkant hat:Untertitel', '[is=portrait] | [has=subtitles]'],
    // unknown filters
    ['dauer:>2m', '!unknown-filter(longer:2m)'],
    ['duration:<2m', '!unknown-filter(shorter:2m)'],
    ['length:2m', '!unknown-filter(longer:2m)'],
    ['date:2023-06', '!unknown-filter(on:2023-06)'],
    ['date:>2023', '!unknown-filter(after:2023)'],
    ['datum:<2023', '!unknown-filter(before:2023)'],
    ['seit:gestern', '!unknown-filter(after:gestern)'],
    ['filename:x.mp4', '!unknown-filter(name:x.mp4)'],
    ['ordnre:Ferien', '!unknown-filter(in:Ferien)'],
    ['longr:2m', '!unknown-filter(longer:2m)'],
    ['folder:Holidays', '!unknown-filter(in:Holidays)'],
    ['-folder:"My Trash"', '!unknown-filter(-in:"My Trash")'],
    ['durration: 2m', '!unknown-filter(longer:2m)'],
    ['foo:bar', '!unknown-filter("foo:bar")'],
    ['constructor:x __proto__:x', '__proto__:x | !unknown-filter("constructor:x")'],
    [
      'dog in:Holidays tag:family rating:>=4 after:2023-06 longer:2m res:>=1080 codec:hevc has:subtitles is:portrait is:offline',
      'dog | [in=Holidays] | [tag=family] | [rating>=4] | [after>=[2023,6,null]] | [longer>120] | [res>=1080] | [codec=hevc] | [has=subtitles] | [is=portrait] | [is=offline]',
    ],
  ])('reads %s', (text, expected) => {
    expect(short(text)).toBe(expected)
  })

  it('says where everything stands', () => {
    const text = 'red car -"two people"^2 longer:"1h 30m" foo:bar -> like:"a b.mp4@3"^2'
    const { terms, likes, filters, errors, sequence } = parseQuery(text)
    const parts = [...terms, ...likes, ...filters, ...errors, ...sequence]
    expect(parts.map(({ start, end }) => text.slice(start, end))).toEqual([
      'red car',
      '-"two people"^2',
      'like:"a b.mp4@3"^2',
      'longer:"1h 30m"',
      'foo:bar',
      '->',
    ])
    expect(likes[0]).toMatchObject({ text: 'like:"a b.mp4@3"^2', step: 1 })
    expect(filters[0]).toMatchObject({ text: 'longer:"1h 30m"', value: { kind: 'number', number: 5400 } })
  })

  it('is as docs/search.md says: every example of a filter or a picture in it can be read', () => {
    const page = readFileSync(resolve(import.meta.dirname, '../../docs/search.md'), 'utf8')
    const examples = [...page.matchAll(/`([^`\n]+)`/g)]
      .map(([, code]) => code ?? '')
      .filter((code) => /^-?\p{L}+:[^\s]/u.test(code) && !code.startsWith('kinora'))
    expect(examples.length).toBeGreaterThan(40)
    for (const example of examples) {
      const { filters, likes, errors } = parseQuery(example)
      expect([example, errors]).toEqual([example, []])
      expect(filters.length + likes.length).toBeGreaterThan(0)
    }
  })

  it('gives suggestions that are right when taken', () => {
    for (const text of [
      'longr:2m',
      'folder:"My Trash"',
      'foo:bar',
      'rating:7',
      'is:potrait',
      'x^99',
      'longer:<2m',
      'dauer:<2m',
      'date:>2023',
      'size:1080p',
      'size:500',
      'longer:500MB',
      'on:>2023',
      'after:2020..2021',
      'on:2023-08..2023-06',
      'in: Holidays',
      'like:sunset',
      'like:"a b.mp4@3"^0',
      '-folder:“a"b c”',
    ]) {
      const [error] = parseQuery(text).errors
      expect(
        parseQuery(text.slice(0, error!.start) + error!.suggestion + text.slice(error!.end)).errors,
      ).toEqual([])
    }
  })
})
