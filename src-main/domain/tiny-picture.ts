/** Every frame of a film is looked at in this size (rgb24): what TransNetV2 takes, and enough for cuts (methods.md a-1). */
export const tinySize = { width: 48, height: 27 } as const

/** From this width on a picture is thinned to 240 or more before it is averaged. */
const [wide, veryWide] = [960, 1920]

/**
 * The ffmpeg filters that make a frame tiny, whatever its shape. `width`, `height`: of the frame as it comes. A large one is
 * thinned first, to every fourth or eighth pixel: averaging all of them costs 30 % of decoding 1080p, this 7 %, and differs
 * by 0.4 of 255 levels (measured; whole numbers, because others cost twice as much).
 */
export const tinyFilters = (width: number, height: number): string => {
  const every = width >= veryWide ? 8 : width >= wide ? 4 : 1
  const thin = `scale=${Math.floor(width / every)}:${Math.floor(height / every)}:flags=neighbor,`
  return `${every === 1 ? '' : thin}scale=${tinySize.width}:${tinySize.height}:flags=area`
}
