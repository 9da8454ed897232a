import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import type { Command_, Common } from './command.ts'
import { collectionsCommand } from './collection-commands.ts'
import { nestedIn, withParent } from './nested-command.ts'

const longestName = 200

const collectionName = (text: string): string => {
  const name = text.trim()
  if (name === '' || name.length > longestName)
    throw new InvalidArgumentError(`A name has 1 to ${longestName} letters.`)
  return name
}

/** Gives `collections` its commands; `chosen` gets the one that was asked for. */
export const addCollectionCommands = (
  collections: Command,
  chosen: (command: Command_, common: Common) => void,
): void => {
  collections.action((options: Common) => chosen(collectionsCommand({ verb: 'list' }), options))
  const command = nestedIn(collections)
  const own = (child: Common): Common => withParent(collections, child)

  command('save', 'keep a query under a name, or give the one of that name another query')
    .argument('<name>', 'what it is called', collectionName)
    .argument('<query...>', 'what it looks for; behind -- where it begins with a minus')
    .action((name: string, words: string[], options: Common) =>
      chosen(collectionsCommand({ verb: 'save', name, query: words.join(' ') }), own(options)),
    )
  command('delete', 'forget one; the films stay')
    .argument('<name>', 'what it is called', collectionName)
    .action((name: string, options: Common) =>
      chosen(collectionsCommand({ verb: 'delete', name }), own(options)),
    )
  command('rename', 'call one by another name')
    .argument('<name>', 'what it is called', collectionName)
    .argument('<to>', 'what it shall be called', collectionName)
    .action((name: string, to: string, options: Common) =>
      chosen(collectionsCommand({ verb: 'rename', name, to }), own(options)),
    )
}
