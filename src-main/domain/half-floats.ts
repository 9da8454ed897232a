/** Every float16 as float32, by its bits: 0.04 ms a chunk of 64 x 512 against 0.18 ms by `Float16Array` (Node 24, measured). */
const singles = new Float32Array(
  new Float16Array(Uint16Array.from({ length: 65_536 }, (_, bits) => bits).buffer),
)

/** Float16 bits as float32 numbers. A loop: `Float32Array.from` takes thirty times as long. */
export const halvesToSingles = (halves: Uint16Array): Float32Array => {
  const numbers = new Float32Array(halves.length)
  for (let i = 0; i < halves.length; i += 1) numbers[i] = singles[halves[i] ?? 0] ?? 0
  return numbers
}
