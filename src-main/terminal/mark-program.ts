import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import { fail } from '../../src-preload/contract/result.ts'
import type { Command_, Common } from './command.ts'
import { rateCommand, tagCommand } from './mark-commands.ts'

const longestTag = 100

const tagName = (text: string, before: readonly string[] | undefined): readonly string[] => {
  const name = text.trim()
  if (name === '' || name.length > longestTag)
    throw new InvalidArgumentError(`A tag has 1 to ${longestTag} letters.`)
  return [...(before ?? []), name]
}

const starCount = (text: string): number => {
  if (!/^[0-5]$/.test(text)) throw new InvalidArgumentError('It is a whole number from 0 to 5.')
  return Number(text)
}

const refuse =
  (message: string): Command_ =>
  ({ output }) =>
    Promise.resolve(output.failure(fail('bad-arguments', message, 'See: kinora rate --help')))

const rating = (video: string, stars: number | undefined, unset: boolean): Command_ => {
  if (unset)
    return stars === undefined ? rateCommand(video, null) : refuse('Either a rating or --unset, not both.')
  return stars === undefined ? refuse('A rating is missing: 0 to 5, or --unset.') : rateCommand(video, stars)
}

/** Adds `tag` and `rate`; `command` makes one, `chosen` gets the one that was asked for. */
export const addMarkCommands = (
  command: (usage: string, description: string) => Command,
  chosen: (command: Command_, common: Common) => void,
): void => {
  command('tag', 'give a film tags, or a stretch of it')
    .argument(
      '<video>',
      'an id or a path; with a stretch: VIDEO@START or VIDEO@START-END, seconds or 1:02:03',
    )
    .argument('<tag...>', 'one tag or several', tagName)
    .option('--remove', 'take them off; off the whole film where no stretch is named')
    .action((video: string, tags: readonly string[], options: Common & { remove?: boolean }) =>
      chosen(tagCommand(video, tags, options.remove ?? false), options),
    )
  command('rate', 'say how good a film is')
    .argument('<video>', 'an id or a path')
    .argument('[stars]', '0 to 5', starCount)
    .option('--unset', 'take the rating back')
    .action((video: string, stars: number | undefined, options: Common & { unset?: boolean }) =>
      chosen(rating(video, stars, options.unset ?? false), options),
    )
}
