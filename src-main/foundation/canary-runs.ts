import { ok, type Result } from '../../src-preload/contract/result.ts'
import type { ImageTower } from './image-tower.ts'
import type { ModelFolder } from './model-folder.ts'
import type { OnnxOptions } from './onnx-session.ts'
import type { TextTower } from './text-tower.ts'

/** A provider that takes longer for a picture is software or as good as that: it is compared over fewer pictures. */
export const slowSeconds = 0.3
/** What a slow provider's comparison, or the CPU's, may take, seconds; `fewest` pictures it takes all the same. */
const comparisonSeconds = 20
/** Three have neighbours that can be mistaken; the first of the list are of different kinds. */
const fewest = 3
/** `count` of `items` from `from` on, or what there is. */
export const take = <T>(items: readonly T[], from: number, count: number): readonly T[] =>
  items.slice(from, from + count)

export type Embedded = {
  readonly vectors: readonly Float32Array[]
  /** Of the runs after the first, seconds a picture; of the first where there was no other. */
  readonly secondsEach: number
}

/**
 * Embeds pictures in runs of `step` until all are done, or the time is up and `fewest` are done. The first run, in
 * which shaders are compiled, is not timed. `whileSlow`: after two runs a fast tower stops as well.
 */
export const embedSome = async (
  tower: ImageTower,
  pictures: readonly Uint8Array[],
  clock: () => number,
  whileSlow: boolean,
): Promise<Result<Embedded>> => {
  const step = tower.fixedBatch ?? 1
  const vectors: Float32Array[] = []
  let [spent, runs, first] = [0, 0, 0]
  while (vectors.length < pictures.length) {
    const before = clock()
    const run = await tower.embedBatch(take(pictures, vectors.length, step))
    if (!run.ok) return run
    vectors.push(...run.value)
    const seconds = (clock() - before) / step
    if (runs === 0) first = seconds
    else spent += seconds * step
    runs += 1
    const each = runs === 1 ? first : spent / step / (runs - 1)
    if (whileSlow && runs === 3 && each < slowSeconds) break
    if (vectors.length >= fewest && first * step + spent > comparisonSeconds) break
  }
  return ok({ vectors, secondsEach: runs < 2 ? first : spent / step / (runs - 1) })
}

/** Opens a text tower, embeds and closes it. Errors: those of the tower. */
export const embedTexts = async (
  open: (folder: ModelFolder, options: OnnxOptions) => Promise<Result<TextTower>>,
  folder: ModelFolder,
  options: OnnxOptions,
  texts: readonly string[],
): Promise<Result<readonly Float32Array[]>> => {
  const tower = await open(folder, options)
  if (!tower.ok) return tower
  const vectors = await tower.value.embedBatch(texts)
  await tower.value.dispose()
  return vectors
}
