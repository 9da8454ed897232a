import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import { shotModelManifest } from '../../src-preload/contract/shot-model-manifest.ts'
import type { ShotModelManifest } from '../../src-preload/contract/shot-model-manifest.ts'

/** Reads the model.json of a detector of cuts and looks whether its file is whole; loads nothing. Errors: bad-model. */
export const openShotFolder = async (directory: string): Promise<Result<ShotModelManifest>> => {
  const wrong = (why: string): Result<never> => fail('bad-model', `${directory} is no shot model: ${why}`)
  try {
    const json: unknown = JSON.parse(await readFile(join(directory, 'model.json'), 'utf8'))
    const manifest = v.safeParse(shotModelManifest, json)
    if (!manifest.success) return wrong(manifest.issues[0].message)
    const { file, bytes } = manifest.output
    const { size } = await stat(join(directory, file))
    return size === bytes ? ok(manifest.output) : wrong(`${file} has ${size} bytes, not ${bytes}`)
  } catch (cause) {
    return wrong(cause instanceof Error ? cause.message : String(cause))
  }
}
