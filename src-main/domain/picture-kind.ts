const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  Array.from(text).every((letter, i) => bytes[at + i] === letter.charCodeAt(0))

/** Brands of ISO files that are pictures. */
const pictureBrands = ['avif', 'avis', 'heic', 'heix', 'mif1', 'msf1']

/**
 * True where the first bytes of a file (16 at least) are those of a picture that can be searched with: JPEG, PNG, GIF,
 * WebP, BMP, TIFF, AVIF, HEIC. What a page sends is looked at before ffmpeg is: a playlist could name other files.
 */
export const isPicture = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) ||
  startsWith(bytes, '\x89PNG\r\n\x1a\n') ||
  startsWith(bytes, 'GIF8') ||
  (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) ||
  startsWith(bytes, 'BM') ||
  startsWith(bytes, 'II*\0') ||
  startsWith(bytes, 'MM\0*') ||
  (startsWith(bytes, 'ftyp', 4) && pictureBrands.some((brand) => startsWith(bytes, brand, 8)))
