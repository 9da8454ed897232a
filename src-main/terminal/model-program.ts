import type { Command } from 'commander'
import type { Command_, Common } from './command.ts'
import { modelsCommand, modelTestCommand } from './model-commands.ts'
import { nestedIn, withParent } from './nested-command.ts'

/** Gives `models` its commands; `chosen` gets the one that was asked for. */
export const addModelCommands = (
  models: Command,
  chosen: (command: Command_, common: Common) => void,
): void => {
  models.action((options: Common) => chosen(modelsCommand({ verb: 'list' }), options))
  const command = nestedIn(models)
  const own = (child: Common): Common => withParent(models, child)

  command('add <dir>', 'make a folder with a model.json known, or the files of a model to download')
    .option('--as <id>', 'the files of this model of the list, downloaded by hand')
    .option('--accept-licence', 'also where its licence allows research only')
    .action((directory: string, options: Common & { as?: string; acceptLicence?: boolean }) =>
      chosen(
        modelsCommand({
          verb: 'add',
          directory,
          as: options.as ?? null,
          licence: options.acceptLicence ?? false,
        }),
        own(options),
      ),
    )
  command('use <id>', 'search with this model as soon as it has seen enough')
    .option('--now', 'at once, whatever it has seen')
    .action((id: string, options: Common & { now?: boolean }) =>
      chosen(modelsCommand({ verb: 'use', id, now: options.now ?? false }), own(options)),
    )
  for (const [verb, description] of [
    ['get', 'download a model; Ctrl-C leaves nothing of it'],
    ['remove', 'forget a model, what was downloaded of it, and its vectors'],
    ['drop', 'drop only its vectors'],
  ] as const) {
    command(`${verb} <id>`, description).action((id: string, options: Common) =>
      chosen(modelsCommand({ verb, id }), own(options)),
    )
  }
  command('test <id>', 'measure where it can run and how fast').action((id: string, options: Common) =>
    chosen(modelTestCommand(id), own(options)),
  )
}
