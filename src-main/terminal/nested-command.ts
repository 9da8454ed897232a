import type { Command } from 'commander'
import type { Common } from './command.ts'

/** Makes commands of a command: `models use ID`, `collections save NAME QUERY`. */
export const nestedIn =
  (parent: Command) =>
  (usage: string, description: string): Command =>
    parent
      .command(usage)
      .description(description)
      .option('--library <dir>', 'the library to use')
      .option('--json', 'one JSON document on stdout')
      .exitOverride()
      .configureOutput({ writeErr: () => undefined })

/** What stands before the verb counts too: `models --json use ID`. */
export const withParent = (parent: Command, own: Common): Common => ({ ...parent.opts<Common>(), ...own })
