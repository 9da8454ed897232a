const letter = /[\p{L}\p{N}\p{M}]/u

/** How names of files and folders are compared: without case, letters put together from parts as one, no broken ones. */
export const foldedName = (text: string): string => text.toWellFormed().normalize('NFC').toLowerCase()

/** The names in a path of any system, as they are written. */
export const writtenNames = (path: string): readonly string[] =>
  path.split(/[\\/]+/).filter((part) => part !== '')

/** The names in a path of any system, as they are compared. */
export const pathNames = (path: string): readonly string[] => writtenNames(foldedName(path))

/** True where `name` is `wanted`, or holds it as whole words: `in:2023` finds "Holidays 2023", not "20230". */
const holdsWords = (name: string, wanted: string): boolean => {
  for (let at = name.indexOf(wanted); at >= 0; at = name.indexOf(wanted, at + 1)) {
    const before = /.$/su.exec(name.slice(Math.max(0, at - 2), at))?.[0] ?? ''
    const after = /^./su.exec(name.slice(at + wanted.length, at + wanted.length + 2))?.[0] ?? ''
    if (!letter.test(before) && !letter.test(after)) return true
  }
  return false
}

/** True where some folders in a row of `path` answer to the folders of `wanted` (both by `pathNames`). */
export const liesIn = (path: readonly string[], wanted: readonly string[]): boolean =>
  wanted.length > 0 && path.some((_, at) => wanted.every((part, i) => holdsWords(path[at + i] ?? '', part)))

/** What stands between the stars of `name:` (`IMG*mov`), as it is compared; empty pieces left out. */
export const namePieces = (wanted: string): readonly string[] =>
  foldedName(wanted)
    .split('*')
    .filter((piece) => piece !== '')

/** True where all pieces stand in `name` (by `foldedName`), one behind the other. */
export const holdsPieces = (name: string, pieces: readonly string[]): boolean => {
  let at = 0
  for (const piece of pieces) {
    const found = name.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return true
}
