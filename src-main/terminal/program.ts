import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { fail } from '../../src-preload/contract/result.ts'
import { stageNames } from '../../src-preload/contract/stage-names.ts'
import type { EngineEntries } from '../foundation/engine-entries.ts'
import type { ServeLibrary } from '../foundation/serving.ts'
import { libraryDirectory } from '../foundation/library-paths.ts'
import { addCollectionCommands } from './collection-program.ts'
import type { Command_, Common } from './command.ts'
import { folderCommand } from './folder-commands.ts'
import { indexCommand, watchCommand } from './index-commands.ts'
import type { IndexOptions } from './index-commands.ts'
import { doctorCommand, listCommand, problemsCommand, searchCommand } from './look-commands.ts'
import { addMarkCommands } from './mark-program.ts'
import { addModelCommands } from './model-program.ts'
import { createOutput, exitStatus } from './output.ts'
import type { ExitStatus, Output } from './output.ts'
import { askLibrary } from './session.ts'
import { addServeOptions, serveCommand } from './serve-command.ts'
import type { ServeFlags } from './serve-command.ts'
import { similarCommand } from './similar-command.ts'
import type { SimilarOptions } from './similar-command.ts'
import { shotsCommand } from './shots-command.ts'
import { settingsCommand } from './settings-command.ts'

export type ProgramOptions = {
  readonly arguments: readonly string[]
  readonly entries: EngineEntries
  readonly version: string
  readonly signal: AbortSignal
  /** Serves the app to a browser (`web/serve-library.ts`; the terminal does not know HTTP). */
  readonly serve: ServeLibrary
}

const wholeNumber = (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 1000) {
    throw new InvalidArgumentError('It is a whole number from 1 to 1000.')
  }
  return value
}

/** Reads the command line; `chosen` gets the command that was asked for. */
const createProgram = (
  options: ProgramOptions,
  chosen: (command: Command_, common: Common) => void,
): Command => {
  const program = new Command('kinora')
    .description('Finds any moment in your own videos by describing it. Everything stays on this machine.')
    .version(options.version)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
  const command = (usage: string, description: string): Command =>
    program
      .command(usage)
      .description(description)
      .option('--library <dir>', 'the library to use (default: KINORA_LIBRARY or the data folder of the app)')
      .option('--json', 'one JSON document on stdout')
      .exitOverride()
      .configureOutput({ writeErr: () => undefined })
  const stage = (): Option => new Option('--stage <stage>', 'stop after this stage').choices(stageNames)

  command('add <dir...>', 'watch these folders').action((dirs: string[], options: Common) =>
    chosen(folderCommand('add', dirs), options),
  )
  command('remove <dir...>', 'stop watching; what you made of the videos stays').action(
    (dirs: string[], options: Common) => chosen(folderCommand('remove', dirs), options),
  )
  command('index', 'scan the folders, then do every missing job')
    .addOption(stage())
    .option('--model <id>', 'embed for this model')
    .action((options: Common & IndexOptions) => chosen(indexCommand(pickIndex(options)), options))
  command('watch', 'the same, then stay and follow the folders')
    .addOption(stage())
    .option('--model <id>', 'embed for this model')
    .action((options: Common & IndexOptions) => chosen(watchCommand(pickIndex(options)), options))
  command('list', 'the videos')
    .option('--filter <query>', 'only those that pass these filters')
    .action((options: Common & { filter?: string }) => chosen(listCommand(options.filter), options))
  command('search <query...>', 'moments for words')
    .option('--limit <n>', 'at most so many', wholeNumber, 20)
    .option('--in <video>', 'an id or a path: look in this video only')
    .action((words: string[], options: Common & { limit: number; in?: string }) =>
      chosen(
        searchCommand(words.join(' '), {
          limit: options.limit,
          ...(options.in === undefined ? {} : { in: options.in }),
        }),
        options,
      ),
    )
  command('similar [frame]', 'moments that look like a frame (VIDEO@SECONDS) or a picture')
    .option('--image <file>', 'a picture to look for instead of a frame')
    .option('--text <words>', 'words and filters that hold as well')
    .option('--limit <n>', 'at most so many', wholeNumber, 20)
    .action((frame: string | undefined, options: Common & { image?: string; text?: string; limit: number }) =>
      chosen(similarCommand(frame, pickSimilar(options)), options),
    )
  command('shots <video>', 'the shots of a video: an id or a path').action((video: string, options: Common) =>
    chosen(shotsCommand(video), options),
  )
  addMarkCommands(command, chosen)
  addCollectionCommands(command('collections', 'queries kept under a name'), chosen)
  addModelCommands(command('models', 'the encoders: built in, on disk, to download'), chosen)
  command('problems', 'what could not be indexed, and why')
    .option('--retry', 'try them all again first')
    .option('--ignored', 'also what was not looked at, and by which rule')
    .action((options: Common & { retry?: boolean; ignored?: boolean }) =>
      chosen(problemsCommand({ retry: options.retry ?? false, ignored: options.ignored ?? false }), options),
    )
  command('settings [name] [value]', 'what can be set, and setting it')
    .option('--unset', 'go back to what holds when nothing is set')
    .action((name: string | undefined, value: string | undefined, options: Common & { unset?: boolean }) =>
      chosen(
        settingsCommand({
          ...(name === undefined ? {} : { name }),
          ...(value === undefined ? {} : { value }),
          unset: options.unset ?? false,
        }),
        options,
      ),
    )
  command('doctor', 'check each part by doing').action((options: Common) => chosen(doctorCommand, options))
  addServeOptions(command('serve', 'the app in a browser')).action((flags: Common & ServeFlags) =>
    chosen(
      serveCommand(options.serve, flags, {
        directory: libraryDirectory(flags.library, process.env),
        entries: options.entries,
      }),
      flags,
    ),
  )
  return program
}

const pickIndex = ({ stage, model }: IndexOptions): IndexOptions => ({
  ...(stage === undefined ? {} : { stage }),
  ...(model === undefined ? {} : { model }),
})

const pickSimilar = ({ image, text, limit }: SimilarOptions): SimilarOptions => ({
  limit,
  ...(image === undefined ? {} : { image }),
  ...(text === undefined ? {} : { text }),
})

/** Commander's words without their prefix, on one line. */
const usageMessage = (error: CommanderError): string =>
  error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ')

const wantsJson = (argv: readonly string[]): boolean => {
  const end = argv.indexOf('--')
  return (end === -1 ? argv : argv.slice(0, end)).includes('--json')
}

/** Runs one command line to its end; answers the exit status. Never throws for what a person typed. */
export const runProgram = async (options: ProgramOptions): Promise<ExitStatus> => {
  let picked: { command: Command_; common: Common } | null = null
  const output: Output = createOutput(wantsJson(options.arguments), process.stdout, process.stderr)
  const program = createProgram(options, (command, common) => {
    picked = { command, common }
  })
  if (options.arguments.length === 0) {
    process.stderr.write(program.helpInformation())
    return exitStatus.wrongUsage
  }
  try {
    program.parse([...options.arguments], { from: 'user' })
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause
    if (cause.exitCode === 0) return exitStatus.done // --help and --version have spoken
    return output.failure(fail('bad-arguments', usageMessage(cause), 'See: kinora --help'))
  }
  const run = picked as { command: Command_; common: Common } | null
  if (run === null) return exitStatus.done
  const directory = libraryDirectory(run.common.library, process.env)
  return run.command({
    output,
    signal: options.signal,
    ask: (question) => askLibrary(directory, options.entries, question),
  })
}
