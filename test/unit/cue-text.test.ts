import { expect, test } from 'vitest'
import { parseCues, plainCueText } from '../../src-main/domain/cue-text.ts'

test('SubRip', () => {
  const srt =
    '\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\nHello\r\nworld\r\n\r\n2\r\n01:00:03,250 --> 01:00:04,000\r\nBye\r\n'
  expect(parseCues(srt)).toEqual([
    { start: 1, end: 2.5, text: 'Hello\nworld' },
    { start: 3603.25, end: 3604, text: 'Bye' },
  ])
})

test('WebVTT with comments, styles, names, settings and short times', () => {
  const vtt = [
    'WEBVTT - a film',
    'X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000',
    '',
    'NOTE a comment',
    'of two lines',
    '',
    'STYLE',
    '::cue { color: red }',
    '',
    'intro',
    '00:01.000 --> 00:02.500 align:start position:0%',
    '<v Roger>I take note of the <c.loud>STYLE</c> &amp; you',
    '',
    '00:03.5 --> 00:04',
    'second',
  ]
  expect(parseCues(vtt.join('\n'))).toEqual([
    { start: 1, end: 2.5, text: 'I take note of the STYLE & you' },
    { start: 3.5, end: 4, text: 'second' },
  ])
})

test('a broken part costs only itself', () => {
  const srt = `garbage
1
00:00:01,000 --> 00:00:02,000
first

2
00:00:xx,000 --> 00:00:03,000
no time

3
00:00:04,000 --> 00:00:05,000

4
00:00:06,000 --> 00:00:07,000
with a

blank line
5
00:00:08,000 --> 00:00:09,000
no blank line before
6
00:00:11,000 --> 00:00:10,000
backwards
`
  expect(parseCues(srt).map(({ start, text }) => [start, text.split('\n')[0]])).toEqual([
    [1, 'first'],
    [6, 'with a'],
    [8, 'no blank line before'],
  ])
})

test.each([
  '',
  'WEBVTT',
  '-->',
  '1\n-->\n',
  '00:00:01,000 --> 00:00:02,000',
  '\u0000\n\n\n',
  '1\n00:00:01,000 -->',
])('never throws: %j', (source) => expect(parseCues(source)).toEqual([]))

test.each([
  ['<i>Hello</i> <font color="#fff">there</font>', 'Hello there'],
  ['5 < 6 > 4 & <3', '5 < 6 > 4 & <3'],
  ['{\\an8}{\\i1}top\\Nnext', 'top\nnext'],
  ['&lt;b&gt; &quot;x&quot; &#39;y&#39; &#x266a;&nbsp;z &unknown; &#0;', '<b> "x" \'y\' ♪ z &unknown; &#0;'],
  ['<00:00:01.000>karaoke <c>line</c>', 'karaoke line'],
  ['m 0 0 l 100 0 100 100 0 100', ''],
  ['m 5 to go', 'm 5 to go'],
  ['  \n ♪ \n', '♪'],
])('%j is %j', (markup, plain) => expect(plainCueText(markup)).toBe(plain))
