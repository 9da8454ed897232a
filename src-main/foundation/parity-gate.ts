import { ok, type Result } from '../../src-preload/contract/result.ts'
import { canaryPictureCount, drawCanaryPicture } from '../domain/canary-pictures.ts'
import { canaryTexts } from '../domain/canary-texts.ts'
import { judgeParity, parityTie } from '../domain/agreement-verdict.ts'
import { bestPictureAgreement, compareVectors, type Agreement } from '../domain/vector-agreement.ts'
import type { ParityReport } from './canary-report.ts'
import { openImageTower } from './image-tower.ts'
import type { ModelFolder } from './model-folder.ts'
import { openTextTower } from './text-tower.ts'

type Vectors = { readonly pictures: readonly Float32Array[]; readonly texts: readonly Float32Array[] }

/** Texts a run: a vocabulary's slice, as the text encoder takes. */
const textsPerRun = 8

const seen = async (folder: ModelFolder, threads: number): Promise<Result<Vectors['pictures']>> => {
  const opened = await openImageTower(folder, { threads })
  if (!opened.ok) return opened
  const { width, height } = folder.manifest.image
  const vectors: Float32Array[] = []
  const step = opened.value.fixedBatch ?? 4
  let answer: Result<Vectors['pictures']> = ok(vectors)
  for (let from = 0; from < canaryPictureCount && answer.ok; from += step) {
    const count = Math.min(step, canaryPictureCount - from)
    answer = await opened.value.embedBatch(
      Array.from({ length: count }, (_, i) => drawCanaryPicture(from + i, width, height)),
    )
    if (answer.ok) vectors.push(...answer.value)
  }
  await opened.value.dispose()
  return answer.ok ? ok(vectors) : answer
}

const read = async (folder: ModelFolder, threads: number): Promise<Result<Vectors['texts']>> => {
  const opened = await openTextTower(folder, { threads })
  if (!opened.ok) return opened
  const vectors: Float32Array[] = []
  let answer: Result<Vectors['texts']> = ok(vectors)
  for (let from = 0; from < canaryTexts.length && answer.ok; from += textsPerRun) {
    answer = await opened.value.embedBatch(canaryTexts.slice(from, from + textsPerRun))
    if (answer.ok) vectors.push(...answer.value)
  }
  await opened.value.dispose()
  return answer.ok ? ok(vectors) : answer
}

const unverified = (why: string): ParityReport => ({
  kind: 'parity',
  state: 'unverified',
  why,
  pictures: 0,
  texts: 0,
  pictureCosine: null,
  pictureNeighbours: null,
  textCosine: null,
  textNeighbours: null,
  bestPicture: null,
})

/** The full-precision halves that are at hand; each opened with its own folder's manifest. */
export type FullTowers = { readonly image: ModelFolder | null; readonly text: ModelFolder | null }

/**
 * Is a quantised pair as good as the full one (methods.md 3)? 64 drawn pictures and 64 texts through both, on the CPU.
 * A tower that cannot be run or gives nonsense has failed. With one half at hand that half is judged; with none
 * the pair is `unverified`. BLOCKS this thread, 128 pictures and texts twice. Errors: model-failed, of the full pair.
 */
export const runParityGate = async (
  quantised: ModelFolder,
  full: FullTowers,
  threads: number,
): Promise<Result<ParityReport>> => {
  if (full.image === null && full.text === null)
    return ok(unverified('There is no full-precision file to compare it with.'))
  const failed = (why: string): Result<ParityReport> => ok({ ...unverified(why), state: 'failed' })

  const wantedPictures = full.image === null ? null : await seen(full.image, threads)
  if (wantedPictures?.ok === false) return wantedPictures
  const wantedTexts = full.text === null ? null : await read(full.text, threads)
  if (wantedTexts?.ok === false) return wantedTexts
  const pictures = wantedPictures === null ? null : await seen(quantised, threads)
  if (pictures?.ok === false) return failed(pictures.error.message)
  const texts = wantedTexts === null ? null : await read(quantised, threads)
  if (texts?.ok === false) return failed(texts.error.message)

  const compared = (
    from: Result<readonly Float32Array[]> | null,
    to: Result<readonly Float32Array[]> | null,
  ): Agreement | null => (from?.ok && to?.ok ? compareVectors(from.value, to.value, parityTie) : null)
  const seenAlike = compared(wantedPictures, pictures)
  const readAlike = compared(wantedTexts, texts)
  const bestPicture =
    wantedPictures !== null && wantedTexts !== null && pictures !== null && texts !== null
      ? bestPictureAgreement(
          { pictures: wantedPictures.value, texts: wantedTexts.value },
          { pictures: pictures.value, texts: texts.value },
          parityTie,
        )
      : null
  const { passed, why } = judgeParity({ pictures: seenAlike, texts: readAlike, bestPicture })
  return ok({
    kind: 'parity',
    state: passed ? 'passed' : 'failed',
    why,
    pictures: seenAlike?.compared ?? 0,
    texts: readAlike?.compared ?? 0,
    pictureCosine: seenAlike?.meanCosine ?? null,
    pictureNeighbours: seenAlike?.nearestTen ?? null,
    textCosine: readAlike?.meanCosine ?? null,
    textNeighbours: readAlike?.nearestTen ?? null,
    bestPicture,
  })
}
