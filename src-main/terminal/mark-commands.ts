import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { TagMark } from '../../src-preload/contract/nouns.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import { readFilmStretch } from '../domain/film-stretch.ts'
import type { Command_ } from './command.ts'
import { exactTime } from './lines.ts'
import { exitStatus } from './output.ts'

/** A film as the library knows it: by its id, or by the path of a file that is there. */
const idOf = (video: string): string => (existsSync(video) ? resolve(video) : video)

const markLine = ({ tag, start, end }: TagMark): string =>
  start === null ? `  ${tag}` : `  ${tag}  ${exactTime(start)} - ${end === null ? 'the end' : exactTime(end)}`

/** `tag VIDEO[@START[-END]] TAG… [--remove]`. */
export const tagCommand =
  (place: string, tags: readonly string[], remove: boolean): Command_ =>
  async ({ ask, output }) => {
    const stretch = readFilmStretch(place)
    if ('message' in stretch)
      return output.failure(
        fail('bad-arguments', `${place}: ${stretch.message}.`, 'Write VIDEO@12.5-20 or VIDEO@1:02:03.'),
      )
    const id = idOf(stretch.video)
    const request = {
      id,
      tags: [...tags],
      ...(stretch.start === null ? {} : { start: stretch.start }),
      ...(stretch.end === null ? {} : { end: stretch.end }),
    }
    const answer = await ask(async (client) => {
      const marks = await client.call.tags[remove ? 'remove' : 'add'](request)
      if (!marks.ok) return marks
      const film = await client.call.videos.get({ id })
      return film.ok ? ok({ videoId: film.value.id, path: film.value.path, tags: marks.value }) : film
    })
    if (!answer.ok) return output.failure(answer)
    const { path, tags: marks } = answer.value
    output.answer(answer.value, () => [path, ...(marks.length === 0 ? ['  no tags'] : marks.map(markLine))])
    return exitStatus.done
  }

/** `rate VIDEO 0..5`, and `--unset`: `rating` null. */
export const rateCommand =
  (video: string, rating: number | null): Command_ =>
  async ({ ask, output }) => {
    const film = await ask((client) => client.call.videos.rate({ id: idOf(video), rating }))
    if (!film.ok) return output.failure(film)
    const { id, path, rating: stars } = film.value
    output.answer({ videoId: id, path, rating: stars }, () => [
      `${stars === null ? 'not rated' : '★'.repeat(stars).padEnd(5, '☆')}  ${path}`,
    ])
    return exitStatus.done
  }
