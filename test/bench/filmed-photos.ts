import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { expectOk } from '../../src-preload/contract/result.ts'
import { cutView, encoderViews } from '../../src-main/domain/encoder-views.ts'
import { meanDirection } from '../../src-main/domain/embedding.ts'
import { openImageTower } from '../../src-main/foundation/image-tower.ts'
import { openModelFolder } from '../../src-main/foundation/model-folder.ts'
import { openTextTower } from '../../src-main/foundation/text-tower.ts'
import { binaries, make } from '../indexer/films.ts'

const photographs = v.array(
  v.object({ file: v.string(), captions: v.array(v.string()), classes: v.array(v.string()) }),
)

/** A photograph as it was filmed: six pictures of one shot, and what people said of it. */
export type FilmedPhoto = {
  readonly file: string
  readonly captions: readonly string[]
  /** The kinds of things that people outlined in it (COCO's names). */
  readonly classes: readonly string[]
  readonly vectors: readonly Float32Array[]
}

/** A text tower as the app uses it: a unit vector, or all zero for a text of which the model knows no word. */
export type Embedder = (texts: readonly string[]) => Promise<readonly Float32Array[]>

/** The photographs, and how to ask for them. Whoever films them closes it. */
export type FilmedPhotos = {
  readonly photos: readonly FilmedPhoto[]
  readonly embed: Embedder
  readonly close: () => Promise<void>
}

const frames = 6
const shown = { width: 1280, height: 720 }
/** Whole on 1280 x 720, then nearer and nearer: the frames of a shot are like each other, not the same. */
const filming =
  'scale=1280:720:force_original_aspect_ratio=decrease:flags=bicubic,pad=1280:720:(ow-iw)/2:(oh-ih)/2,setsar=1,' +
  'zoompan=z=1+0.05*on:x=iw/2-iw/zoom/2:y=ih/2-ih/zoom/2:d=1:s=1280x720:fps=1,format=yuv420p'

/**
 * The captioned photographs of shared/photos, each filmed as one H.264 shot (ffmpeg, CRF 20) and seen as an index run sees a
 * short film: the mean of its views at the model's size. Not through the engines: 0.2 s a photograph instead of 2.
 */
export const filmPhotos = async (shared: string): Promise<FilmedPhotos> => {
  const folder = expectOk(
    await openModelFolder(join(shared, 'models', 'concept'), { verify: false }),
    'the concept model is there',
  )
  const threads = 2
  const images = expectOk(await openImageTower(folder, { threads }), 'its image tower opens')
  const texts = expectOk(await openTextTower(folder, { threads }), 'its text tower opens')
  const { filter, strip, views } = encoderViews(folder.manifest.image, shown)
  const scratch = mkdtempSync(join(tmpdir(), 'kinora-bench-photos-'))
  const see = async (file: string): Promise<readonly Float32Array[]> => {
    const film = join(scratch, 'film.mp4')
    make(
      ...['-loop', '1', '-i', file, '-vf', filming, '-frames:v', String(frames)],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', film],
    )
    const { stdout } = spawnSync(
      binaries.ffmpeg,
      ['-nostdin', '-v', 'error', '-i', film, '-vf', filter, '-f', 'rawvideo', 'pipe:1'],
      { maxBuffer: 1 << 28 },
    )
    const bytes = strip.width * strip.height * 3
    if (stdout.length !== bytes * frames)
      throw new Error(`${file}: ${stdout.length} bytes are no ${frames} frames`)
    const seen: Float32Array[] = []
    for (let frame = 0; frame < frames; frame += 1) {
      const picture = new Uint8Array(stdout.subarray(frame * bytes, (frame + 1) * bytes))
      const parts = await images.embedBatch(
        views.map((view) => cutView(picture, strip, view, folder.manifest.image)),
      )
      seen.push(meanDirection(expectOk(parts, 'a picture is embedded'), images.dimensions))
    }
    return seen
  }
  const photos: FilmedPhoto[] = []
  const listed = v.parse(
    photographs,
    JSON.parse(readFileSync(join(shared, 'photos', 'captions.json'), 'utf8')),
  )
  try {
    for (const { file, captions, classes } of listed)
      photos.push({ file, captions, classes, vectors: await see(join(shared, 'photos', file)) })
  } finally {
    rmSync(scratch, { recursive: true })
    await images.dispose()
  }
  const embed: Embedder = async (prompts) => expectOk(await texts.embedBatch(prompts), 'texts are embedded')
  return { photos, embed, close: texts.dispose }
}
