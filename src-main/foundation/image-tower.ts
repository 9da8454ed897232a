import { fail, ok, type Result } from '../../src-preload/contract/result.ts'
import { normalise, rgbToPlanes } from '../domain/embedding.ts'
import type { ModelFolder } from './model-folder.ts'
import { openOnnxSession, type OnnxOptions } from './onnx-session.ts'
import { checkPorts } from './tower-ports.ts'

/** The image half of a model; for the indexer (frames) and the encoder (a picture to find more of). */
export type ImageTower = {
  /** Bytes of one picture: width * height * 3 of rgb24, made by `encoderFilter`. */
  readonly pictureBytes: number
  readonly dimensions: number
  /** Pictures in one run: the graph's own number where it takes no other, else null. */
  readonly fixedBatch: number | null
  /**
   * One run, or with a fixed batch as many as it takes: a vector for each picture, in their order, of length 1, or
   * all zero where the model sees nothing (a black frame must not fail a film; zero is like nothing). A short fixed
   * batch is filled up with zeros and their answers dropped. Blocks this thread. Errors: bad-arguments (a picture
   * of the wrong size), model-failed (also for numbers that are not finite).
   */
  readonly embedBatch: (pictures: readonly Uint8Array[]) => Promise<Result<readonly Float32Array[]>>
  readonly dispose: () => Promise<void>
}

/** Opens image.onnx and checks its names and shapes against the manifest. Blocks. Errors: model-failed. */
export const openImageTower = async (
  folder: ModelFolder,
  options: OnnxOptions,
): Promise<Result<ImageTower>> => {
  const { dimensions, image } = folder.manifest
  const { width, height, mean, std, fixedBatch } = image
  const numbers = 3 * width * height
  const opened = await openOnnxSession(folder.paths.image, options)
  if (!opened.ok) return opened
  const session = opened.value
  const checked = checkPorts(
    image.file,
    session,
    [{ name: image.input, shape: [fixedBatch, 3, height, width] }],
    {
      name: image.output,
      shape: [fixedBatch, dimensions],
    },
  )
  const declared = session.inputs.find((port) => port.name === image.input)?.shape[0]
  if (!checked.ok || (typeof declared === 'number' && fixedBatch === null)) {
    await session.dispose()
    return checked.ok
      ? fail(
          'model-failed',
          `${image.file} takes exactly ${declared ?? 0} pictures: set image.fixedBatch to that`,
        )
      : checked
  }

  const run: ImageTower['embedBatch'] = async (pictures) => {
    const wrong = pictures.find((picture) => picture.length !== numbers)
    if (wrong !== undefined)
      return fail(
        'bad-arguments',
        `A picture has ${wrong.length} bytes, ${width}x${height} rgb24 has ${numbers}`,
      )
    const rows = fixedBatch ?? pictures.length
    // Not kept from run to run: two calls may overlap, and 0.6 MB a picture is cheap beside the run itself.
    const data = new Float32Array(rows * numbers)
    for (const [row, picture] of pictures.entries())
      rgbToPlanes(picture, width, height, mean, std, data, row * numbers)
    const answer = await session.run(
      { [image.input]: { data, shape: [rows, 3, height, width] } },
      image.output,
      [rows, dimensions],
    )
    if (!answer.ok) return answer
    const vectors = pictures.map((_, row) => answer.value.slice(row * dimensions, (row + 1) * dimensions))
    // Not every graph normalises (SigLIP 2, PE: methods.md 6, trap 1); for those that do this changes nothing.
    const broken = vectors.some((vector) => Number.isNaN(normalise(vector)))
    return broken ? fail('model-failed', `${image.file} gave numbers that are not finite`) : ok(vectors)
  }

  const embedBatch: ImageTower['embedBatch'] = async (pictures) => {
    const vectors: Float32Array[] = []
    const rows = fixedBatch ?? pictures.length
    for (let from = 0; from < pictures.length; from += rows) {
      const some = await run(pictures.slice(from, from + rows))
      if (!some.ok) return some
      vectors.push(...some.value)
    }
    return ok(vectors)
  }

  return ok({ pictureBytes: numbers, dimensions, fixedBatch, embedBatch, dispose: session.dispose })
}
