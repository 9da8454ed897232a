import type { Result } from '../../src-preload/contract/result.ts'
import type { ExitStatus, Output } from './output.ts'
import type { LibraryClient } from './session.ts'

/** What a command of the terminal works with. */
export type CommandContext = {
  readonly output: Output
  /** Opens the library, asks, and leaves. */
  readonly ask: <T>(question: (client: LibraryClient) => Promise<Result<T>>) => Promise<Result<T>>
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

/** A command after its arguments were read: does it and says how it went. */
export type Command_ = (context: CommandContext) => Promise<ExitStatus>

/** What every command takes. */
export type Common = { readonly library?: string; readonly json?: boolean }
