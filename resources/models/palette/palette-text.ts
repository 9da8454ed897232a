import { OnnxWriter, type Value } from './onnx-writer.ts'
import { conceptNames } from './palette-concepts.ts'
import { DIMENSIONS } from './palette-image.ts'
import { words, type Word } from './palette-words.ts'

/** Tokens in a text at most; the rest is cut off by who tokenizes. */
export const CONTEXT = 32
export const PAD_ID = 0
const UNKNOWN = '[UNK]'
const PAD = '[PAD]'

const isPhrase = (word: Word): boolean => /[^\p{L}]/u.test(word.text)
/** The one token of a phrase: its letters alone, so that no punctuation splits it. `b&w` and `b/w` are one. */
const token = (word: Word): string => (isPhrase(word) ? `${word.text.replace(/[^\p{L}]/gu, '')}x` : word.text)

const vocabulary = [...new Map(words.map((word) => [token(word), word])).entries()]

/** Phrases become one token, the longest first; a hyphen is as good as a space. */
const phraseRules = words
  .filter(isPhrase)
  .toSorted((a, b) => b.text.length - a.text.length || (a.text < b.text ? -1 : 1))
  .map((word) => {
    const pattern = word.text
      .split(/\s+/)
      .map((part) => part.replace(/[/&]/g, '\\s*$&\\s*'))
      .join('[\\s-]+')
    return {
      type: 'Replace',
      pattern: { Regex: `(?<!\\p{L})${pattern}(?!\\p{L})` },
      content: ` ${token(word)} `,
    }
  })

/** tokenizer.json: whole words only; a word that is not known becomes [UNK], whose vector is zero. */
export const tokenizerFile = (): string => {
  const vocab = Object.fromEntries(
    [PAD, UNKNOWN, ...vocabulary.map(([name]) => name)].map((name, i) => [name, i]),
  )
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Lowercase' },
        { type: 'Replace', pattern: { String: 'ß' }, content: 'ss' },
        { type: 'NFD' },
        { type: 'StripAccents' },
        ...phraseRules,
      ],
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: false },
    model: {
      type: 'WordPiece',
      unk_token: UNKNOWN,
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 64,
      vocab,
    },
  }
  return `${JSON.stringify(tokenizer, null, 1)}\n`
}

/** A word's row: its concepts at unit length, turned towards the doubt dimension, which no picture has. */
const rowOf = ({ means, doubt }: Word): readonly number[] => {
  const length = Math.hypot(...Object.values(means))
  const known = Math.sqrt(1 - doubt ** 2) / length
  const row = conceptNames.map((name) => (means[name] ?? 0) * known)
  return [...row, doubt]
}

/** The text encoder: input_ids [N, CONTEXT] -> text_embeds [N, DIMENSIONS], the sum of the known words' rows. */
export const textModel = (): Uint8Array => {
  const writer = new OnnxWriter()
  const width = conceptNames.length + 1
  const nothing = Array.from({ length: width }, () => 0)
  const rows = [nothing, nothing, ...vocabulary.map(([, word]) => rowOf(word))]
  const table = writer.floats([rows.length, width], rows.flat())
  const each = writer.op('Gather', [table, 'input_ids' as Value], { axis: 0 })
  const sum = writer.op('ReduceSum', [each, writer.ints([1])], { keepdims: 0 })
  // Words say nothing about where things lie: the layout's dimensions are zero.
  writer.op('Pad', [sum, writer.ints([0, 0, 0, DIMENSIONS - width])], { mode: 'constant' }, 'text_embeds')
  return writer.encode(
    'palette-text',
    [{ name: 'input_ids', type: 'int64', shape: [null, CONTEXT] }],
    [{ name: 'text_embeds', type: 'float', shape: [null, DIMENSIONS] }],
  )
}

/** How many words and phrases are known. */
export const vocabularySize = vocabulary.length
