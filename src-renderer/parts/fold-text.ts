const plain = /^[ -~\s]*$/

/** `text` in small letters without accents, sign for sign: a place in it is the same place in `text`. */
export const foldText = (text: string): string =>
  plain.test(text)
    ? text.toLowerCase()
    : text
        .split('')
        .map((sign) => {
          const folded = sign.normalize('NFD').charAt(0).toLowerCase()
          return folded.length === 1 ? folded : sign
        })
        .join('')
