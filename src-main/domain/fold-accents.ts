/** A text without case, accents and dots above letters, for finding what somebody begins to type: `Süd` as `sud`. */
export const foldAccents = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
