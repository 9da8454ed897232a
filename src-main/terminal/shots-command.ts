import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Shot } from '../../src-preload/contract/nouns.ts'
import { fail, ok } from '../../src-preload/contract/result.ts'
import type { Command_ } from './command.ts'
import { counted, exactTime } from './lines.ts'
import { exitStatus } from './output.ts'

const shotLine = ({ start, end, transition, direction, flags }: Shot): string =>
  [
    `${exactTime(start).padStart(10)} - ${exactTime(end).padStart(10)}`,
    transition.padEnd(8),
    ...(direction === null ? [] : [`moves ${direction}`]),
    ...flags,
  ]
    .join('  ')
    .trimEnd()

/** `shots VIDEO`: an id or a path. */
export const shotsCommand =
  (video: string): Command_ =>
  async ({ ask, output }) => {
    const id = existsSync(video) ? resolve(video) : video
    const list = await ask(async (client) => {
      const answer = await client.call.videos.shots({ id })
      if (!answer.ok) return answer
      return answer.value.analyzed
        ? ok(answer.value)
        : fail(
            'not-found',
            `${video} has not been analyzed yet: nobody knows its shots.`,
            'Analyze it with: kinora index (what could not be analyzed: kinora problems)',
          )
    })
    if (!list.ok) return output.failure(list)
    const { shots } = list.value
    output.answer({ shots }, () => [...shots.map(shotLine), counted(shots.length, 'shot')])
    return exitStatus.done
  }
