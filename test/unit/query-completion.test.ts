import { describe, expect, it } from 'vitest'
import {
  applyCompletion,
  completionAt,
  completionsFor,
  hasOpenValues,
} from '../../src-main/domain/query-completion.ts'
import type { CompletionLanguage } from '../../src-main/domain/query-completion.ts'
import { filterNames } from '../../src-main/domain/query-filter-names.ts'
import { parseQuery } from '../../src-main/domain/query.ts'

/** The caret stands at the bar; the answer in short: name or value, what is replaced, and the prefix. */
const at = (marked: string): string | null => {
  const caret = marked.indexOf('|')
  const text = marked.replace('|', '')
  const completion = completionAt(text, caret)
  if (completion === null) return null
  const { start, end } = completion.span
  const what = completion.kind === 'filter-name' ? 'name' : completion.name
  return `${what} ${text.slice(start, end)} <${completion.prefix}>`
}
const choices = (marked: string, language: CompletionLanguage = 'en'): readonly string[] => {
  const completion = completionAt(marked.replace('|', ''), marked.indexOf('|'))
  return completion === null ? [] : completionsFor(completion, language).map(({ value }) => value)
}
const take = (marked: string, value: string): string => {
  const text = marked.replace('|', '')
  const completion = completionAt(text, marked.indexOf('|'))
  if (completion === null) throw new Error('nothing to complete')
  const applied = applyCompletion(text, completion.span, value)
  return `${applied.text.slice(0, applied.caret)}|${applied.text.slice(applied.caret)}`
}

describe('completion', () => {
  it.each([
    ['|', null],
    ['dog |', null],
    ['dog|', null],
    ['i|', 'name i <i>'],
    ['dog lon|', 'name lon <lon>'],
    ['dog LON|', 'name LON <LON>'],
    ['dog -ha|', 'name ha <ha>'],
    ['i|nteresting', null],
    ['lo|nger', 'name longer <lo>'],
    ['lo|nger:2m', 'name longer: <lo>'],
    ['ord|', 'name ord <ord>'],
    ['lang|', 'name lang <lang>'],
    ['lon^2|', null],
    ['"lon|', null],
    ['a 5" lon|', 'name lon <lon>'],
    ['in:|', 'in  <>'],
    ['in:Ho|', 'in Ho <Ho>'],
    ['-in:Ho|', 'in Ho <Ho>'],
    ['in:Ho|li dog', 'in Holi <Ho>'],
    ['in:|Holi', 'in Holi <>'],
    ['in:Holi |', null],
    ['in:Holi dog|', null],
    ['in:"|', 'in " <>'],
    ['in:"My Ho|', 'in "My Ho <My Ho>'],
    ['in:"My Ho|li" dog', 'in "My Holi" <My Ho>'],
    ['in:"My Holi"|', null],
    ['in:„Meine F|', 'in „Meine F <Meine F>'],
    ['a in:x tag:fa|', 'tag fa <fa>'],
    ['ordner:Fe|', 'in Fe <Fe>'],
    ['res:>|', 'res > <>>'],
    ['rating:>=4|', 'rating >=4 <>=4>'],
    ['foo:ba|', null],
    ['like:a.mp|', null],
    ['12:3|', null],
    ['http://in|', null],
    ['is:|', 'is  <>'],
  ] as const)('at %s: %s', (marked, expected) => { expect(at(marked)).toBe(expected) }) // prettier-ignore

  it('offers names in the order of the documentation, in the language of the interface', () => {
    expect(choices('i|')).toEqual(['in:', 'is:'])
    expect(choices('o|')).toEqual(['on:'])
    expect(choices('o|', 'de')).toEqual(['ordner:', 'on:'])
    expect(choices('in|', 'de')).toEqual(['in:'])
    expect(choices('gro|', 'de')).toEqual(['größe:'])
    expect(choices('gro|', 'en')).toEqual(['größe:'])
    expect(choices('sch|', 'de')).toEqual([])
  })

  it('offers words of closed lists, and examples that can be read', () => {
    expect(choices('is:|')).toEqual(['portrait', 'landscape', 'square', 'online', 'offline', 'hdr'])
    expect(choices('has:s|')).toEqual(['subtitles'])
    expect(choices('is:x|')).toEqual([])
    expect(choices('after:last|')).toEqual(['last week', 'last summer'])
    expect(choices('after:letz|', 'de')).toEqual(['letzte Woche', 'letzter Sommer'])
    for (const name of filterNames)
      for (const language of ['en', 'de'] as const) {
        const values = choices(`${name}:|`, language)
        if (values.length === 0) expect([name, hasOpenValues(name)]).toEqual([name, true])
        for (const value of values) {
          const { text } = applyCompletion(
            `${name}:`,
            { start: name.length + 1, end: name.length + 1 },
            value,
          )
          expect([text, parseQuery(text).filters.length, parseQuery(text).errors]).toEqual([text, 1, []])
        }
      }
  })

  it('has a key for each explanation', () => {
    const keys = (text: string): readonly string[] => {
      const completion = completionAt(text, text.length)
      return completion === null ? [] : completionsFor(completion, 'de').map(({ key }) => key)
    }
    expect(keys('ord')).toEqual(['in'])
    expect(keys('is:p')).toEqual(['is.portrait'])
    expect(keys('size:<1')).toEqual(['size.example'])
  })

  it.each([
    ['dog lon|', 'longer:', 'dog longer:|'],
    ['lo|ng beach', 'longer:', 'longer:| beach'],
    ['lo|nger:2m', 'shorter:', 'shorter:|2m'],
    ['in:Ho|', 'Holidays', 'in:Holidays |'],
    ['in:Ho| dog', 'Holidays', 'in:Holidays |dog'],
    ['in:Ho|', 'My Holidays', 'in:"My Holidays" |'],
    ['in:"My Ho|', 'My Holidays', 'in:"My Holidays" |'],
    ['in:"My Ho|li" dog', 'My Holidays', 'in:"My Holidays" |dog'],
    ['-tag:|', 'say "hi" now', '-tag:«say "hi" now» |'],
    ['tag:|', 'a:', 'tag:a: |'],
    ['rating:>|', '>=4', 'rating:>=4 |'],
  ] as const)('%s with %s becomes %s', (marked, value, expected) => { expect(take(marked, value)).toBe(expected) }) // prettier-ignore
})
