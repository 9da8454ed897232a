/** By which two spellings of a name are one: `Holidays ` and `holidays`. */
export const nameKey = (name: string): string =>
  name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()
