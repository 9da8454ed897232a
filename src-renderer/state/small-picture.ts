/** A model sees 224 to 512 pixels; this leaves room for it to choose (docs/model-format.md). */
const longestSide = 1024
/** What a host takes (contract/page-api.ts). */
const mostBytes = 900_000
/** Sides and qualities that are tried in turn until one is small enough; the first nearly always is. */
const attempts = [
  [1024, 0.9],
  [1024, 0.75],
  [768, 0.75],
  [512, 0.7],
] as const

const draw = async (picture: ImageBitmap, side: number, quality: number): Promise<Blob> => {
  const factor = Math.min(1, Math.min(side, longestSide) / Math.max(picture.width, picture.height))
  const width = Math.max(1, Math.round(picture.width * factor))
  const height = Math.max(1, Math.round(picture.height * factor))
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { alpha: false })
  if (context === null) throw new Error('this window cannot draw')
  // What is see-through is shown on white nearly everywhere.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, width, height)
  return canvas.convertToBlob({ type: 'image/jpeg', quality })
}

/** A picture as a JPEG of at most 1,024 pixels a side and 900,000 bytes, upright; null for what this window cannot read. */
export const smallPicture = async (file: Blob): Promise<Uint8Array | null> => {
  let picture: ImageBitmap
  try {
    picture = await createImageBitmap(file)
  } catch {
    // HEIC, RAW, a text with a picture's name: the caller says so.
    return null
  }
  try {
    for (const [side, quality] of attempts) {
      const blob = await draw(picture, side, quality)
      if (blob.size <= mostBytes) return new Uint8Array(await blob.arrayBuffer())
    }
    return null
  } finally {
    picture.close()
  }
}
