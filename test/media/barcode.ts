/** Size of every drawn frame before rotation and sample aspect. */
export const clipWidth = 192
export const clipHeight = 108

const bits = 12
const blockWidth = clipWidth / bits
const blockHeight = 24

/**
 * The drawing of frame N: a row of 12 blocks with N's bits (lowest left), a row of alternating blocks to check
 * against, and below a slanted ramp that moves by 4 every frame, so that neighbours never look the same.
 */
export const barcodeFilter =
  `geq=lum='if(lt(Y,${blockHeight}),16+219*mod(floor(N/pow(2,floor(X/${blockWidth}))),2),` +
  `if(lt(Y,40),16+219*mod(floor(X/${blockWidth}),2),16+mod(X+Y+4*N,220)))':cb=128:cr=128`

/** The number drawn into an rgb24 picture of a clip as shown upright, whatever its size; throws when it is unreadable. */
export const readBarcode = (picture: Uint8Array, width: number, height: number): number => {
  let number = 0
  for (let bit = 0; bit < bits; bit++) {
    const x = Math.floor(((bit + 0.5) * width) / bits)
    const y = Math.floor((blockHeight / 2 / clipHeight) * height)
    const luma = picture[(y * width + x) * 3 + 1] ?? -1
    if (luma > 90 && luma < 165) throw new Error(`unreadable bit ${bit}: ${luma}`)
    if (luma >= 165) number += 2 ** bit
  }
  return number
}
