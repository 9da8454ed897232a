import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Result } from '../../src-preload/contract/result.ts'
import type { LikeReference } from '../../src-preload/contract/search-nouns.ts'
import { readLike, writeLike } from '../domain/query-like.ts'
import type { Command_ } from './command.ts'
import { searchLines } from './lines.ts'
import { exitStatus } from './output.ts'
import type { LibraryClient } from './session.ts'

export type SimilarOptions = {
  readonly image?: string
  readonly text?: string
  readonly limit: number
}

/** The frame that VIDEO@SECONDS names: the film by its id, because a path may hold any sign. */
const frameOf = async (client: LibraryClient, written: string): Promise<Result<LikeReference>> => {
  const read = readLike(written)
  if ('message' in read || read.reference.kind !== 'frame')
    return fail('bad-arguments', `${written}: it is VIDEO@SECONDS, such as beach.mp4@12.5.`)
  const { video, seconds } = read.reference
  const film = await client.call.videos.get({ id: existsSync(video) ? resolve(video) : video })
  return film.ok ? ok({ kind: 'frame', video: film.value.id, seconds }) : film
}

/** `similar (VIDEO@SECONDS | --image FILE) [--text WORDS] [--limit N]`. */
export const similarCommand =
  (written: string | undefined, { image, text, limit }: SimilarOptions): Command_ =>
  async ({ ask, output }) => {
    if ((written === undefined) === (image === undefined))
      return output.failure(fail('bad-arguments', 'Say either VIDEO@SECONDS or --image FILE.'))
    const answer = await ask(async (client) => {
      const reference = async (): Promise<Result<LikeReference>> => {
        if (written !== undefined) return frameOf(client, written)
        const kept = await client.call.search.keepPicture({ from: 'file', path: resolve(image ?? '') })
        return kept.ok ? ok({ kind: 'picture', id: kept.value.id }) : kept
      }
      const found = await reference()
      if (!found.ok) return found
      const query = [writeLike(found.value), text ?? ''].join(' ').trim()
      return client.call.search.moments({ query, limit })
    })
    if (!answer.ok) return output.failure(answer)
    output.answer(answer.value, () => searchLines(answer.value))
    return exitStatus.done
  }
