/** A tokenizer.json, made by the test, and what its graph may see of it. */
export type FamilyTokenizer = {
  readonly json: object
  /** Ids of a word at the start of a text or behind another one: each of these lists is the whole word. */
  readonly idsOf: (word: string) => readonly (readonly number[])[]
  readonly starts: readonly number[] | null
  readonly end: number
}

const lettersOf = (word: string): readonly string[] => Array.from(word)

/** Byte pair encoding, trained until each word is one piece; the merges in their order. */
const trainedMerges = (words: readonly (readonly string[])[]): readonly (readonly [string, string])[] => {
  const merges: (readonly [string, string])[] = []
  for (let left = words; ;) {
    const counts = new Map<string, number>()
    for (const pieces of left)
      for (const [i, piece] of pieces.slice(1).entries()) {
        const pair = `${pieces[i] ?? ''} ${piece}`
        counts.set(pair, (counts.get(pair) ?? 0) + 1)
      }
    const best = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0]
    if (best === undefined) return merges
    const [first = '', second = ''] = best.split(' ')
    merges.push([first, second])
    left = left.map((pieces) => {
      const merged: string[] = []
      for (const piece of pieces)
        if (piece === second && merged.at(-1) === first) merged.splice(-1, 1, first + second)
        else merged.push(piece)
      return merged
    })
  }
}

const vocabOf = (
  words: readonly (readonly string[])[],
  merges: readonly (readonly [string, string])[],
  firstId: number,
): Record<string, number> => {
  const pieces = new Set([...words.flat(), ...merges.map(([a, b]) => a + b)])
  return Object.fromEntries([...pieces].map((piece, i) => [piece, firstId + i]))
}

const special = (id: number, content: string): object => ({
  ...{ id, content, special: true, normalized: false },
  ...{ single_word: false, lstrip: false, rstrip: false },
})

/** CLIP's (and PE's): lower-cases by itself, `</w>` ends a word, 49406 and 49407 around the text; 0 is "!". */
export const clipTokenizer = (words: readonly string[]): FamilyTokenizer => {
  const spelled = words.map((word) =>
    lettersOf(word).map((letter, i) => letter + (i === word.length - 1 ? '</w>' : '')),
  )
  const merges = trainedMerges(spelled)
  const [start, end] = [49406, 49407]
  const vocab: Record<string, number> = {
    '!': 0,
    ...vocabOf(spelled, merges, 320),
    '<|startoftext|>': start,
    '<|endoftext|>': end,
  }
  return {
    json: {
      version: '1.0',
      ...{ truncation: null, padding: null },
      added_tokens: [special(start, '<|startoftext|>'), special(end, '<|endoftext|>')],
      normalizer: {
        type: 'Sequence',
        normalizers: [
          { type: 'NFC' },
          { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
          { type: 'Lowercase' },
        ],
      },
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [
          {
            type: 'Split',
            pattern: { Regex: '[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+' },
            behavior: 'Removed',
            invert: true,
          },
          { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true },
        ],
      },
      post_processor: {
        type: 'RobertaProcessing',
        sep: ['<|endoftext|>', end],
        cls: ['<|startoftext|>', start],
        ...{ trim_offsets: false, add_prefix_space: false },
      },
      decoder: null,
      model: {
        type: 'BPE',
        unk_token: '<|endoftext|>',
        ...{ continuing_subword_prefix: '', end_of_word_suffix: '</w>', fuse_unk: false },
        vocab,
        merges: merges.map((pair) => pair.join(' ')),
      },
    },
    idsOf: (word) => [[vocab[`${word}</w>`] ?? NaN]],
    starts: [start],
    end,
  }
}

/** Gemma's as SigLIP 2 has it: no start, `<eos>` behind, and NO lower-casing; "▁" is a space in front of a word. */
export const gemmaTokenizer = (words: readonly string[]): FamilyTokenizer => {
  const spelled = words.flatMap((word) => [lettersOf(word), ['▁', ...lettersOf(word)]])
  const merges = trainedMerges(spelled)
  const signs = ['<pad>', '<eos>', '<bos>', '<unk>']
  const vocab: Record<string, number> = {
    ...Object.fromEntries(signs.map((sign, id) => [sign, id])),
    ...vocabOf(spelled, merges, signs.length),
  }
  return {
    json: {
      version: '1.0',
      truncation: { direction: 'Right', max_length: 64, strategy: 'LongestFirst', stride: 0 },
      padding: null,
      added_tokens: signs.map((sign, id) => special(id, sign)),
      normalizer: { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
      pre_tokenizer: {
        type: 'Split',
        pattern: { String: ' ' },
        behavior: 'MergedWithPrevious',
        invert: false,
      },
      post_processor: {
        type: 'TemplateProcessing',
        single: [{ Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '<eos>', type_id: 0 } }],
        pair: [],
        special_tokens: { '<eos>': { id: '<eos>', ids: [1], tokens: ['<eos>'] } },
      },
      decoder: null,
      model: {
        type: 'BPE',
        unk_token: '<unk>',
        ...{ byte_fallback: true, fuse_unk: true, ignore_merges: false },
        vocab,
        merges,
      },
    },
    idsOf: (word) => [[vocab[word] ?? NaN], [vocab[`▁${word}`] ?? NaN]],
    starts: null,
    end: 1,
  }
}

/** DistilBERT's in many languages: WordPiece, case and accents kept, [CLS] and [SEP] around the text, [PAD] 0. */
export const bertTokenizer = (words: readonly string[]): FamilyTokenizer => {
  const signs = { '[PAD]': 0, '[UNK]': 100, '[CLS]': 101, '[SEP]': 102 }
  // Words of six letters and more are two pieces
  const piecesOf = (word: string): readonly string[] =>
    word.length < 6 ? [word] : [word.slice(0, 4), `##${word.slice(4)}`]
  const pieces = [...new Set(words.flatMap(piecesOf))]
  const vocab: Record<string, number> = {
    ...signs,
    ...Object.fromEntries(pieces.map((piece, i) => [piece, 1000 + i])),
  }
  const specials = ['[CLS]', '[SEP]'] as const
  return {
    json: {
      version: '1.0',
      truncation: { direction: 'Right', max_length: 128, strategy: 'LongestFirst', stride: 0 },
      padding: {
        strategy: 'BatchLongest',
        direction: 'Right',
        pad_id: 0,
        pad_type_id: 0,
        pad_token: '[PAD]',
      },
      added_tokens: Object.entries(signs).map(([sign, id]) => special(id, sign)),
      normalizer: {
        type: 'BertNormalizer',
        ...{ clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: false },
      },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: {
        type: 'TemplateProcessing',
        single: [
          { SpecialToken: { id: '[CLS]', type_id: 0 } },
          { Sequence: { id: 'A', type_id: 0 } },
          { SpecialToken: { id: '[SEP]', type_id: 0 } },
        ],
        pair: [],
        special_tokens: Object.fromEntries(
          specials.map((id) => [id, { id, ids: [signs[id]], tokens: [id] }]),
        ),
      },
      decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
      model: {
        type: 'WordPiece',
        unk_token: '[UNK]',
        ...{ continuing_subword_prefix: '##', max_input_chars_per_word: 100 },
        vocab,
      },
    },
    idsOf: (word) => [piecesOf(word).map((piece) => vocab[piece] ?? NaN)],
    starts: [signs['[CLS]']],
    end: signs['[SEP]'],
  }
}
